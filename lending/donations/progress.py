"""Progress of a donation, as the steps that its donor sees."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lending.devices.models import StorageMedium
from lending.donations.models import Donation, DonationLine

ATTEST_LINK = timedelta(days=30)

State, Line = Donation.State, DonationLine.State


@dataclass(frozen=True)
class Step:
    """A step on the status page."""

    title: str
    is_done: bool
    at: datetime | None = None
    text: str = ""
    is_now: bool = False

    @property
    def css_class(self):
        """Return the class name of the step."""
        return "is-done" if self.is_done else "is-now" if self.is_now else "is-next"

    @property
    def sign(self):
        """Return the name of the sign beside the step."""
        return "now" if self.is_done else "later" if self.is_now else "not"


@dataclass(frozen=True)
class DonationProgress:
    """A donation with its lines counted by decision, and its media by whether they are erased."""

    donation: Donation
    offered: int
    accepted: int
    refused: int
    media: int
    clean: int
    clean_at: datetime | None
    attest: object = None

    @property
    def total(self):
        return self.offered + self.accepted + self.refused

    @property
    def is_decided(self):
        return not self.offered

    @property
    def is_erased(self):
        return self.is_decided and 0 < self.media == self.clean

    @property
    def attest_until(self):
        """Return the last moment at which the link to the attest works, or None."""
        return self.attest.issued_at + ATTEST_LINK if self.attest else None

    def attest_is_open(self, now):
        """Return whether the attest can be downloaded."""
        return self.attest is not None and now <= self.attest_until

    @property
    def headline(self):
        """Return the title of the page."""
        if self.donation.state == State.REGISTERED:
            return _("Your donation is registered")
        if self.donation.state == State.IN_PROGRESS:
            return _("We are looking at your devices")
        if self.donation.state == State.REFUSED:
            return _("We could not use your devices")
        if self.attest:
            return _("Your attest is ready")
        if self.is_erased:
            return _("Everything is erased")
        return _("We have your devices")

    def steps(self):
        """Return the steps; the first one that is not done is the present one."""
        donation = self.donation
        steps = [Step(_("Registered"), True, donation.registered_at)]
        if donation.state == State.REFUSED:
            return [*steps, Step(_("Looked at: not accepted"), True, None, self.counts_text())]
        received = Step(
            _("Brought in and looked at"),
            self.is_decided,
            donation.received_at,
            self.counts_text() if self.accepted or self.refused else "",
        )
        steps += [received]
        if self.media or not self.is_decided or donation.wants_attest:
            steps.append(
                Step(
                    _("All data erased"), self.is_erased, self.clean_at if self.is_erased else None
                )
            )
        if donation.wants_attest:
            issued = self.attest.issued_at if self.attest else None
            steps.append(Step(_("Attest ready"), bool(issued), issued))
        present = next((step for step in steps if not step.is_done), None)
        return [replace(step, is_now=step is present) for step in steps]

    def counts_text(self):
        """Return how many devices are accepted, refused and undecided."""
        parts = [
            _("%(count)d accepted") % {"count": self.accepted} if self.accepted else "",
            _("%(count)d not accepted") % {"count": self.refused} if self.refused else "",
            pgettext("devices", "%(count)d still to look at") % {"count": self.offered}
            if self.offered
            else "",
        ]
        return ", ".join(part for part in parts if part)


def progress_of(donation):
    """Return the progress of a donation, in two queries if its attest was fetched with it."""
    lines = donation.lines.aggregate(
        **{state.value: Count("pk", filter=Q(state=state)) for state in Line}
    )
    passed = Max("erasures__finished_at", filter=Q(erasures__result="passed"))
    media = (
        StorageMedium.objects.filter(device__donation_line__donation=donation, unused_reason="")
        .annotate(last=Coalesce(passed, "destroyed_at"))
        .aggregate(media=Count("pk"), clean=Count("last"), clean_at=Max("last"))
    )
    return DonationProgress(donation, **lines, **media, attest=getattr(donation, "attest", None))
