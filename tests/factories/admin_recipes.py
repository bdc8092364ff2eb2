"""What one would ask and send at each address of the admin, to get at another place."""

import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from lending.operations.loans import HANDOVER
from tests.factories import staff
from tests.factories.two_places import BATCH, PERSON, THING

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
    "today:close": "second",
    "today:reopen": "closed_today",
}


def args_of(address, world):
    if not address.needs_args:
        return []
    if address.name == "erasure_logs:preview":
        return [BATCH]
    if address.name == "holidays:year":
        return [timezone.localdate().year + 1]
    if address.namespace == "message_texts":
        return [world.messagetext.kind, world.messagetext.language]
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
        {"do": "close"},
    ]


def holiday(world):
    return [{"close": f"{timezone.localdate().year + 1}-12-25|p{world.other.pk}"}]


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
    "letters:posted": lambda world: [{"letter": str(world.letter.pk)}],
    "message_texts:edit": lambda world: [{"do": "save", "subject": "Anders", "body": "Anders"}],
    "today:close": lambda world: [{"reason": "illness"}],
    "today:reopen": lambda world: [{}],
    "holidays:year": holiday,
}

# Our screens where a POST has nothing to do.
LOOKING = {
    *("index", "index_results", "results", "list", "list_results", "inspect", "label"),
    *("history", "history_results", "usage", "receipt", "labels", "agreement", "message"),
    *("choose", "choose_results", "chosen", "chosen_multiple"),
    *("site_history", "site_history_results", "preview", "preview_new", "paper"),
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
    "stop": (
        {"place": "Elders"},
        {"starts_at": "2027-03-03 09:00", "ends_at": "2027-03-03 11:00"},
    ),
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
    *("wagtailsnippets_home_sponsorlogo", "message_texts"),
}
OWN_ROWS = {"erasure_logs:index"}  # an upload is the uploader's own until it is confirmed


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


# App, model, action; which rows are ticked; and what is sent along.
BULK = {
    ("lending", "device", "send"): ("ready received", {"location": "@second"}),
    ("lending", "device", "available"): ("ready received", {"location": "@other"}),
    ("locations", "stop", "cancel"): ("stop", {"reason": "Panne"}),
    ("locations", "stop", "reinstate"): ("cancelled_stop", {}),
    ("locations", "stop", "copy"): ("stop", {"weeks": 2, "times": 1}),
}


def bulk_addresses(world):
    """Wagtail has one address for all of them: our own are walked by hand."""
    for named, (rows, data) in BULK.items():
        url = reverse("wagtail_bulk_action", args=named)
        ticked = "&".join(f"id={getattr(world, row).pk}" for row in rows.split())
        sent = {
            name: getattr(world, value[1:]).pk if str(value).startswith("@") else value
            for name, value in data.items()
        }
        for chosen in (ticked, "id=all"):
            yield f"{url}?{chosen}&next={reverse(f'{named[1]}:index')}", sent
