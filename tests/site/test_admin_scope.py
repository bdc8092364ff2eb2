"""Every address of the admin, as every role: nothing of another place is seen or changed.

An address that this test does not know fails it: give it a recipe, and it is guarded from then on.
"""

import pytest
from django.db import transaction
from django.urls import reverse

from home.core.roles import Role
from tests.factories import staff, two_places
from tests.factories.admin_addresses import (
    NOT_WALKED,
    addresses,
    as_new,
    form_of,
    snapshot,
    texts,
)
from tests.factories.admin_recipes import (
    BULK,
    EDITED,
    LOOKING,
    OWN_ROWS,
    POSTS,
    SHARED,
    args_of,
    bulk_addresses,
    posted,
    queries_of,
)
from tests.factories.two_places import PERSON, PHONE, THING

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return two_places.build()


@pytest.fixture
def chief(client):
    """The administrator: whose forms are filled in, and who proves that the recipes work."""
    return staff.someone("chef", superuser=True)


@pytest.fixture
def forms(client, world, chief):
    client.force_login(chief)
    made = {}
    for namespace, (edit, add) in EDITED.items():
        row = getattr(world, namespace.rpartition("_")[2])
        data = form_of(client.get(reverse(f"{namespace}:edit", args=[row.pk])))
        edit = {
            name: getattr(world, value[1:]).pk if value.startswith("@") else value
            for name, value in edit.items()
        }
        made[namespace] = {"edit": data | edit, "add": as_new(data) | edit | add}
    client.logout()
    return made


OUR_ADDRESSES = [address for address in addresses() if address.is_ours]


def test_every_address_of_ours_has_a_recipe():
    unknown = []
    for address in OUR_ADDRESSES:
        if address.door in LOOKING or address.name in POSTS or address.door == "delete":
            continue
        if address.door in ("add", "edit", "create") and (
            address.namespace in EDITED or address.door == "create"
        ):
            continue
        unknown.append(address.name)
    assert not unknown, f"Say in this test what these addresses are about: {unknown}"
    assert len(OUR_ADDRESSES) > 150


def test_every_bulk_action_of_ours_is_walked():
    from wagtail.admin.views.bulk_action.registry import bulk_action_registry

    bulk_action_registry._scan_for_bulk_actions()
    ours = {
        (app, model, action)
        for app, models in bulk_action_registry.actions.items()
        for model, actions in models.items()
        for action in actions
        if app in ("locations", "lending", "search")
    }
    assert ours == set(BULK)


def change(client, url, data):
    """The tables that differ after this POST, which is then taken back."""
    with transaction.atomic():
        before = snapshot()
        response = client.post(url, data)
        said = texts(response)
        after = snapshot()
        transaction.set_rollback(True)
    changed = {label for label in before if before[label] != after[label]}
    return response.status_code, said, changed


def every_post(world, forms):
    for address in OUR_ADDRESSES:
        for data in posted(address, world, forms):
            yield address, reverse(address.name, args=args_of(address, world)), data
    for url, data in bulk_addresses(world):
        yield None, url, data


def test_each_recipe_does_something_for_who_may(client, world, forms, chief):
    """Or the walk below would prove nothing."""
    client.force_login(chief)
    idle = []
    for address, url, data in every_post(world, forms):
        name = address.name if address else url
        if name == "erasure_logs:preview":  # only its own uploader may open a batch
            continue
        status, _said, changed = change(client, url, data)
        if not changed or status >= 400:
            idle.append((name, status, str(data)[:200]))
    assert not idle, "\n".join(map(str, idle))


def log_in(client, role, *places):
    if role != "anonymous":
        client.force_login(staff.someone(f"iemand-{role}", role, *places))


EVERYBODY = [*(role for role in Role if role != Role.ADMINISTRATOR), "anonymous"]


@pytest.mark.parametrize("role", EVERYBODY)
def test_nothing_of_another_place_is_seen(client, world, role):
    log_in(client, role, world.mine)
    seen = []
    for address in addresses():
        if not address.is_ours and (address.needs_args or address.name in NOT_WALKED):
            continue
        if not address.door or address.pattern.endswith(("test404/", "$")):
            continue
        url = reverse(address.name, args=args_of(address, world) if address.is_ours else [])
        for query in queries_of(address, world) if address.is_ours else [{}]:
            response = client.get(url, query)
            said = texts(response)
            leaks = [word for word in (THING, PERSON, PHONE) if word in said]
            paper = response.get("Content-Type") == "application/pdf"
            if leaks or paper or response.status_code >= 500:
                seen.append((address.name, query, response.status_code, leaks))
    for url, _data in bulk_addresses(world):
        if any(word in texts(client.get(url)) for word in (THING, PERSON)):
            seen.append(url)
    assert not seen


@pytest.mark.parametrize("role", EVERYBODY)
def test_nothing_of_another_place_is_changed(client, world, forms, role):
    log_in(client, role, world.mine)
    wrong = []
    for address, url, data in every_post(world, forms):
        name = address.name if address else url
        status, said, changed = change(client, url, data)
        if name in OWN_ROWS:
            changed -= {"lending.ErasureLog"}
        if address and address.namespace in SHARED and changed:
            changed = set() if may_change_shared(role, address) else changed
        leaks = [word for word in (THING, PERSON) if word in said and word not in str(data)]
        if changed or leaks or status >= 500:
            wrong.append((name, status, changed, leaks))
    assert not wrong


def may_change_shared(role, address):
    from digipunt.accounts import roles

    if role == "anonymous":
        return False
    deeds = {"edit": "change", "test": "change", "remove": "delete"}
    action = deeds.get(address.door, address.door)
    meta = address.model._meta
    return f"{meta.app_label}.{action}_{meta.model_name}" in roles.permission_names(role)


PAPERS = ("loan:agreement", "donation:receipt", "donation:attest", "workshoprun:certificate")
PEOPLE = {
    Role.EDITOR: set(),
    Role.HELPER: set(),
    Role.REFERRER: set(),
    Role.REFURBISHER: set(),
    Role.LOGISTICS: {"donation", "reception"},  # who fetches a gift knows from whom
}


@pytest.mark.parametrize("role", PEOPLE)
def test_who_may_not_see_people_finds_none_in_ones_own_place_either(client, world, role):
    log_in(client, role, world.other, world.second)
    seen = []
    for address in OUR_ADDRESSES:
        if address.namespace in PEOPLE[role]:
            continue
        url = reverse(address.name, args=args_of(address, world))
        for query in queries_of(address, world):
            response = client.get(url, query)
            said = texts(response)
            papers = address.name in PAPERS
            paper = papers and response.get("Content-Type") == "application/pdf"
            names = [f"{PERSON} {who}" for who in ("lener", "schenker", "bericht", "onderwerp")]
            names += [f"{PERSON} {who}" for who in ("deelnemer", "wachter", "leerling")]
            if role != Role.HELPER:  # who answers questions knows whose they are
                names.append(f"{PERSON} vra")
            if any(name in said for name in names) or paper or response.status_code >= 500:
                seen.append((address.name, query, response.status_code))
    assert not seen


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR])
def test_who_may_see_it_does(client, world, role):
    """Or the canaries above would be in nobody's pages."""
    log_in(client, role, world.other, world.second)
    for name in (
        "device:index",
        "loan:index",
        "borrower:index",
        "donation:index",
        "calls:index",
        "help_requests:index",
        "workshoprun:index",
        "attendance:index",
    ):
        said = texts(client.get(reverse(name), {"export": "csv"}))
        assert THING in said or PERSON in said or world.received.number in said, name
