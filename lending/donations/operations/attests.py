"""Operations that issue attests."""

import secrets

from django.db import transaction
from django.utils import timezone

from home.core.models import NumberSeries
from home.messages.operations.queue import Recipient, queue_message
from lending.core.addresses import lending_url
from lending.devices.models import Device, StorageMedium
from lending.donations.errors import AttestNotReady
from lending.donations.models import Attest, Donation, DonationLine

# Without 0, O, 1, I and L, which are easily confused.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_code():
    """Return 12 random characters (59 bits) in groups of 4."""
    letters = "".join(secrets.choice(CODE_ALPHABET) for _ in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def collect_media(donation):
    """Return the data of an attest, or None while a medium is neither erased nor destroyed."""
    devices = Device.objects.filter(donation_line__donation=donation).with_model()
    media = (
        StorageMedium.objects.filter(device__in=devices)
        .exclude(unused_reason__gt="")
        .select_related("device__model__type")
        .prefetch_related("erasures__operator")
        .order_by("device__number", "pk")
    )
    records = []
    for medium in media:
        erasure = next((item for item in medium.erasures.all() if item.passed), None)
        if not erasure and not medium.destroyed_at:
            return None
        records.append(medium_record(medium, erasure))
    if not records:
        return None
    return {"donation": donation.number, "media": records, "devices": len(devices)}


def medium_record(medium, erasure):
    """Return how a medium was sanitized; `erasure` is None if it was destroyed."""
    device = medium.device
    record = {
        "device": str(device.model),
        "inventory": device.number,
        "device_serial": device.serial,
        "medium": medium.get_kind_display(),
        "kind": medium.kind,
        "serial": medium.serial,
        "size_gb": medium.size_gb,
    }
    if erasure is None:
        return record | {
            "result": "destroyed",
            "level": "destroy",
            "destroyed_by": medium.destroyed_by,
            "date": timezone.localtime(medium.destroyed_at).date().isoformat(),
        }
    return record | {
        "result": "erased",
        "level": erasure.level,
        "method": erasure.method,
        "method_detail": erasure.method_detail,
        "tool": erasure.tool,
        "verification": erasure.verification,
        "operator": erasure.operator.get_full_name() if erasure.operator else "",
        "date": timezone.localtime(erasure.finished_at).date().isoformat(),
    }


@transaction.atomic
def issue_attest(donation, *, user=None):
    """Issue the attest of a donation, notify the donor and return it; at most one is issued.

    Raise AttestNotReady if something is undecided or not sanitized.
    """
    donation = (
        Donation.objects.select_for_update(of=("self",))
        .select_related("donor", "collection_point")
        .get(pk=donation.pk)
    )
    if attest := Attest.objects.filter(donation=donation).first():
        return attest
    undecided = donation.lines.filter(state=DonationLine.State.OFFERED).exists()
    data = None if undecided else collect_media(donation)
    if data is None:
        raise AttestNotReady(donation)
    year = timezone.localdate().year
    attest = Attest.objects.create(
        number=f"W-{year}-{NumberSeries.take(f'W-{year}'):04d}",
        code=new_code(),
        donation=donation,
        data=data | {"donor": donation.donor.display_name},
    )
    donation.state = Donation.State.PROCESSED
    donation.save(update_fields=["state"])
    donor = donation.donor
    queue_message(
        "attest_ready",
        to=Recipient(donor.name, donor.email, donor.phone),
        context={
            "number": attest.number,
            "donation": donation.number,
            "url": lending_url("follow", donation.secret),
        },
        key=f"attest_ready:{attest.pk}",
        about=f"donation:{donation.pk}",
        location_code=donation.collection_point.code,
    )
    return attest


def issue_attest_of_device(device, *, user=None):
    """Issue the attest of the donation of a device, if it has one and is ready."""
    line = device.donation_line
    return issue_attest_if_ready(line.donation, user=user) if line else None


def issue_attest_if_ready(donation, *, user=None):
    """Issue the attest if the donor wants one and it is ready; return it or None."""
    if not donation.wants_attest:
        return None
    try:
        return issue_attest(donation, user=user)
    except AttestNotReady:
        return None
