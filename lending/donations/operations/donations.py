"""Donations: registered by the donor, then accepted or refused, device by device."""

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from home.core.models import NumberSeries
from home.messages.operations.queue import Recipient, queue_message
from lending.core.addresses import follow_url
from lending.core.bulk import Rows
from lending.core.errors import AlreadyDecided, DeclarationsMissing, NothingOffered
from lending.devices.models import Device, DeviceEvent, StorageMedium
from lending.devices.operations.devices import enter, log
from lending.devices.operations.media import refuse_serial_in_use
from lending.donations.models import Donation, DonationLine, Donor
from lending.donations.operations import attests

REQUIRED = ("is_owner", "gives_up_ownership", "privacy_read")


def expanded(lines):
    """One row per device: a line that says "3 laptops" becomes three."""
    position = 0
    for line in lines:
        facts = {name: value for name, value in line.items() if name != "quantity"}
        for _copy in range(line.get("quantity") or 1):
            position += 1
            yield facts | {"position": position}


def register(*, donor, lines, collection_point, declarations, message="", request_key=None):
    """Register an offer of devices and say so to the donor; nothing is stock yet.

    `donor` holds the fields of a Donor, each of `lines` those of a DonationLine plus `quantity`.
    `request_key` (UUID) makes a form that is sent twice one donation, also at the same moment.
    Ten thousand lines are one transaction, that holds the write lock for a tenth of a second.
    """
    if not all(declarations.get(name) for name in REQUIRED):
        raise DeclarationsMissing
    rows = Rows(DonationLine, expanded(lines))
    if not rows:
        raise NothingOffered
    before = (
        Donation.objects.filter(request_key=request_key) if request_key else Donation.objects.none()
    )
    try:
        with transaction.atomic():
            return before.first() or _registered(
                donor=Donor.objects.create(**donor),
                rows=rows,
                collection_point=collection_point,
                message=message,
                request_key=request_key,
                **declarations,
            )
    except IntegrityError:
        if donation := before.first():
            return donation
        raise


def _registered(*, rows, **facts):
    year = timezone.localdate().year
    donation = Donation.objects.create(
        number=f"S-{year}-{NumberSeries.take(f'S-{year}'):04d}", **facts
    )
    rows.insert(donation=donation)
    tell(donation, "donation_registered", count=len(rows))
    return donation


def tell(donation, kind, **context):
    """Say something about a donation to its donor, once."""
    donor, point = donation.donor, donation.collection_point
    queue_message(
        kind,
        to=Recipient(donor.name, donor.email, donor.phone),
        context={
            "number": donation.number,
            "url": follow_url(donation),
            "place": f"{point.name}, {point.address}",
            **context,
        },
        key=f"{kind}:{donation.pk}",
        about=f"donation:{donation.pk}",
        place=point.code,
    )


def locked_donation(pk):
    """The donation as it is now, kept for this transaction."""
    return (
        Donation.objects.select_for_update(of=("self",))
        .select_related("donor", "collection_point")
        .get(pk=pk)
    )


def locked(line):
    """The line and its donation as they are now, kept for this transaction."""
    donation = locked_donation(line.donation_id)
    line = donation.lines.select_related("type").get(pk=line.pk)
    line.donation = donation
    if line.state != DonationLine.State.OFFERED:
        raise AlreadyDecided(line)
    return line


def decide(line, state, *, reason="", user=None):
    line.state, line.reason = state, reason
    line.decided_at, line.decided_by = timezone.now(), user
    line.save(update_fields=["state", "reason", "decided_at", "decided_by"])


@transaction.atomic
def accept(line, *, model, serial="", media=(), accessories="", user=None):
    """Take the offered device in: inventory number, storage media, state `received`.

    `media` is a list of {kind, serial, size_gb}, one for every disk or memory in it.
    """
    line = locked(line)
    decide(line, DonationLine.State.ACCEPTED, user=user)
    device = enter(
        model,
        location=line.donation.collection_point,
        source=Device.Source.DONATION,
        serial=serial or line.serial,
        accessories=accessories,
        donation_line=line,
        at=line.decided_at,
    )
    for medium in media:
        refuse_serial_in_use(medium["serial"])
        StorageMedium.objects.create(device=device, fitted_at=line.decided_at, **medium)
    log(device, DeviceEvent.Kind.RECEIVED, user=user, donation=line.donation_id)
    follow(line.donation, user=user)
    return device


@transaction.atomic
def refuse(line, *, reason, user=None):
    """Do not take the offered device; it goes back with the donor, with the reason."""
    line = locked(line)
    decide(line, DonationLine.State.REFUSED, reason=reason, user=user)
    follow(line.donation, user=user)
    return line


@transaction.atomic
def close_reception(donation, *, user=None):
    """What is still open did not come along: it is refused, with that as the reason."""
    donation = locked_donation(donation.pk)
    missing = donation.lines.filter(state=DonationLine.State.OFFERED).update(
        state=DonationLine.State.REFUSED,
        reason=_("It was not brought along."),
        decided_at=timezone.now(),
        decided_by=user,
    )
    if missing:
        follow(donation, user=user)
    return donation


def follow(donation, *, user=None):
    """The donation's state after a decision; after the last one its donor hears the outcome.

    If everything that was accepted is erased by then, the attest is issued as well.
    """
    counts = dict(
        donation.lines.order_by().values_list("state").annotate(count=Count("pk")),
    )
    accepted = counts.get(DonationLine.State.ACCEPTED, 0)
    decided = not counts.get(DonationLine.State.OFFERED)
    if not decided:
        donation.state = Donation.State.IN_PROGRESS
    else:
        donation.state = Donation.State.RECEIVED if accepted else Donation.State.REFUSED
        refused = donation.lines.filter(state=DonationLine.State.REFUSED).select_related("type")
        tell(
            donation,
            "donation_decided",
            accepted=accepted,
            refused=[{"device": line.what, "reason": line.reason} for line in refused],
        )
    if accepted and not donation.received_at:
        donation.received_at = timezone.now()
    donation.save(update_fields=["state", "received_at"])
    if decided and accepted:
        attests.issue_if_ready(donation, user=user)
