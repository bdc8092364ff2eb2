"""One account per role, with random passwords in a file that git ignores."""

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from home.core.roles import Role
from locations.places.models import Assignment, Partnership

# user name: (first name, role, codes of locations, is assigned to the whole partnership)
PEOPLE = {
    "bram": ("Bram", Role.DESK, ["HAL", "AAL"], []),
    "ilse": ("Ilse", Role.REFURBISHER, [], ["HAL", "AAL", "BOO"]),
    "karim": ("Karim", Role.LOGISTICS, [], ["HAL", "AAL"]),
    "nele": ("Nele", Role.EDITOR, [], ["HAL"]),
    "els": ("Els", Role.COORDINATOR, [], ["HAL", "AAL", "BOO"]),
    "tom": ("Tom", Role.HELPER, ["AAL"], []),
    "sofie": ("Sofie", Role.REFERRER, ["HAL"], []),
    "beheer": ("Beheerder", Role.ADMINISTRATOR, [], []),
}


def accounts_file():
    """Return the path of the file with user names and passwords."""
    return Path(settings.DATA_DIR) / "accounts.txt"


def load(locations):
    """Create the missing accounts, and return the number of passwords written."""
    made = []
    for name, (first_name, role, codes, partnerships) in PEOPLE.items():
        user, is_new = get_user_model().objects.get_or_create(
            username=name,
            defaults={
                "first_name": first_name,
                "last_name": "Demo",
                "email": f"{name}@digipunt.example",
            },
        )
        if not is_new:
            continue
        password = secrets.token_urlsafe(9)
        user.set_password(password)
        user.save()
        user.groups.add(Group.objects.get(name=role.value))
        for code in codes:
            Assignment.objects.create(user=user, location=locations[code])
        keys = {locations[code].partnership_id for code in partnerships}
        for partnership in Partnership.objects.filter(pk__in=keys):
            Assignment.objects.create(user=user, partnership=partnership)
        made.append(f"{name:10} {password:16} {role.value}")
    if made:
        path = accounts_file()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write("\n".join(made) + "\n")
        path.chmod(0o600)
    return len(made)
