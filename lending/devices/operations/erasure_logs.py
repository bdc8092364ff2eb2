"""From uploaded nwipe logs to recorded erasures, with a look in between."""

import hashlib
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lending.core.errors import LendingError
from lending.devices.imports import nwipe
from lending.devices.models import Device, Erasure, ErasureLog, StorageMedium
from lending.devices.operations import erasures

MAX_SIZE = 2_000_000  # bytes

# What the preview says about a disk, and the tone of its badge.
OUTCOMES = {
    "failed": (gettext_lazy("Failed"), "bad"),
    "unknown": (gettext_lazy("Not matched"), "wait"),
    "matched": (gettext_lazy("Matched"), "good"),
    "done": (gettext_lazy("Already recorded"), "gone"),
    "refused": (gettext_lazy("Refused"), "bad"),
}


@dataclass
class Line:
    """One disk of one log, and what will happen to it."""

    disk: nwipe.Disk
    outcome: str
    reason: str
    medium: StorageMedium | None = None

    @property
    def label(self):
        return OUTCOMES[self.outcome][0]

    @property
    def tone(self):
        return OUTCOMES[self.outcome][1]

    @property
    def counts(self):
        return self.outcome in {"matched", "failed"} and self.medium is not None


def store(files, *, user):
    """Keep each file's outcome under one batch; a file that is no use is kept with its reason."""
    batch = uuid.uuid4()
    for upload in files:
        content = upload.read(MAX_SIZE + 1)
        digest = hashlib.sha256(content).hexdigest()
        log = ErasureLog(batch=batch, name=upload.name[:120], digest=digest, uploaded_by=user)
        try:
            if len(content) > MAX_SIZE:
                raise nwipe.NotALog(_("The file is too large for a log."))
            if ErasureLog.objects.filter(digest=digest, confirmed_at__isnull=False).exists():
                raise nwipe.NotALog(_("This log was recorded before."))
            log.disks = [disk.as_dict() for disk in nwipe.read(content)]
        except nwipe.NotALog as refusal:
            log.problem = str(refusal)
        log.save()
    return batch


def plan(logs, *, user):
    """[(log, [Line, ...]), ...] with three queries, however many logs there are."""
    disks = {log.pk: [nwipe.Disk(**disk) for disk in log.disks] for log in logs}
    serials = {disk.serial for found in disks.values() for disk in found}
    visible = Device.objects.visible_to(user)
    media = {
        medium.serial: medium
        for medium in StorageMedium.objects.fitted()
        .filter(serial__in=serials, device__in=visible.values("pk"))
        .select_related("device")
        .prefetch_related("erasures")
    }
    return [(log, [line(disk, media.get(disk.serial)) for disk in disks[log.pk]]) for log in logs]


def line(disk, medium):
    """What confirming does with this disk, and why."""
    if medium is None:
        return Line(disk, "unknown", _("No device has a disk with this serial number."))
    finished = disk.finished
    if any(erasure.finished_at == finished for erasure in medium.erasures.all()):
        return Line(disk, "done", _("This erasure is on the device already."), medium)
    if reason := refusal(disk, medium.device, finished):
        return Line(disk, "refused", reason, medium)
    if not disk.passed:
        reason = _("The disk could not be erased. The device goes to “Erasure failed”.")
        return Line(disk, "failed", reason, medium)
    return Line(disk, "matched", _("Erased and verified: level Clear."), medium)


def refusal(disk, device, finished):
    """Why this disk can not count, in a sentence, or an empty text."""
    if disk.only_looked:
        return _("nwipe only read this disk, it erased nothing.")
    if disk.passed and not disk.verified:
        return _("nwipe did not verify this erasure. Erase again, with verification.")
    if finished > timezone.now():
        return _("The log is dated in the future. Check the clock.")
    if finished < device.last_outside_at:
        return _("This erasure ended before the device came in. Erase it again.")
    if device.state not in erasures.ERASABLE_STATES:
        return _("The device is not waiting to be erased. Send it to erasure first.")
    return ""


@transaction.atomic
def confirm(logs, *, user):
    """Record what the preview promised, worked out again; returns the number of erasures."""
    recorded = 0
    waiting = ErasureLog.objects.select_for_update().filter(
        pk__in=[log.pk for log in logs], confirmed_at=None
    )
    lines = [
        (log, item)
        for log, found in plan(list(waiting), user=user)
        for item in found
        if item.counts
    ]
    # As it happened, so that the last attempt on a disk decides; then what failed, as then the
    # device is not sent on and back again.
    lines.sort(key=lambda pair: (pair[1].disk.finished, not pair[1].disk.passed))
    for log, item in lines:
        disk = item.disk
        try:
            with transaction.atomic():
                erasures.record_erasure(
                    item.medium,
                    result=disk.result,
                    level=Erasure.Level.CLEAR,
                    method=disk.kind_of_method,
                    method_detail=disk.method[:80],
                    tool=disk.tool[:60],
                    verification=disk.verification[:80],
                    started_at=disk.started,
                    finished_at=disk.finished,
                    log_file=log,
                    user=user,
                )
        except LendingError:
            continue  # Since the plan somebody else recorded it, or moved the device on.
        recorded += 1
    ErasureLog.objects.filter(pk__in=[log.pk for log in logs], problem="").update(
        confirmed_at=timezone.now()
    )
    return recorded
