"""Every address of the admin, as every role: nothing of another place is seen or changed.

An address that this test does not know fails it: give it a recipe, and it is guarded from then on.
"""

import io
import json
import uuid
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import get_resolver, reverse
from openpyxl import load_workbook

from lending.operations.loans import HANDOVER
from locations.scope import Role
from tests.factories import staff, two_places
from tests.factories.two_places import BATCH, PERSON, PHONE, THING

pytestmark = pytest.mark.django_db

OURS = ("home", "locations", "lending", "search", "digipunt")
LABELS = ("home", "locations", "lending", "search", "accounts")
# Wagtail's own, about pages and pictures: walked too, but not with recipes for their forms.
WAGTAILS = ("wagtailimages_chooser", "wagtailusers_users", "wagtailusers_groups")
NOT_WALKED = {"wagtailadmin_error_test", "wagtailadmin_logout", "wagtailadmin_dismissibles"}


@dataclass
class Address:
    pattern: str
    name: str
    view: type
    model: type | None

    @property
    def namespace(self):
        return self.name.rpartition(":")[0]

    @property
    def door(self):
        return self.name.rpartition(":")[2]

    @property
    def needs_args(self):
        return "<" in self.pattern or "(?P" in self.pattern

    @property
    def is_ours(self):
        if self.namespace.startswith(WAGTAILS):
            return False
        ours = self.model is not None and self.model._meta.app_label in LABELS
        return ours or self.view.__module__.split(".")[0] in OURS


def addresses(patterns=None, prefix="", namespace=""):
    for pattern in patterns or get_resolver().url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = (
                f"{namespace}:{pattern.namespace}".strip(":") if pattern.namespace else namespace
            )
            yield from addresses(pattern.url_patterns, route, inner)
        elif route.startswith("beheer/"):
            callback = pattern.callback
            model = getattr(callback, "view_initkwargs", {}).get("model")
            view = getattr(callback, "view_class", callback)
            name = f"{namespace}:{pattern.name}".strip(":")
            yield Address(route, name, view, model if isinstance(model, type) else None)


# What stands in for the key of an address; by name, else by the model of its view.
KEYS = {
    "device:available": "ready",
    "device:send": "ready",
    "device:inspection": "inspecting",
    "device:erase": "medium",
    "device:replace_medium": "medium",
    "donation:attest": "done",
    "donation:labels": "done",
    "messages:retry": "message",
    "messages:settle": "message",
    "calls:record": "call",
}


def args_of(address, world):
    if not address.needs_args:
        return []
    if address.name == "erasure_logs:preview":
        return [BATCH]
    if address.name in KEYS:
        return [getattr(world, KEYS[address.name]).pk]
    return [getattr(world, address.model._meta.model_name).pk]


def posted(address, world, forms):
    """The bodies to post to this address; each would do something, were it sent by who may."""
    if recipe := POSTS.get(address.name):
        return recipe(world)
    if address.door in ("edit", "add") and address.namespace in forms:
        return [forms[address.namespace][address.door]]
    return [{}] if address.door == "delete" else []


def media(world):
    rows = {"media-TOTAL_FORMS": 1, "media-INITIAL_FORMS": 0, "media-0-kind": "ssd"}
    return rows | {"media-0-serial": "NIEUW-9"}


def decisions(world):
    line = world.donation.lines.get().pk
    typed = {"accept-brand": "Dell", "accept-name": "L", "do": "accept", "line": line}
    return [
        typed | media(world),
        {"do": "refuse", "line": line, "refuse-reason": "kapot"},
    ]


def at_the_desk(world):
    loan = {
        "device": world.available.number,
        "borrower": world.borrower.card,
        "points": list(HANDOVER),
        "policy": world.loanpolicy.pk,
    }
    someone = staff.borrower(world.other, f"{PERSON} twee").card
    new = {"name": "Nieuw", "phone": "1", "location": world.other.pk}
    return [
        loan | {"do": "check_out", "key": str(uuid.uuid4()), "borrower": someone},
        {"do": "check_in", "device": world.lent.number},
        {"do": "renew", "device": world.lent.number},
        loan | {"do": "set_aside"},
        {"do": "release", "device": world.aside.number},
        {"do": "add_borrower"} | {f"new-{name}": value for name, value in new.items()},
    ]


