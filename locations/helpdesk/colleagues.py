"""Who answers the questions of a place."""

from django.contrib.auth import get_user_model
from django.db.models import Q

from locations.helpdesk.models import HelpRequest
from locations.places.access import locations_for

_MAY = f"{HelpRequest._meta.app_label}.change_{HelpRequest._meta.model_name}"


def answers_for(user, place):
    """Whether this person may follow up what people ask at this place."""
    return user.has_perm(_MAY) and locations_for(user).filter(pk=place.pk).exists()


def colleagues(place):
    """The accounts that answer for a place, directly or through its partnership. One query."""
    works_here = Q(assignments__location=place)
    if place.partnership_id:
        works_here |= Q(assignments__partnership=place.partnership_id)
    app, codename = _MAY.split(".")
    permission = {"content_type__app_label": app, "codename": codename}
    allowed = Q(is_superuser=True)
    for held in ("user_permissions", "groups__permissions"):
        allowed |= Q(**{f"{held}__{name}": value for name, value in permission.items()})
    accounts = get_user_model().objects.filter(is_active=True)
    return accounts.filter(pk__in=accounts.filter(works_here, allowed).values("pk")).order_by(
        "first_name", "last_name", "username"
    )


def colleagues_of(user):
    """The accounts that follow something up which this person may see. One query."""
    theirs = HelpRequest.objects.visible_to(user).order_by().values("assignee")
    return get_user_model().objects.filter(pk__in=theirs).order_by("first_name", "username")
