"""Operations on donations: register, accept or refuse each device, close the reception."""

from dataclasses import replace

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from home.core.constraints import violates
from home.core.models import NumberSeries
from home.messages.operations.queue import Recipient, queue_message
from lending.core.addresses import lending_url
from lending.core.bulk_insert import PreparedRows
from lending.devices.models import DeviceEvent
from lending.devices.operations.devices import create_device, log_event
from lending.donations.errors import AlreadyDecided, MissingDeclarations, NoDevicesOffered
from lending.donations.models import Donation, DonationLine, Donor
from lending.donations.operations import attests

REQUIRED_DECLARATIONS = ("is_owner", "gives_up_ownership", "privacy_read")


def expand_lines(lines):
    """Yield the fields of a line per device: a line with quantity 3 becomes three lines."""
    position = 0
    for line in lines:
        fields = {name: value for name, value in line.items() if name != "quantity"}
        for _copy in range(line.get("quantity") or 1):
            position += 1
            yield fields | {"position": position}


def register_donation(
    *, donor, lines, collection_point, declarations, message="", request_key=None
):
    """Register an offer of devices, send the donor a message and return the donation.

    `donor` holds the fields of a Donor, each of `lines` those of a DonationLine plus `quantity`. A
    second call with the same `request_key` (UUID) returns the same donation, also at the same time.
    """
    if not all(declarations.get(name) for name in REQUIRED_DECLARATIONS):
        raise MissingDeclarations
    rows = PreparedRows(DonationLine, expand_lines(lines))
    if not rows:
        raise NoDevicesOffered
    duplicates = (
        Donation.objects.filter(request_key=request_key) if request_key else Donation.objects.none()
    )
    try:
        with transaction.atomic():
            return duplicates.first() or create_donation(
                donor=Donor.objects.create(**donor),
                rows=rows,
                collection_point=collection_point,
                message=message,
                request_key=request_key,
                **declarations,
            )
    except IntegrityError as error:
        if violates(error, "one_donation_per_request_key"):
            return duplicates.get()
        raise


def create_donation(*, rows, **fields):
    """Create a donation with the next number and its lines, and notify the donor."""
    year = timezone.localdate().year
    donation = Donation.objects.create(
        number=f"S-{year}-{NumberSeries.take(f'S-{year}'):04d}", **fields
    )
    rows.insert(donation=donation)
    notify_donor(donation, "donation_registered", count=len(rows))
    return donation


def notify_donor(donation, kind, **context):
    """Queue a message of a type about a donation, at most once."""
    donor, point = donation.donor, donation.collection_point
    queue_message(
        kind,
        to=Recipient(donor.name, donor.email, donor.phone),
        context={
            "number": donation.number,
            "url": lending_url("follow", donation.secret),
            "place": f"{point.name}, {point.address}",
            **context,
        },
        key=f"{kind}:{donation.pk}",
        about=f"donation:{donation.pk}",
        location_code=point.code,
    )


def lock_donation(pk):
    """Return the donation as it is now, locked for this transaction."""
    return (
        Donation.objects.select_for_update(of=("self",))
        .select_related("donor", "collection_point")
        .get(pk=pk)
    )


def lock_line(line):
    """Return the undecided line as it is now, with its donation locked, or raise AlreadyDecided."""
    donation = lock_donation(line.donation_id)
    line = donation.lines.select_related("type").get(pk=line.pk)
    line.donation = donation
    if line.state != DonationLine.State.OFFERED:
        raise AlreadyDecided(line)
    return line


def record_decision(line, state, *, reason="", user=None):
    """Save the decision on a locked line."""
    line.state, line.reason = state, reason
    line.decided_at, line.decided_by = timezone.now(), user
    line.save(update_fields=["state", "reason", "decided_at", "decided_by"])


@transaction.atomic
def accept_line(line, details, *, user=None):
    """Create the device of an offered line from its DeviceDetails, and return it.

    Without a serial number in the details, the device has that of the line.
    """
    line = lock_line(line)
    record_decision(line, DonationLine.State.ACCEPTED, user=user)
    device = create_device(
        replace(details, serial=details.serial or line.serial),
        location=line.donation.collection_point,
        donation_line=line,
    )
    log_event(device, DeviceEvent.Kind.RECEIVED, user=user, donation=line.donation_id)
    update_state(line.donation, user=user)
    return device


@transaction.atomic
def refuse_line(line, *, reason, user=None):
    """Refuse an offered device, which returns to the donor with the reason."""
    line = lock_line(line)
    record_decision(line, DonationLine.State.REFUSED, reason=reason, user=user)
    update_state(line.donation, user=user)
    return line


@transaction.atomic
def close_reception(donation, *, user=None):
    """Refuse the undecided devices because they were not brought along."""
    donation = lock_donation(donation.pk)
    refused_count = donation.lines.filter(state=DonationLine.State.OFFERED).update(
        state=DonationLine.State.REFUSED,
        reason=_("It was not brought along."),
        decided_at=timezone.now(),
        decided_by=user,
    )
    if refused_count:
        update_state(donation, user=user)
    return donation


def update_state(donation, *, user=None):
    """Set the state of a donation after a decision.

    After the last decision, notify the donor, and issue the attest if all media are erased.
    """
    counts = dict(
        donation.lines.order_by().values_list("state").annotate(count=Count("pk")),
    )
    accepted = counts.get(DonationLine.State.ACCEPTED, 0)
    is_decided = not counts.get(DonationLine.State.OFFERED)
    if not is_decided:
        donation.state = Donation.State.IN_PROGRESS
    else:
        donation.state = Donation.State.RECEIVED if accepted else Donation.State.REFUSED
        refused = donation.lines.filter(state=DonationLine.State.REFUSED).select_related("type")
        notify_donor(
            donation,
            "donation_decided",
            accepted=accepted,
            refused=[{"device": line.description, "reason": line.reason} for line in refused],
        )
    if accepted and not donation.received_at:
        donation.received_at = timezone.now()
    donation.save(update_fields=["state", "received_at"])
    if is_decided and accepted:
        attests.issue_attest_if_ready(donation, user=user)
