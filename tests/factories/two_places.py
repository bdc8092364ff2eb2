"""A location of one's own, and another one of which all texts are canaries."""

import uuid
from dataclasses import dataclass, field

from django.utils import timezone
from wagtail.log_actions import log

from home.messages.models import Message, MessageText
from home.pages.models import FooterLink, HelpChannel, SponsorLogo
from lending.core.states import State
from lending.devices.models import Device, ErasureLog, StorageMedium
from lending.devices.operations import devices, inspections
from lending.devices.operations.media import add_medium
from lending.donations.models import Donation
from lending.loans.models import Loan
from lending.loans.operations import reservations
from locations.core.models import Audience, Topic
from locations.opening_hours.models import AdjustedDays, ClosedDays, Stop
from locations.opening_hours.operations import closure_today
from locations.places.models import Assignment, Location, Partner, Partnership, Service
from locations.workshops.models import Registration, WorkshopRun
from locations.workshops.operations import attendance
from tests.factories import brochures, forms, helpdesk, home, locations, staff
from tests.factories.registrations import create

# Must not appear for staff of another location; the second not for roles without access to people.
THING, PERSON = "DINGKANARIE", "PERSOONKANARIE"
PHONE = "0499 11 22 33"
BATCH = uuid.UUID(int=7)


@dataclass
class World:
    mine: Location
    other: Location
    second: Location
    rows: dict = field(default_factory=dict)

    def __getattr__(self, name):
        try:
            return self.rows[name]
        except KeyError:
            raise AttributeError(name) from None


def device(place, number, state=State.RECEIVED, **fields):
    """Return a device in a state, with canaries in its serial numbers, accessories and notes."""
    device_row = staff.bought(
        place,
        serial=f"{THING}-S{number}",
        disk=f"{THING}-M{number}",
        accessories=f"{THING} lader",
        new=False,
        **fields,
    )
    Device.objects.filter(pk=device_row.pk).update(notes=f"{THING} notitie")
    if state != State.RECEIVED:
        devices.transition_to(device_row, State.TRIAGE, reason=f"{THING} reden")
        staff.erased(device_row)
    if state in (State.READY, State.AVAILABLE, State.ON_LOAN, State.SET_ASIDE):
        inspections.record_inspection(device_row, grade="B", tests={}, notes=f"{THING} gezien")
    if state in (State.AVAILABLE, State.ON_LOAN, State.SET_ASIDE):
        devices.move_to_location(device_row, place, state=State.AVAILABLE)
    device_row.refresh_from_db()
    return device_row


def donated(place, *, decided):
    line = {"type": staff.device_type(), "brand": f"{THING} merk", "model_name": "X"}
    donation = staff.donation(
        place, lines=[line], name=f"{PERSON} schenker", donor={"phone": PHONE}, wants_attest=False
    )
    Donation.objects.filter(pk=donation.pk).update(message=f"{PERSON} boodschap")
    if decided:
        staff.erased(staff.accepted(donation.lines.get(), disk=f"{THING}-D{donation.pk}"))
    return donation


def build():
    """Return two locations, with a row of every model at the other one."""
    shared = staff.model()
    page = locations.workshop(locations.workshop_index(home.home_page()))
    together = Partnership.objects.create(name=f"{THING} samen", slug="samen")
    mine = staff.place()
    other = staff.place(
        "HAL", f"{THING} Halle", partnership=together, street=f"{THING}straat", phone=PHONE
    )
    second = staff.place("LOT", f"{THING} Lot", partnership=together)
    world = World(mine, other, second)
    staff.policy(mine)
    colleague = staff.someone("collega", None, other)
    colleague.last_name = f"{PERSON} collega"
    colleague.save()
    borrower = staff.borrower(other, f"{PERSON} lener", phone=PHONE, email="persoonkanarie@x.be")
    borrower.notes = f"{PERSON} notitie"
    borrower.save()
    lent, aside = device(other, 4, State.ON_LOAN), device(other, 5, State.SET_ASIDE)
    policy = staff.policy(other, f"{THING} regel")
    reservations.reserve(aside, borrower=borrower)
    loan = staff.lent(lent, borrower)
    overdue = timezone.localdate() - timezone.timedelta(days=3)
    Loan.objects.filter(pk=loan.pk).update(lent_at=loan.lent_at - timezone.timedelta(days=9))
    Loan.objects.filter(pk=loan.pk).update(due_on=overdue)
    received = device(other, 1)
    add_medium(received, kind="hdd", serial=f"{THING}-EXTRA")
    log_row = ErasureLog.objects.create(
        batch=BATCH, name=f"{THING}.log", digest="x", uploaded_by=colleague
    )
    world.rows |= {
        "received": received,
        "inspecting": device(other, 2, State.INSPECTION),
        "ready": device(other, 3, State.READY),
        "available": device(other, 6, State.AVAILABLE),
        "lent": lent,
        "aside": aside,
        "medium": StorageMedium.objects.filter(device=received).first(),
        "erasure": lent.media.get().erasures.get(),
        "borrower": borrower,
        "loan": loan,
        "loanpolicy": policy,
        "donation": donated(other, decided=False),
        "done": donated(other, decided=True),
        "erasurelog": log_row,
        "devicetype": shared.type,
        "devicemodel": shared,
        "partnership": together,
        "location": other,
        "service": Service.objects.first(),
        "assignment": Assignment.objects.get(user=colleague),
        "user": colleague,
    }
    world.rows["device"] = world.received
    around(world, page)
    for row in (borrower, lent, loan):
        log(row, "wagtail.edit", user=colleague)
    return world


