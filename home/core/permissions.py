"""Row-level permissions: which rows of a model an account may see and change.

A model declares its `scope`. Its permission policy, which Wagtail's generic views consult, and
`visible_to` on its querysets both follow from that.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models import Q
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from home.core.roles import Role


@dataclass(frozen=True)
class Scope:
    """How the rows of a model relate to the workplaces of an account; any one lookup suffices.

    `locations` are lookups to a location, `location_codes` to a field that holds the code of one,
    `partnerships` to a partnership that the account works for as a whole, and `owner` is a lookup
    to the account that the row belongs to. With `everyone` there is no restriction.
    """

    locations: tuple[str, ...] = ()
    location_codes: tuple[str, ...] = ()
    partnerships: tuple[str, ...] = ()
    owner: str = ""
    everyone: bool = False


@dataclass(frozen=True)
class Workplaces:
    """The functions that return the locations and the partnerships that an account works for."""

    locations: Callable[..., models.QuerySet]
    partnerships: Callable[..., models.QuerySet]


_registry = {}


def register_workplaces(workplaces):
    """Register the functions that find workplaces; the app that owns these models does this."""
    _registry["workplaces"] = workplaces


def is_administrator(user):
    """Whether `user` sees all rows; the answer is stored on `user`, as each screen needs it."""
    if not hasattr(user, "_is_administrator"):
        user._is_administrator = user.is_active and (
            user.is_superuser or user.groups.filter(name=Role.ADMINISTRATOR).exists()
        )
    return user._is_administrator


class ScopedQuerySet(models.QuerySet):
    """A queryset of a model with a `scope`."""

    def visible_to(self, user):
        """Return the rows that lie within the workplaces of `user`."""
        scope = self.model.scope
        if not user.is_active:
            return self.none()
        if scope.everyone or is_administrator(user):
            return self
        return self.filter(_condition(self.model, scope, user))


def _condition(model, scope, user):
    workplaces = _registry["workplaces"]
    locations = workplaces.locations(user)
    condition = Q(pk__in=[])
    for path in scope.locations:
        condition |= _related_to(model, path, locations.values("pk"))
    for path in scope.partnerships:
        condition |= _related_to(model, path, workplaces.partnerships(user).values("pk"))
    for path in scope.location_codes:
        condition |= Q(**{f"{path}__in": locations.values("code")})
    if scope.owner:
        condition |= Q(**{scope.owner: user})
    return condition


def _related_to(model, path, keys):
    """Match rows by a lookup; a to-many relation goes into a subquery, to avoid duplicates."""
    condition = Q(**{f"{path}__in": keys})
    if _spans_to_many(model, path):
        return Q(pk__in=model._base_manager.filter(condition).values("pk"))
    return condition


def _spans_to_many(model, path):
    for name in path.split("__"):
        if name == "pk":
            return False
        field = model._meta.get_field(name)
        if field.one_to_many or field.many_to_many:
            return True
        model = field.related_model
    return False


class ScopedPermissionPolicy(ModelPermissionPolicy):
    """Django's model permissions, limited to the rows that are visible to the account."""

    def instances_user_has_any_permission_for(self, user, actions):
        return super().instances_user_has_any_permission_for(user, actions).visible_to(user)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        if not self.user_has_any_permission(user, actions):
            return False
        if self.model.scope.everyone or is_administrator(user):
            return True
        return self.model._default_manager.visible_to(user).filter(pk=instance.pk).exists()

    def users_with_any_permission_for_instance(self, actions, instance):
        users = self.users_with_any_permission(actions)
        return users.filter(
            pk__in=[
                user.pk
                for user in users
                if self.user_has_any_permission_for_instance(user, actions, instance)
            ]
        )


def register_permission_policies():
    """Register a policy for each model that declares a scope.

    Call this when all models are loaded and before Wagtail looks up the first policy.
    """
    for model in apps.get_models():
        if hasattr(model, "scope"):
            register_permission_policy(model, ScopedPermissionPolicy(model), exact_class=True)
