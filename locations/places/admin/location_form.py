"""The form of a location in the admin."""

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from locations.places.access import partnerships_for
from locations.places.models import LocationService, Partnership


def partnership_choices(user, location):
    """Return the partnerships in which `user` may put `location`, including its current one."""
    managed = partnerships_for(user)
    return managed | Partnership.objects.filter(pk=getattr(location, "partnership_id", None))


class LocationForm(WagtailAdminModelForm):
    """A location; a service with opening hours is added to the services on offer."""

    def save(self, commit=True):
        """Save the location and add services that have hours."""
        location = super().save(commit)
        if commit:
            with_hours = set(location.opening_rules.values_list("service", flat=True))
            listed = set(location.location_services.values_list("service", flat=True))
            LocationService.objects.bulk_create(
                LocationService(location=location, service_id=service)
                for service in sorted(with_hours - listed)
            )
        return location

    def clean(self):
        """Require both coordinates or neither."""
        data = super().clean()
        lat, lon = data.get("lat"), data.get("lon")
        if (lat is None) != (lon is None) and not {"lat", "lon"} & set(self.errors):
            self.add_error("lon", _("Give both coordinates, or neither."))
        return data
