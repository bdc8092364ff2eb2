"""Operations that import uploaded nwipe logs: store, preview, confirm."""

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
from lending.devices.operations.erasures import ERASABLE_STATES, ErasureRecord, record_erasure

MAX_SIZE = 2_000_000  # bytes

# Label of an outcome and the tone of its badge, in the order of the summary.
OUTCOMES = {
    "failed": (gettext_lazy("Failed"), "bad"),
    "unknown": (gettext_lazy("Not matched"), "wait"),
    "matched": (gettext_lazy("Matched"), "good"),
    "done": (gettext_lazy("Already recorded"), "gone"),
    "refused": (gettext_lazy("Refused"), "bad"),
}


@dataclass
class DiskPreview:
    """A disk in a log, and what confirming the log will do with it."""

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
    def will_be_recorded(self):
        return self.outcome in {"matched", "failed"} and self.medium is not None


def store_logs(files, *, user):
    """Store the disks of each uploaded file, or why it is refused; return the key of the batch."""
    batch = uuid.uuid4()
    for upload in files:
        content = upload.read(MAX_SIZE + 1)
        digest = hashlib.sha256(content).hexdigest()
        log = ErasureLog(batch=batch, name=upload.name[:120], digest=digest, uploaded_by=user)
        try:
            if len(content) > MAX_SIZE:
                raise nwipe.InvalidLog(_("The file is too large for a log."))
            if ErasureLog.objects.filter(digest=digest, confirmed_at__isnull=False).exists():
                raise nwipe.InvalidLog(_("This log has already been recorded."))
            log.disks = [disk.as_dict() for disk in nwipe.read_log(content)]
        except nwipe.InvalidLog as error:
            log.problem = str(error)
        log.save()
    return batch


def preview_logs(logs, *, user):
    """Return [(log, [DiskPreview, ...]), ...] in three queries."""
    disks = {log.pk: [nwipe.Disk(**fields) for fields in log.disks] for log in logs}
    serials = {disk.serial for disks_of_log in disks.values() for disk in disks_of_log}
    visible = Device.objects.visible_to(user)
    media = {
        medium.serial: medium
        for medium in StorageMedium.objects.fitted()
        .filter(serial__in=serials, device__in=visible.values("pk"))
        .select_related("device")
        .prefetch_related("erasures")
    }
    return [
        (log, [preview_disk(disk, media.get(disk.serial)) for disk in disks[log.pk]])
        for log in logs
    ]


def preview_disk(disk, medium):
    """Return what confirming does with a disk; `medium` is None if it is in no visible device."""
    if medium is None:
        return DiskPreview(disk, "unknown", _("No device has a disk with this serial number."))
    finished = disk.finished
    if any(erasure.finished_at == finished for erasure in medium.erasures.all()):
        return DiskPreview(disk, "done", _("This erasure is already on record."), medium)
    if reason := refusal_reason(disk, medium.device, finished):
        return DiskPreview(disk, "refused", reason, medium)
    if not disk.passed:
        reason = _("The disk could not be erased. The device goes to “Erasure failed”.")
        return DiskPreview(disk, "failed", reason, medium)
    return DiskPreview(disk, "matched", _("Erased and verified: level Clear."), medium)


def refusal_reason(disk, device, finished):
    """Return why a disk cannot count as erased, or an empty string."""
    if disk.read_only:
        return _("nwipe only read this disk, it erased nothing.")
    if disk.passed and not disk.verified:
        return _("nwipe did not verify this erasure. Erase again, with verification.")
    if finished > timezone.now():
        return _("The log is dated in the future. Check the clock.")
    if finished < device.last_outside_at:
        return _("This erasure ended before the device came in. Erase it again.")
    if device.state not in ERASABLE_STATES:
        return _("The device is not waiting to be erased. Send it to erasure first.")
    return ""


def erasure_record(disk, log):
    """Return the ErasureRecord of a disk in a log."""
    return ErasureRecord(
        result=disk.result,
        level=Erasure.Level.CLEAR,
        method=disk.erasure_method,
        method_detail=disk.method[:80],
        tool=disk.tool[:60],
        verification=disk.verification[:80],
        started_at=disk.started,
        finished_at=disk.finished,
        log=log,
    )


@transaction.atomic
def confirm_logs(logs, *, user):
    """Record the erasures in these logs, previewed again; return how many were recorded."""
    recorded = 0
    unconfirmed = ErasureLog.objects.select_for_update().filter(
        pk__in=[log.pk for log in logs], confirmed_at=None
    )
    previews = [
        (log, preview)
        for log, previews_of_log in preview_logs(list(unconfirmed), user=user)
        for preview in previews_of_log
        if preview.will_be_recorded
    ]
    # In order of time, so that the last attempt on a disk decides. Of the same moment failures
    # come last, so that a device is not sent to inspection and back.
    previews.sort(key=lambda pair: (pair[1].disk.finished, not pair[1].disk.passed))
    for log, preview in previews:
        try:
            with transaction.atomic():
                record_erasure(preview.medium, erasure_record(preview.disk, log), user=user)
        except LendingError:
            continue  # Someone else recorded it or moved the device after the preview.
        recorded += 1
    ErasureLog.objects.filter(pk__in=[log.pk for log in logs], problem="").update(
        confirmed_at=timezone.now()
    )
    return recorded
