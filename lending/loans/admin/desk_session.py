"""The state of the desk: which device and borrower were scanned, and what can be done with them."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lending.core import barcodes
from lending.core.errors import LendingError
from lending.core.states import State
from lending.devices.models import Device
from lending.loans.due_dates import due_date
from lending.loans.handover import HANDOVER_POINTS
from lending.loans.models import Borrower, LoanPolicy
from lending.loans.operations import loans
from locations.opening_hours.loading import load_calendars

MAX_NAMES = 8
MIN_NAME_LENGTH = 2


class DeskSession:
    """The device and the borrower at the desk, as far as the user may see them."""

    def __init__(self, user):
        self.user = user
        self.tone = self.sentence = ""
        self.clear()

    def clear(self):
        self.device = self.borrower = self.donation = self.refusal = None
        self.candidates = []

    def load(self, data):
        """Read the query string: `device` and `borrower` of before, and `code` scanned just now."""
        typed = data.get("code", "").replace("\x00", "").strip()
        code = barcodes.normalise_code(typed)
        if code == barcodes.START_AGAIN:
            return
        for earlier in (data.get("device"), data.get("borrower")):
            if earlier and (row := barcodes.find_by_code(earlier, user=self.user)):
                self.add(row)
        if code == barcodes.CONFIRM:
            self.set_message("bad", self.nothing_to_confirm())
        elif typed:
            self.scan(typed, code)

    def scan(self, typed, code):
        if row := barcodes.find_by_code(code, user=self.user):
            self.add(row, scanned=True)
            return
        self.candidates = self.find_by_name(typed)
        if self.candidates:
            self.set_message("info", _("Who is it? Choose a name, or scan the card."))
        else:
            self.set_message("bad", self.unknown_code(typed))

    def find_by_name(self, typed):
        """Return borrowers whose name contains what was typed, for people without their card."""
        if len(typed) < MIN_NAME_LENGTH or any(letter.isdigit() for letter in typed):
            return []
        borrowers = Borrower.objects.visible_to(self.user).select_related("location")
        return list(borrowers.filter(name__icontains=typed[:80]).order_by("name")[:MAX_NAMES])

    def unknown_code(self, typed):
        return _("We do not know the code “%(code)s”. Scan again, or type the number.") % {
            "code": typed[:40]
        }

    def nothing_to_confirm(self):
        if self.is_handover:
            return _("The OK card does not tick the list here. Go through the list.")
        return _("There is nothing to confirm. Scan a device or a card first.")

    def add(self, row, *, scanned=False):
        """Put a borrower, device or donation on the desk, next to or instead of what is there."""
        if isinstance(row, Borrower):
            # A second card belongs to the next person, unless a device waits for a borrower.
            if scanned and not self.can_lend:
                self.device = None
            self.borrower = row
        elif isinstance(row, Device):
            self.device = row
            if scanned and not self.can_lend:
                self.borrower = None
        else:
            self.clear()
            self.donation = row
            return
        self.refusal = self.borrower and loans.find_refusal(self.borrower, self.device)
        if self.refusal:
            self.device = None
            self.set_message("bad", str(self.refusal))
        elif scanned:
            self.set_message("info", self.describe())

    def set_message(self, tone, sentence):
        self.tone, self.sentence = tone, sentence

    def describe(self):
        if self.device and self.borrower:
            return _("%(device)s for %(borrower)s. Go through the list.") % {
                "device": self.device.number,
                "borrower": self.borrower.name,
            }
        if self.device:
            state = self.device.get_state_display()
            return f"{self.device.number}, {self.device.model}: {state}."
        count = len(self.open_loans)
        return ngettext(
            "%(name)s has %(count)d device.", "%(name)s has %(count)d devices.", count
        ) % {"name": self.borrower.name, "count": count}

    @property
    def can_lend(self):
        return bool(self.device) and self.device.state in (State.AVAILABLE, State.SET_ASIDE)

    @property
    def is_handover(self):
        return bool(self.borrower) and self.can_lend

    @property
    def may_add_borrower(self):
        return self.borrower is None and (self.device is None or self.can_lend)

    @cached_property
    def open_loans(self):
        """Loans of the borrower that the user may see."""
        loans_of_borrower = self.borrower.loans.open().visible_to(self.user)
        return list(loans_of_borrower.select_related("device__model").order_by("due_on"))

    @cached_property
    def reservation(self):
        """Open reservation of the device, or None."""
        if not self.device or self.device.state != State.SET_ASIDE:
            return None
        return self.device.reservations.open().select_related("borrower").first()

    @cached_property
    def policy_options(self):
        """[(policy, due date), ...] of the location; empty with a message if there is a problem."""
        policies = list(
            LoanPolicy.objects.active().filter(location=self.device.location_id).order_by("pk")
        )
        if not policies:
            return []
        location = self.device.location
        calendar = load_calendars([location])[location.pk]
        for policy in policies:
            policy.location = location
        try:
            return [
                (policy, due_date(policy, timezone.localdate(), calendar=calendar))
                for policy in policies
            ]
        except LendingError as error:
            self.set_message("bad", str(error))
            return []

    def context(self):
        is_handover = self.is_handover
        options = self.policy_options if is_handover else []
        if is_handover and not options and self.tone != "bad":
            self.set_message(
                "bad", _("This place has no loan policy. Ask a coordinator to make one.")
            )
        return {
            "device": self.device,
            "borrower": self.borrower,
            "people": self.candidates,
            "can_lend": self.can_lend,
            "refused": self.refusal,
            "kept_for": None if is_handover else self.reservation,
            "handing_over": is_handover,
            "handover": HANDOVER_POINTS.items() if is_handover else (),
            "terms": options,
            "may_confirm_by_card": bool(options)
            and all(policy.ok_card for policy, _due in options),
            "loans": self.open_loans if self.borrower and not self.device else [],
        }
