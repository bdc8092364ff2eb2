"""Requests that would read or change rows of another location, for each admin URL."""

import uuid

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from home.core.roles import Role
from lending.loans.handover import HANDOVER_POINTS
from locations.helpdesk.models import Visit
from tests.factories import staff
from tests.factories.two_places import BATCH, PERSON, THING

# The object for a URL with a primary key, by name; otherwise the model of the view decides.
KEYS = {
    "brochures:make": "brochurepage",
    "attendance:session": "lesson",
    "workshoprun:reinstate": "cancelled_run",
    "workshoprun:again": "coming",
    "workshoprun:cancel": "coming",
    "workshoprun:delete": "coming",
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
    "form_results:results": "formpage",
}


def args_of(address, world):
    if not address.needs_args:
        return []
    if address.name == "erasure_logs:preview":
        return [BATCH]
    if address.name == "brochures:paper":
        return [world.brochureedition.pk, "a5"]
    if address.name == "holidays:year":
        return [timezone.localdate().year + 1]
    if address.namespace == "message_texts":
        return [world.messagetext.kind, world.messagetext.language]
    if address.name == "workshoprun:move":
        return [world.workshoprun.pk, world.registration.pk]
    if address.name == "workshoprun:certificate":
        return [world.pupil.run_id, world.pupil.pk]
    if address.name in KEYS:
        return [getattr(world, KEYS[address.name]).pk]
    return [getattr(world, address.model._meta.model_name).pk]


def posted(address, world, forms):
    """Return the data to post to a URL; each changes something for a permitted account."""
    if recipe := POSTS.get(address.name):
        return recipe(world)
    if address.action in ("edit", "add") and address.namespace in forms:
        return [forms[address.namespace][address.action]]
    return [{}] if address.action == "delete" else []


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


def on_the_phone(world):
    return [
        {"name": "Nieuw", "phone": "0470 12 34 56"},
        {"do": "cancel", "registration": world.registration.pk},
    ]


def at_a_lesson(world):
    return [{"was_there": f"{world.pupil.pk}:no"}, {"walk_ins": "3"}]


def a_client(world):
    who = {"name": "Nieuw", "phone": "0470 12 34 56", "consent": "on"}
    return [{"run": world.coming.pk} | who]


def to_oneself(world):
    get_user_model().objects.filter(email="").update(email="iemand@example.org")
    return [{}]


def last_visit(world):
    Visit.objects.update(logged_by=get_user_model().objects.filter(username="chef").first())
    return [{}]


def visits(world):
    visit = {"location": world.other.pk, "minutes": "15", "outcome": "helped"}
    return [visit, visit | {"outcome": "open", "question": "Itsme werkt niet"}]


def a_question(world):
    who = {"name": "Nieuw", "phone": "0470 12 34 56"}
    return [{"location": world.other.pk, "kind": "question", "question": "Mijn mail?"} | who]


def followed_up(world):
    world.user.groups.add(Group.objects.get(name=Role.HELPER))
    tomorrow = timezone.localdate() + timezone.timedelta(days=1)
    moment = {"appoint-day": tomorrow, "appoint-time": "10:00", "appoint-minutes": "60"}
    return [
        {"do": "take"},
        {"do": "assign", "assign-to": world.user.pk},
        {"do": "note", "note-text": "Belt morgen"},
        {"do": "appoint"} | moment,
        {"do": "refer", "refer-run": world.coming.pk, "refer-consent": "on"},
        {"do": "hand_over", "hand_over-location": world.mine.pk},
        {"do": "close", "close-outcome": "helped"},
        {"do": "withdraw"},
    ]


def at_the_desk(world):
    loan = {
        "device": world.available.number,
        "borrower": world.borrower.card,
        "points": list(HANDOVER_POINTS),
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
    "brochures:make": lambda world: [{}],
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
    "record_visit:index": visits,
    "record_visit:undo": last_visit,
    "help_requests:add": a_question,
    "help_requests:transition": followed_up,
    "workshoprun:participants": on_the_phone,
    "workshoprun:move": lambda world: [{"to_run": world.coming.pk}],
    "workshoprun:cancel": lambda world: [{"reason": "ziek"}],
    "workshoprun:reinstate": lambda world: [{}],
    "workshoprun:again": lambda world: [
        {"first_day": timezone.localdate() + timezone.timedelta(days=60)}
    ],
    "attendance:session": at_a_lesson,
    "referrals:index": a_client,
    "newsletter:test": to_oneself,
    "newsletter:send": lambda world: [{}],
    "subscribers:remove": lambda world: [{}],
}

# Screens of our own that only show something.
READ_ONLY = {
    *("paper", "appointment", "participants_list", "certificate"),
    *("index", "index_results", "results", "list", "list_results", "inspect", "label"),
    *("history", "history_results", "usage", "receipt", "labels", "agreement", "message"),
    *("choose", "choose_results", "chosen", "chosen_multiple"),
    *("site_history", "site_history_results", "preview", "preview_new", "paper"),
}

# Changes to the form of the other location's row, and further changes to add a second row.
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
    "topic": ({"name": "Anders"}, {"slug": "ander"}),
    "audience": ({"name": "Anders"}, {"slug": "ander"}),
    "partnership": ({"name": "Anders"}, {"slug": "anders"}),
    "partner": ({"name": "Anders"}, {}),
    "service": ({"name": "Anders"}, {"code": "ander"}),
    "assignment": ({"location": "@second"}, {}),
    "wagtailsnippets_home_helpchannel": ({"title": "Anders"}, {}),
    "wagtailsnippets_home_footerlink": ({"title": "Anders"}, {}),
    "wagtailsnippets_home_sponsorlogo": ({"name": "Anders"}, {}),
    "newsletter": ({"subject": "Anders"}, {}),
}

# Of the house, not of a place: who holds the permission may change these anywhere.
SHARED = {
    *("devicetype", "devicemodel", "service", "topic", "audience"),
    *("wagtailsnippets_home_helpchannel", "wagtailsnippets_home_footerlink"),
    *("wagtailsnippets_home_sponsorlogo", "message_texts", "newsletter", "subscribers"),
}
OWN_ROWS = {"erasure_logs:index"}  # an upload is the uploader's own until it is confirmed


def queries_of(address, world):
    """An address as it is, and with what could make it say more."""
    yield {}
    if address.action in ("index", "list", "index_results", "results", "list_results"):
        yield {"q": THING[1:].lower()}
        yield {"q": PERSON[1:].lower()}
        place = world.other.pk
        yield {"location": place, "collection_point": place, "partnership": world.partnership.pk}
        if address.action in ("index", "list"):
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
