"""Attests: what was erased, said once, for good."""

import secrets

from django.db import transaction
from django.utils import timezone

from home.core.models import NumberSeries
from home.messages.operations.queue import Recipient, queue_message
from lending.core.addresses import absolute_url
from lending.devices.models import Device, StorageMedium
from lending.donations.errors import AttestNotReady
from lending.donations.models import Attest, Donation, DonationLine

# Without 0, O, 1, I and L, so that it can be read aloud and typed.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_code():
    """12 characters in groups of 4: 59 bits."""
    letters = "".join(secrets.choice(CODE_ALPHABET) for _ in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def collect_media(donation):
    """What the attest says, or None while a medium is neither erased nor destroyed."""
    devices = Device.objects.filter(donation_line__donation=donation).with_model()
    media = (
        StorageMedium.objects.filter(device__in=devices)
        .exclude(unused_reason__gt="")
        .select_related("device__model__type")
        .prefetch_related("erasures__operator")
        .order_by("device__number", "pk")
    )
    rows = []
    for medium in media:
        passed = next((erasure for erasure in medium.erasures.all() if erasure.passed), None)
        if not passed and not medium.destroyed_at:
            return None
        rows.append(medium_record(medium, passed))
    if not rows:
        return None
    return {"donation": donation.number, "media": rows, "devices": len(devices)}


def medium_record(medium, erasure):
    device = medium.device
    facts = {
        "device": str(device.model),
        "inventory": device.number,
        "device_serial": device.serial,
        "medium": medium.get_kind_display(),
        "kind": medium.kind,
        "serial": medium.serial,
        "size_gb": medium.size_gb,
    }
    if erasure is None:
        return facts | {
            "result": "destroyed",
            "level": "destroy",
            "destroyed_by": medium.destroyed_by,
            "date": timezone.localtime(medium.destroyed_at).date().isoformat(),
        }
    return facts | {
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
    """Issue the attest of a donation; a second call answers with the first attest."""
    donation = (
        Donation.objects.select_for_update(of=("self",))
        .select_related("donor", "collection_point")
        .get(pk=donation.pk)
    )
    if before := Attest.objects.filter(donation=donation).first():
        return before
    undecided = donation.lines.filter(state=DonationLine.State.OFFERED).exists()
    said = None if undecided else collect_media(donation)
    if said is None:
        raise AttestNotReady(donation)
    year = timezone.localdate().year
    attest = Attest.objects.create(
        number=f"W-{year}-{NumberSeries.take(f'W-{year}'):04d}",
        code=new_code(),
        donation=donation,
        data=said | {"donor": donation.donor.display_name},
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
            "url": absolute_url("follow", donation.secret),
        },
        key=f"attest_ready:{attest.pk}",
        about=f"donation:{donation.pk}",
        place=donation.collection_point.code,
    )
    return attest


def issue_attest_of_device(device, *, user=None):
    """After a medium is erased or destroyed: the attest of its donation, if that was the last."""
    line = device.donation_line
    return issue_attest_if_ready(line.donation, user=user) if line else None


def issue_attest_if_ready(donation, *, user=None):
    """The attest, if the donor asked for one and there is nothing left to erase or to decide."""
    if not donation.wants_attest:
        return None
    try:
        return issue_attest(donation, user=user)
    except AttestNotReady:
        return None
