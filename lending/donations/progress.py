"""How far a donation is, in steps that its donor understands."""

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
    title: str
    is_done: bool
    at: datetime | None = None
    text: str = ""
    is_now: bool = False

    @property
    def look(self):
        """The class of the step, and the sign that goes with it."""
        return "is-done" if self.is_done else "is-now" if self.is_now else "is-next"

    @property
    def sign(self):
        return "now" if self.is_done else "later" if self.is_now else "not"


@dataclass(frozen=True)
class Progress:
    """Counted when asked: lines by decision, and media by whether they are erased."""

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
        """The last moment at which the link to the attest works."""
        return self.attest.issued_at + ATTEST_LINK if self.attest else None

    def attest_is_open(self, now):
        return self.attest is not None and now <= self.attest_until

    @property
    def headline(self):
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
        """The first step that is not done is where we are."""
        donation = self.donation
        steps = [Step(_("Registered"), True, donation.registered_at)]
        if donation.state == State.REFUSED:
            return [*steps, Step(_("Looked at: not accepted"), True, None, self.counted())]
        received = Step(
            _("Brought in and looked at"),
            self.is_decided,
            donation.received_at,
            self.counted() if self.accepted or self.refused else "",
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
        here = next((step for step in steps if not step.is_done), None)
        return [replace(step, is_now=step is here) for step in steps]

    def counted(self):
        words = [
            _("%(count)d accepted") % {"count": self.accepted} if self.accepted else "",
            _("%(count)d not accepted") % {"count": self.refused} if self.refused else "",
            pgettext("devices", "%(count)d still to look at") % {"count": self.offered}
            if self.offered
            else "",
        ]
        return ", ".join(word for word in words if word)


def progress_of(donation):
    """Two queries, however many devices there are. The attest comes with the donation."""
    lines = donation.lines.aggregate(
        **{state.value: Count("pk", filter=Q(state=state)) for state in Line}
    )
    passed = Max("erasures__finished_at", filter=Q(erasures__result="passed"))
    media = (
        StorageMedium.objects.filter(device__donation_line__donation=donation, unused_reason="")
        .annotate(last=Coalesce(passed, "destroyed_at"))
        .aggregate(media=Count("pk"), clean=Count("last"), clean_at=Max("last"))
    )
    return Progress(donation, **lines, **media, attest=getattr(donation, "attest", None))
