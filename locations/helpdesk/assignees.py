"""Accounts that can be assigned the help requests of a location."""

from django.contrib.auth import get_user_model
from django.db.models import Q

from locations.helpdesk.models import HelpRequest
from locations.places.access import locations_for

_APP_LABEL = HelpRequest._meta.app_label
_CODENAME = f"change_{HelpRequest._meta.model_name}"


def can_be_assigned(user, location):
    """Return whether a user may follow up the help requests of a location."""
    has_permission = user.has_perm(f"{_APP_LABEL}.{_CODENAME}")
    return has_permission and locations_for(user).filter(pk=location.pk).exists()


def assignable_users(location):
    """Return the users who work for a location or its partnership and may change help requests.

    One query.
    """
    works_here = Q(assignments__location=location)
    if location.partnership_id:
        works_here |= Q(assignments__partnership=location.partnership_id)
    has_permission = Q(is_superuser=True)
    for permissions in ("user_permissions", "groups__permissions"):
        has_permission |= Q(
            **{
                f"{permissions}__content_type__app_label": _APP_LABEL,
                f"{permissions}__codename": _CODENAME,
            }
        )
    users = get_user_model().objects.filter(is_active=True)
    return users.filter(pk__in=users.filter(works_here, has_permission).values("pk")).order_by(
        "first_name", "last_name", "username"
    )


def assignees_visible_to(user):
    """Return the assignees of the help requests that a user may see, with one query."""
    assignees = HelpRequest.objects.visible_to(user).order_by().values("assignee")
    return get_user_model().objects.filter(pk__in=assignees).order_by("first_name", "username")
