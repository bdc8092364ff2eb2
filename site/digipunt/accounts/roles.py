"""What each role may do; where they may do it is said by the scope of their places.

The table is the truth: after every `migrate` the groups of the roles hold exactly this. Whoever
needs something else gets a group of another name.
"""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from digipunt.accounts.editorial import EditorialRights, let_role_edit, order_moderation
from home.core.roles import Role


def may(actions, *models):
    """`may("view change", "lending.loan")`: the names of permissions, with their app."""
    return {
        f"{app}.{action}_{model}"
        for app, model in (name.split(".") for name in models)
        for action in actions.split()
    }


def everything_in(app, *, but=()):
    """All that the models of an app allow; what has a history is never deleted."""
    return {
        f"{app}.{codename}"
        for model in apps.get_app_config(app).get_models()
        for codename in _codenames(model)
        if not (codename.startswith("delete_") and model._meta.label_lower in but)
    }


def _codenames(model):
    meta = model._meta
    yield from (f"{action}_{meta.model_name}" for action in meta.default_permissions)
    yield from (codename for codename, _ in meta.permissions)


PEOPLE_AND_THEIR_LOANS = (
    may("view add change", "lending.borrower", "lending.loan", "lending.reservation")
    | may("view add", "lending.agreement")
    | may("view", "lending.loanpolicy")
)
DONATIONS = (
    may("view receive", "lending.donation")
    | may("view add change", "lending.donationline", "lending.donor")
    | may("view", "lending.attest")
)
CALLS = may("view change", "home.message")
WORKSHOP = (
    may("view add change process recycle", "lending.device")
    | may("view add change", "lending.storagemedium", "lending.erasurelog")
    | may("view add", "lending.erasure", "lending.inspection")
)
NEWSLETTER = may("view add change delete send", "home.newsletter")
ANSWERS = may("view delete", "home.submission") | may("view delete", "home.subscriber")
DOOR = {"locations.close_today"} | may("view", "locations.hoursversion")
HOURS = (
    may("view change", "locations.location")
    | may("view add change delete", "locations.closeddays", "locations.adjusteddays")
    | may("view add change delete", "locations.stop", "locations.workshoprun")
    | may("view", "locations.hoursversion")
)
PEOPLE_IN_WORKSHOPS = may("view add change", "locations.registration") | may(
    "view attend register", "locations.workshoprun"
)
HELP = may("view add", "locations.visit") | may("view add change", "locations.helprequest")
CHOICES = may("view add change", "locations.topic", "locations.audience")
BROCHURES = may("view add", "locations.brochureedition")
CATALOGUE = may("view add change", "lending.devicetype", "lending.devicemodel")
KEPT_FOR_EVER = {
    "home.message",
    "home.numberseries",
    "lending.agreement",
    "lending.attest",
    "lending.borrower",
    "lending.device",
    "lending.deviceevent",
    "lending.donation",
    "lending.donationline",
    "lending.donor",
    "lending.erasure",
    "lending.erasurelog",
    "lending.inspection",
    "lending.loan",
    "lending.reservation",
    "lending.storagemedium",
    "locations.attendance",
    "locations.audience",
    "locations.brochureedition",
    "locations.helprequest",
    "locations.helprequestevent",
    "locations.hoursversion",
    "locations.registration",
    "locations.topic",
    "locations.visit",
}


def table():
    """Role to the names of its permissions."""
    know_the_house = may("access", "wagtailadmin.admin") | may(
        "view", "locations.location", "locations.service"
    )
    know_devices = may("view", "lending.device", "lending.devicemodel", "lending.devicetype")
    around_the_site = may(
        "view add change delete", "home.helpchannel", "home.footerlink", "home.sponsorlogo"
    )
    desk = (
        know_devices
        | may("lend", "lending.device")
        | PEOPLE_AND_THEIR_LOANS
        | DONATIONS
        | CALLS
        | DOOR
        | PEOPLE_IN_WORKSHOPS
        | HELP
    )
    coordinator = (
        desk
        | WORKSHOP
        | CATALOGUE
        | HOURS
        | around_the_site
        | NEWSLETTER
        | ANSWERS
        | CHOICES
        | BROCHURES
        | may("change", "locations.digibanksettings")
        | may("view add change delete", "home.messagetext")
        | may("change", "lending.donation", "lending.attest")
        | may("add change", "lending.loanpolicy")
        | may("add", "locations.location")
        | may("view", "locations.assignment", "locations.partnership", "locations.partner")
    )
    return {
        Role.EDITOR: know_the_house | around_the_site | HOURS | NEWSLETTER | BROCHURES,
        Role.HELPER: know_the_house
        | DOOR
        | HELP
        | may("view attend", "locations.workshoprun")
        | may("add", "locations.registration"),
        Role.DESK: know_the_house | desk,
        Role.REFURBISHER: know_the_house | know_devices | WORKSHOP | CATALOGUE,
        Role.LOGISTICS: know_the_house
        | know_devices
        | may("process", "lending.device")
        | may("view receive", "lending.donation"),
        Role.REFERRER: know_the_house | may("add", "locations.registration"),
        Role.COORDINATOR: know_the_house | coordinator,
        Role.ADMINISTRATOR: know_the_house
        | coordinator
        | everything_in("home", but=KEPT_FOR_EVER)
        | everything_in("locations", but=KEPT_FOR_EVER)
        | everything_in("lending", but=KEPT_FOR_EVER)
        | may("view add change delete", "accounts.user")
        | may("view", "auth.group")
        | may("view add change delete", "wagtailredirects.redirect")
        | may("view change", "wagtailcore.site")
        | may("view add change delete", "wagtailcore.workflow", "wagtailcore.task"),
    }


EDITORIAL = {
    Role.EDITOR: EditorialRights(publishes=False),
    Role.COORDINATOR: EditorialRights(publishes=True),
    Role.ADMINISTRATOR: EditorialRights(publishes=True),
}


def permissions():
    """Every permission that there is, by `app.codename`."""
    return {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }


@transaction.atomic
def apply():
    """Make the groups hold exactly what the table says."""
    known = permissions()
    first_time = not Group.objects.filter(name=Role.COORDINATOR).exists()
    for role, names in table().items():
        group, _ = Group.objects.get_or_create(name=role.value)
        group.permissions.set([known[name] for name in names if name in known])
        let_role_edit(group, EDITORIAL.get(role))
    publishers = [role for role, rights in EDITORIAL.items() if rights.publishes]
    order_moderation(Group.objects.filter(name__in=publishers))
    if first_time:  # Wagtail's own two would only stand in the way
        Group.objects.filter(name__in=["Editors", "Moderators"], user=None).delete()


def apply_after_migrate(using, **kwargs):
    """The permissions of the apps after ours are made a moment later: make them now."""
    if using != "default":
        return
    for app in apps.get_app_configs():
        create_permissions(app, verbosity=0, using=using)
    apply()
