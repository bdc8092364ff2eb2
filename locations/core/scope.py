"""Who may see what: the one answer for listings, exports, choosers, reports and operations.

A model says in one line how it hangs on a place; everything that shows rows asks `visible_to`.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.db.models import Q


class Role(StrEnum):
    """The groups; what each may do is in the accounts' roles, where they may do it is here."""

    EDITOR = "communicatie"
    HELPER = "digihelper"
    DESK = "balie"
    REFURBISHER = "refurbisher"
    LOGISTICS = "logistiek"
    REFERRER = "doorverwijzer"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "beheerder"


@dataclass(frozen=True)
class Scope:
    """How rows hang on places, and on the person who made them.

    `places` are look-ups to a Location, of which any one is enough; `codes` are look-ups to a
    field that holds a location's code; `own` is a look-up to the account that a row belongs to.
    `everybody` is for what is no secret within the house: models of devices, services.
    """

    places: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    own: str = ""
    everybody: bool = False


def sees_all(user):
    """The administrator of the whole site; remembered on the account, as every screen asks."""
    if not hasattr(user, "_sees_all"):
        user._sees_all = user.is_active and (
            user.is_superuser or user.groups.filter(name=Role.ADMINISTRATOR).exists()
        )
    return user._sees_all


def places(user):
    """The locations for which this person works, directly or through a partnership."""
    from locations.places.models import Assignment, Location

    if not user.is_active:
        return Location.objects.none()
    if sees_all(user):
        return Location.objects.all()
    mine = Assignment.objects.filter(user=user)
    return Location.objects.filter(
        Q(pk__in=mine.filter(location__isnull=False).values("location"))
        | Q(partnership__in=mine.filter(partnership__isnull=False).values("partnership"))
    )


def _reaches_many(model, path):
    """Whether a look-up passes a relation to many rows, which would double the rows found."""
    for name in path.split("__"):
        if name == "pk":
            return False
        field = model._meta.get_field(name)
        if field.one_to_many or field.many_to_many:
            return True
        model = field.related_model
    return False


def visible(queryset, user):
    """Narrow any queryset of a model with a `scope` to what this person may see."""
    scope = queryset.model.scope
    if not user.is_active:
        return queryset.none()
    if scope.everybody or sees_all(user):
        return queryset
    mine = places(user)
    allowed = Q(pk__in=[])
    for path in scope.places:
        through = Q(**{f"{path}__in": mine.values("pk")})
        if _reaches_many(queryset.model, path):
            rows = queryset.model._base_manager.filter(through)
            through = Q(pk__in=rows.values("pk"))
        allowed |= through
    for path in scope.codes:
        allowed |= Q(**{f"{path}__in": mine.values("code")})
    if scope.own:
        allowed |= Q(**{scope.own: user})
    return queryset.filter(allowed)


class ScopedQuerySet(models.QuerySet):
    """A queryset that knows who is asking."""

    def visible_to(self, user):
        return visible(self, user)