def stop(bus, days, **fields):
    """A stop so many days from now."""
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    soon = noon + timezone.timedelta(days=days)
    return Stop.objects.create(
        location=bus,
        place=f"{THING} plein",
        starts_at=soon,
        ends_at=soon + timezone.timedelta(hours=2),
        **fields,
    )


def around(world, page):
    """What hangs on the other place outside the lending service, and what hangs on none."""
    other, days = world.other, {"first_day": "2099-01-05", "last_day": "2099-01-09"}
    partner = Partner.objects.create(name=f"{THING} partner", phone=PHONE)
    partner.partnerships.add(world.partnership)
    bus = staff.place("BUS", f"{THING} bus", kind="bus", partnership=world.partnership)
    brochure = brochures.brochure(page.get_parent().get_parent(), world.partnership)
    world.rows |= {
        "stop": stop(bus, 9),
        "cancelled_stop": stop(bus, 16, cancelled_reason=f"{THING} pech"),
        "partner": partner,
        "closeddays": ClosedDays.objects.create(location=other, reason=f"{THING} dicht", **days),
        "adjusteddays": AdjustedDays.objects.create(
            location=other, reason=f"{THING} anders", **days
        ),
        "closed_today": closure_today.close_today(other, reason=f"{THING} vandaag"),
        "workshoprun": locations.run(
            page, other, timezone.localdate() + timezone.timedelta(days=25)
        ),
        "coming": locations.run(page, other, timezone.localdate() + timezone.timedelta(days=30)),
        "cancelled_run": locations.run(
            page,
            other,
            timezone.localdate() + timezone.timedelta(days=20),
            status="cancelled",
            cancelled_reason=f"{THING} uitgevallen",
        ),
        "visit": helpdesk.visit(other, now=None, topics=[helpdesk.topic()]),
        "helprequest": helpdesk.help_request(
            other, now=None, name=f"{PERSON} vrager", question=f"{PERSON} vraag", phone=PHONE
        ),
        "brochurepage": brochure,
        "brochureedition": brochures.edition(brochure),
        "helpchannel": HelpChannel.objects.create(kind="phone", title="Bel", value="02 000 00 00"),
        "footerlink": FooterLink.objects.create(title="Privacy", column="about", address="/x/"),
        "sponsorlogo": SponsorLogo.objects.create(name="Demo", logo=home.image(), alt="Demo"),
        "newsletter": forms.newsletter(),
        "subscriber": forms.readers(1)[0],
        "formpage": forms.form_page(page.get_parent().get_parent()),
    }
    forms.sent(world.formpage, verhaal="Meer licht.")
    world.rows["messagetext"] = MessageText.objects.create(
        kind="loan_started", language="fr", subject="Bonjour", body="Merci"
    )
    taking_part(world, page)
    about = {
        "kind": "loan_started",
        "context": {"device": THING},
        "location_code": other.code,
        "recipient_name": f"{PERSON} bericht",
    }
    about |= {"subject": f"{PERSON} onderwerp", "text": f"{PERSON} tekst", "phone": PHONE}
    now = timezone.now()
    world.rows["call"] = Message.objects.create(
        key="call", channel="phone", due_at=now, next_attempt_at=now, **about
    )
    world.rows["letter"] = Message.objects.create(
        key="letter", channel="letter", due_at=now, next_attempt_at=now, **about
    )
    world.rows["message"] = Message.objects.create(
        key="mail",
        channel="mail",
        address="persoonkanarie@x.be",
        due_at=now,
        state="failed",
        last_error="x",
        **about,
    )


def taking_part(world, page):
    """Somebody with a place, somebody who waits, and a lesson of today where somebody was."""
    who = {"name": f"{PERSON} deelnemer", "phone": PHONE}
    run = world.workshoprun
    WorkshopRun.objects.filter(pk=run.pk).update(capacity=1)
    world.rows["registration"] = create(run, **who)
    create(run, **who | {"name": f"{PERSON} wachter"})
    today = locations.run(
        page, world.other, timezone.localdate(), room=f"{THING} lokaal", teacher=f"{THING} les"
    )
    world.rows["lesson"] = today.sessions.get()
    world.rows["pupil"] = Registration.objects.create(
        run=today, name=f"{PERSON} leerling", phone=PHONE, state="registered", seat=1
    )
    attendance.record_attendance(world.lesson, world.pupil, True)
    world.rows["topic"] = Topic.objects.first()
    world.rows["audience"] = Audience.objects.create(name="Ouders", slug="ouders")