ERASED = {"result": "passed", "method": "overwrite", "level": "clear", "tool": "x"}
MEDIUM = {"kind": "ssd", "serial": "NIEUW-1", "size_gb": 1}

POSTS = {
    "desk:index": at_the_desk,
    "workbench:index": lambda world: [{"move": f"{world.received.pk}:triage"}],
    "erasure_logs:index": lambda world: [{"logs": SimpleUploadedFile("x.log", b"x")}],
    "erasure_logs:preview": lambda world: [{}],
    "device:add": lambda world: [
        {"model": world.devicemodel.pk, "location": world.other.pk} | media(world)
    ],
    "device:move": lambda world: [{"to": "triage"}],
    "device:available": lambda world: [{"location": world.other.pk}],
    "device:send": lambda world: [{"location": world.second.pk}],
    "device:inspection": lambda world: [{"grade": "A", "passed": ["screen"]}],
    "device:add_medium": lambda world: [MEDIUM],
    "device:erase": lambda world: [ERASED | {"verification": "x"}],
    "device:replace_medium": lambda world: [MEDIUM | {"destroyed_by": "x"}],
    "reception:donation": decisions,
    "donation:attest": lambda world: [{}],
    "calls:record": lambda world: [{"outcome": "reached"}],
    "messages:retry": lambda world: [{}],
    "messages:settle": lambda world: [{}],
}

# Our screens where a POST has nothing to do.
LOOKING = {
    *("index", "index_results", "results", "list", "list_results", "inspect", "label"),
    *("history", "history_results", "usage", "receipt", "labels", "agreement", "message"),
    *("choose", "choose_results", "chosen", "chosen_multiple"),
    *("site_history", "site_history_results"),
}

# Typed into the form of the other place's row; and what has to differ for a second row.
EDITED = {
    "device": ({"serial": "ANDERS"}, {}),
    "borrower": ({"name": "Anders"}, {}),
    "loanpolicy": ({"duration": "99"}, {"name": "Andere"}),
    "devicetype": ({"name": "Anders"}, {"code": "ander"}),
    "devicemodel": ({"name": "Anders"}, {}),
    "location": ({"street": "Elders"}, {"code": "NEW", "name": "Nieuw"}),
    "closeddays": ({"reason": "anders"}, {}),
    "adjusteddays": ({"reason": "anders"}, {"first_day": "2027-02-01", "last_day": "2027-02-02"}),
    "workshoprun": ({"capacity": "99"}, {}),
    "partnership": ({"name": "Anders"}, {"slug": "anders"}),
    "partner": ({"name": "Anders"}, {}),
    "service": ({"name": "Anders"}, {"code": "ander"}),
    "assignment": ({"location": "@second"}, {}),
    "wagtailsnippets_home_helpchannel": ({"title": "Anders"}, {}),
    "wagtailsnippets_home_footerlink": ({"title": "Anders"}, {}),
    "wagtailsnippets_home_sponsorlogo": ({"name": "Anders"}, {}),
}

# Of the house, not of a place: who holds the permission may change these anywhere.
SHARED = {
    *("devicetype", "devicemodel", "service"),
    *("wagtailsnippets_home_helpchannel", "wagtailsnippets_home_footerlink"),
    *("wagtailsnippets_home_sponsorlogo",),
}
OWN_ROWS = {"erasure_logs:index"}  # an upload is the uploader's own until it is confirmed


