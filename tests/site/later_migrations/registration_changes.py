"""Change the tables that triggers of other tables mention; SQLite remakes both."""

from pkgutil import iter_modules

from django.db import migrations, models

import locations.migrations

LATEST = max(module.name for module in iter_modules(locations.migrations.__path__))


class Migration(migrations.Migration):
    dependencies = [("locations", LATEST)]
    operations = [
        migrations.AlterField("registration", "name", models.CharField(max_length=77)),
        migrations.AddConstraint(
            "registration",
            models.CheckConstraint(
                condition=~models.Q(name="Nobody"), name="registration_has_somebody"
            ),
        ),
        migrations.AddConstraint(
            "workshoprun",
            models.CheckConstraint(
                condition=models.Q(capacity__lt=1000), name="workshop_run_fits_a_room"
            ),
        ),
    ]
