"""Groups and permissions of the roles, from the table in `roles.toml`."""

import tomllib
from functools import cache
from pathlib import Path

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from digipunt.accounts.editorial import set_editorial_permissions, set_moderators
from home.core.roles import Role

TABLE = Path(__file__).with_name("roles.toml")


@cache
def load_table():
    """Return the table of roles as it stands in the file."""
    return tomllib.loads(TABLE.read_text())


def never_deleted():
    """Return the labels of models whose rows no role deletes."""
    return load_table()["never_deleted"]


def permission_names(role):
    """Return the permissions of a role as a set of `app.codename`."""
    names = set()
    for label, value in load_table()[role.name.lower()].items():
        if label == "everything":
            names |= {name for app in value for name in _all_permission_names(app)}
        elif label != "pages":
            app, model = label.split(".")
            names |= {
                f"{app}.{action}" if "_" in action else f"{app}.{action}_{model}"
                for action in value.split()
            }
    return names


def editorial_actions(role):
    """Return what a role does with pages, images and documents: nothing, `write`, `publish`."""
    return set(load_table()[role.name.lower()].get("pages", "").split())


def _all_permission_names(app):
    for model in apps.get_app_config(app).get_models():
        meta = model._meta
        for action in meta.default_permissions:
            if not (action == "delete" and meta.label_lower in never_deleted()):
                yield f"{app}.{action}_{meta.model_name}"
        yield from (f"{app}.{codename}" for codename, _label in meta.permissions)


def existing_permissions():
    """Return every permission in the database by `app.codename`."""
    return {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }


@transaction.atomic
def apply():
    """Give the groups of the roles exactly the permissions of the table."""
    permissions = existing_permissions()
    is_first_time = not Group.objects.filter(name=Role.COORDINATOR).exists()
    for role in Role:
        group, _created = Group.objects.get_or_create(name=role.value)
        names = permission_names(role) & permissions.keys()
        group.permissions.set([permissions[name] for name in names])
        set_editorial_permissions(group, editorial_actions(role))
    publishers = [role for role in Role if "publish" in editorial_actions(role)]
    set_moderators(Group.objects.filter(name__in=publishers))
    if is_first_time:  # the groups that Wagtail creates have no meaning here
        Group.objects.filter(name__in=["Editors", "Moderators"], user=None).delete()


def apply_after_migrate(using, **kwargs):
    """Apply the table; a receiver of `post_migrate`.

    Django creates the permissions of later apps after this signal, so create them first.
    """
    if using != "default":
        return
    for app in apps.get_app_configs():
        create_permissions(app, verbosity=0, using=using)
    apply()
