"""No role sees or changes rows of another location at any admin URL.

Add a recipe to `tests/factories/admin_recipes.py` for each new URL; one without a recipe fails.
"""

import pytest
from django.db import transaction
from django.urls import reverse

from home.core.roles import Role
from tests.factories import staff, two_places
from tests.factories.admin_addresses import (
    EXCLUDED,
    admin_urls,
    as_new,
    form_data,
    response_text,
    snapshot,
)
from tests.factories.admin_recipes import (
    BULK,
    EDITED,
    OWN_ROWS,
    POSTS,
    READ_ONLY,
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
    """An administrator, to read the forms and to prove that the recipes work."""
    return staff.someone("chef", superuser=True)


@pytest.fixture
def forms(client, world, chief):
    client.force_login(chief)
    forms = {}
    for namespace, (edit, add) in EDITED.items():
        row = getattr(world, namespace.rpartition("_")[2])
        data = form_data(client.get(reverse(f"{namespace}:edit", args=[row.pk])))
        edit = {
            name: getattr(world, value[1:]).pk if value.startswith("@") else value
            for name, value in edit.items()
        }
        forms[namespace] = {"edit": data | edit, "add": as_new(data) | edit | add}
    client.logout()
    return forms


OUR_URLS = [address for address in admin_urls() if address.is_ours]


def test_every_admin_url_has_a_recipe():
    unknown = []
    for address in OUR_URLS:
        if address.action in READ_ONLY or address.name in POSTS or address.action == "delete":
            continue
        if address.action in ("add", "edit", "create") and (
            address.namespace in EDITED or address.action == "create"
        ):
            continue
        unknown.append(address.name)
    assert not unknown, f"Add a recipe for these URLs: {unknown}"
    assert len(OUR_URLS) > 150


def test_every_bulk_action_has_a_recipe():
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
    """Return status, text and changed models of a POST request, which is rolled back."""
    with transaction.atomic():
        before = snapshot()
        response = client.post(url, data)
        text = response_text(response)
        after = snapshot()
        transaction.set_rollback(True)
    changed = {label for label in before if before[label] != after[label]}
    return response.status_code, text, changed


def posts(world, forms):
    for address in OUR_URLS:
        for data in posted(address, world, forms):
            yield address, reverse(address.name, args=args_of(address, world)), data
    for url, data in bulk_addresses(world):
        yield None, url, data


def test_each_recipe_changes_something_for_an_administrator(client, world, forms, chief):
    """Prove that the recipes of the tests below have an effect."""
    client.force_login(chief)
    idle = []
    for address, url, data in posts(world, forms):
        name = address.name if address else url
        if name == "erasure_logs:preview":  # only the uploader may open a batch
            continue
        status, _text, changed = change(client, url, data)
        if not changed or status >= 400:
            idle.append((name, status, str(data)[:200]))
    assert not idle, "\n".join(map(str, idle))


def log_in(client, role, *places):
    if role != "anonymous":
        client.force_login(staff.someone(f"iemand-{role}", role, *places))


EVERYBODY = [*(role for role in Role if role != Role.ADMINISTRATOR), "anonymous"]


@pytest.mark.parametrize("role", EVERYBODY)
def test_no_role_sees_rows_of_another_location(client, world, role):
    log_in(client, role, world.mine)
    seen = []
    for address in admin_urls():
        if not address.is_ours and (address.needs_args or address.name in EXCLUDED):
            continue
        if not address.action or address.pattern.endswith(("test404/", "$")):
            continue
        url = reverse(address.name, args=args_of(address, world) if address.is_ours else [])
        for query in queries_of(address, world) if address.is_ours else [{}]:
            response = client.get(url, query)
            text = response_text(response)
            leaks = [word for word in (THING, PERSON, PHONE) if word in text]
            is_pdf = response.get("Content-Type") == "application/pdf"
            if leaks or is_pdf or response.status_code >= 500:
                seen.append((address.name, query, response.status_code, leaks))
    for url, _data in bulk_addresses(world):
        if any(word in response_text(client.get(url)) for word in (THING, PERSON)):
            seen.append(url)
    assert not seen


@pytest.mark.parametrize("role", EVERYBODY)
def test_no_role_changes_rows_of_another_location(client, world, forms, role):
    log_in(client, role, world.mine)
    wrong = []
    for address, url, data in posts(world, forms):
        name = address.name if address else url
        status, text, changed = change(client, url, data)
        if name in OWN_ROWS:
            changed -= {"lending.ErasureLog"}
        if address and address.namespace in SHARED and changed:
            changed = set() if may_change_shared(role, address) else changed
        leaks = [word for word in (THING, PERSON) if word in text and word not in str(data)]
        if changed or leaks or status >= 500:
            wrong.append((name, status, changed, leaks))
    assert not wrong


def may_change_shared(role, address):
    from digipunt.accounts import roles

    if role == "anonymous":
        return False
    actions = {"edit": "change", "test": "change", "remove": "delete"}
    action = actions.get(address.action, address.action)
    meta = address.model._meta
    return f"{meta.app_label}.{action}_{meta.model_name}" in roles.permission_names(role)


PERSONS = ("lener", "schenker", "bericht", "onderwerp", "deelnemer", "wachter", "leerling")
PDF_URLS = ("loan:agreement", "donation:receipt", "donation:attest", "workshoprun:certificate")
PEOPLE = {
    Role.EDITOR: set(),
    Role.HELPER: set(),
    Role.REFERRER: set(),
    Role.REFURBISHER: set(),
    Role.LOGISTICS: {"donation", "reception"},  # they collect donations from donors
}


@pytest.mark.parametrize("role", PEOPLE)
def test_roles_without_access_to_people_see_none_at_their_own_location(client, world, role):
    log_in(client, role, world.other, world.second)
    seen = []
    for address in OUR_URLS:
        if address.namespace in PEOPLE[role]:
            continue
        url = reverse(address.name, args=args_of(address, world))
        for query in queries_of(address, world):
            response = client.get(url, query)
            text = response_text(response)
            has_pdf = address.name in PDF_URLS
            is_pdf = has_pdf and response.get("Content-Type") == "application/pdf"
            names = [
                f"{PERSON} {person}" for person in ("lener", "schenker", "bericht", "onderwerp")
            ]
            names += [f"{PERSON} {person}" for person in ("deelnemer", "wachter", "leerling")]
            if role != Role.HELPER:  # a digihelper answers their questions
                names.append(f"{PERSON} vra")
            if any(name in text for name in names) or is_pdf or response.status_code >= 500:
                seen.append((address.name, query, response.status_code))
    assert not seen


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR])
def test_permitted_roles_see_the_canaries(client, world, role):
    """Prove that the names of the tests above do appear on pages."""
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
        text = response_text(client.get(reverse(name), {"export": "csv"}))
        assert THING in text or PERSON in text or world.received.number in text, name