def form_of(page):
    """What a browser would send of the form on this page."""
    form = BeautifulSoup(page.content, "html.parser").find("form", id="w-editor-form")
    data = {}
    for item in form.find_all(["input", "select", "textarea"]):
        name = item.get("name")
        if not name or name == "csrfmiddlewaretoken":
            continue
        if item.name == "select":
            chosen = [option["value"] for option in item.find_all("option", selected=True)]
            data[name] = chosen if item.has_attr("multiple") else "".join(chosen[:1])
        elif item.name == "textarea":
            data[name] = item.text.strip()
        elif item.get("type") not in ("checkbox", "radio") or item.has_attr("checked"):
            data[name] = item.get("value", "on" if item.get("type") == "checkbox" else "")
    return data


def as_new(data):
    """The same form without the keys of lines that exist, so that it can be added once more."""
    kept = {name: value for name, value in data.items() if not name.endswith("-id")}
    return kept | {name: "0" for name in kept if name.endswith("-INITIAL_FORMS")}


def snapshot():
    """Every row of ours, as the database holds it now."""
    return {
        model._meta.label: sorted(
            json.dumps(row, default=str, sort_keys=True) for row in model._base_manager.values()
        )
        for label in LABELS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model._meta.label not in ("home.JobRun", "search.SearchEntry")
    }


def texts(response):
    """What can be read in the answer, also in a spreadsheet and in where it sends one."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if "spreadsheet" in response.get("Content-Type", ""):
        rows = load_workbook(io.BytesIO(body)).active.iter_rows(values_only=True)
        return "\n".join(str(cell) for row in rows for cell in row)
    return body.decode("utf-8", errors="replace") + response.get("Location", "")


def queries_of(address, world):
    """An address as it is, and with what could make it say more."""
    yield {}
    if address.door in ("index", "list", "index_results", "results", "list_results"):
        yield {"q": THING[1:].lower()}
        yield {"q": PERSON[1:].lower()}
        place = world.other.pk
        yield {"location": place, "collection_point": place, "partnership": world.partnership.pk}
        if address.door in ("index", "list"):
            yield {"export": "csv"}
            yield {"export": "xlsx"}
    if address.name in ("desk:index", "reception:index"):
        things = (world.available, world.lent, world.aside, world.received, world.donation)
        for code in (*(thing.number for thing in things), world.borrower.card, "kanarie"):
            yield {"code": code}
        yield {"device": world.available.number, "borrower": world.borrower.card}
        yield {"device": world.aside.number, "loan": world.loan.pk}
        yield {"loan": world.loan.pk}
    if address.name == "reception:donation":
        yield {"line": world.donation.lines.get().pk}


BULK = [("send", "second"), ("available", "other")]


def bulk_addresses(world):
    """Wagtail has one address for all of them: our own are walked by hand."""
    for action, where in BULK:
        url = reverse("wagtail_bulk_action", args=["lending", "device", action])
        for chosen in (f"id={world.ready.pk}&id={world.received.pk}", "id=all"):
            listing = reverse("device:index")
            yield f"{url}?{chosen}&next={listing}", {"location": getattr(world, where).pk}


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
    assert ours == {("lending", "device", action) for action, _where in BULK}


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
    action = {"edit": "change"}.get(address.door, address.door)
    meta = address.model._meta
    return f"{meta.app_label}.{action}_{meta.model_name}" in roles.table()[role]


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
            papers = address.name in ("loan:agreement", "donation:receipt", "donation:attest")
            paper = papers and response.get("Content-Type") == "application/pdf"
            names = [f"{PERSON} {who}" for who in ("lener", "schenker", "bericht", "onderwerp")]
            if any(name in said for name in names) or paper or response.status_code >= 500:
                seen.append((address.name, query, response.status_code))
    assert not seen


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR])
def test_who_may_see_it_does(client, world, role):
    """Or the canaries above would be in nobody's pages."""
    log_in(client, role, world.other, world.second)
    for name in ("device:index", "loan:index", "borrower:index", "donation:index", "calls:index"):
        said = texts(client.get(reverse(name), {"export": "csv"}))
        assert THING in said or PERSON in said or world.received.number in said, name
