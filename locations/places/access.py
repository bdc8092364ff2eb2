"""The locations and partnerships that an account works for."""

from django.db.models import Q

from home.core.permissions import Workplaces, is_administrator, register_workplaces
from locations.places.models import Assignment, Location, Partnership


def locations_for(user):
    """Return the locations that `user` works for, directly or through a partnership."""
    if not user.is_active:
        return Location.objects.none()
    if is_administrator(user):
        return Location.objects.all()
    assignments = Assignment.objects.filter(user=user)
    return Location.objects.filter(
        Q(pk__in=assignments.filter(location__isnull=False).values("location"))
        | Q(partnership__in=assignments.filter(partnership__isnull=False).values("partnership"))
    )


def partnerships_for(user):
    """Return the partnerships that `user` works for as a whole."""
    if not user.is_active:
        return Partnership.objects.none()
    if is_administrator(user):
        return Partnership.objects.all()
    return Partnership.objects.filter(pk__in=user.assignments.values("partnership"))


register_workplaces(Workplaces(locations=locations_for, partnerships=partnerships_for))
