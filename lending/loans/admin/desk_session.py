"""What lies on the table of the desk, as the address remembers it, and what can be done with it."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lending.core import barcodes
from lending.core.errors import LendingError
from lending.core.states import State
from lending.devices.models import Device
from lending.loans.due_dates import due_on
from lending.loans.models import Borrower, LoanPolicy
from lending.loans.operations import loans
from locations.opening_hours.loading import load_calendars

MOST_NAMES = 8
SHORTEST_NAME = 2


class Table:
    """The device and the person in front of the desk, seen with the eyes of one user."""

    def __init__(self, user):
        self.user = user
        self.tone = self.sentence = ""
        self.clear()

    def clear(self):
        self.device = self.borrower = self.donation = self.refused = None
        self.people = []

    def read(self, data):
        """`device` and `borrower` are what lies there; `code` is what was scanned just now."""
        typed = data.get("code", "").replace("\x00", "").strip()
        code = barcodes.normalise_code(typed)
        if code == barcodes.START_AGAIN:
            return
        for kept in (data.get("device"), data.get("borrower")):
            if kept and (found := barcodes.find_by_code(kept, user=self.user)):
                self.put(found)
        if code == barcodes.CONFIRM:
            self.say("bad", self.nothing_to_confirm())
        elif typed:
            self.scan(typed, code)

    def scan(self, typed, code):
        if found := barcodes.find_by_code(code, user=self.user):
            self.put(found, scanned=True)
            return
        self.people = self.named(typed)
        if self.people:
            self.say("info", _("Who is it? Choose a name, or scan the card."))
        else:
            self.say("bad", self.unknown(typed))

    def named(self, typed):
        """People who left their card at home are found by name."""
        if len(typed) < SHORTEST_NAME or any(letter.isdigit() for letter in typed):
            return []
        mine = Borrower.objects.visible_to(self.user).select_related("location")
        return list(mine.filter(name__icontains=typed[:80]).order_by("name")[:MOST_NAMES])

    def unknown(self, typed):
        return _("We do not know the code “%(code)s”. Scan again, or type the number.") % {
            "code": typed[:40]
        }

    def nothing_to_confirm(self):
        if self.handing_over:
            return _("The OK card does not tick the list here. Go through the list.")
        return _("There is nothing to confirm. Scan a device or a card first.")

    def put(self, found, *, scanned=False):
        if isinstance(found, Borrower):
            # Two cards after each other is the next person, unless a device waits for a card.
            if scanned and not self.can_lend:
                self.device = None
            self.borrower = found
        elif isinstance(found, Device):
            self.device = found
            if scanned and not self.can_lend:
                self.borrower = None
        else:
            self.clear()
            self.donation = found
            return
        self.refused = self.borrower and loans.refusal(self.borrower, self.device)
        if self.refused:
            self.device = None
            self.say("bad", str(self.refused))
        elif scanned:
            self.say("info", self.describe())

    def say(self, tone, sentence):
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
        count = len(self.has_now)
        return ngettext(
            "%(name)s has %(count)d device.", "%(name)s has %(count)d devices.", count
        ) % {"name": self.borrower.name, "count": count}

    @property
    def can_lend(self):
        return bool(self.device) and self.device.state in (State.AVAILABLE, State.SET_ASIDE)

    @property
    def handing_over(self):
        return bool(self.borrower) and self.can_lend

    @property
    def may_add_borrower(self):
        return self.borrower is None and (self.device is None or self.can_lend)

    @cached_property
    def has_now(self):
        """What this person has now, of what the user may see."""
        mine = self.borrower.loans.open().visible_to(self.user)
        return list(mine.select_related("device__model").order_by("due_on"))

    @cached_property
    def kept_for(self):
        """Whom a device is set aside for."""
        if not self.device or self.device.state != State.SET_ASIDE:
            return None
        return self.device.reservations.open().select_related("borrower").first()

    @cached_property
    def terms(self):
        """[(policy, due date), ...] of the place; raises nothing, says what is wrong instead."""
        policies = list(
            LoanPolicy.objects.active().filter(location=self.device.location_id).order_by("pk")
        )
        if not policies:
            return []
        place = self.device.location
        calendar = load_calendars([place])[place.pk]
        for policy in policies:
            policy.location = place
        try:
            return [
                (policy, due_on(policy, timezone.localdate(), calendar=calendar))
                for policy in policies
            ]
        except LendingError as error:
            self.say("bad", str(error))
            return []

    def context(self):
        handing_over = self.handing_over
        terms = self.terms if handing_over else []
        if handing_over and not terms and self.tone != "bad":
            self.say("bad", _("This place has no loan policy. Ask a coordinator to make one."))
        return {
            "device": self.device,
            "borrower": self.borrower,
            "people": self.people,
            "can_lend": self.can_lend,
            "refused": self.refused,
            "kept_for": None if handing_over else self.kept_for,
            "handing_over": handing_over,
            "handover": loans.HANDOVER.items() if handing_over else (),
            "terms": terms,
            "may_confirm_by_card": bool(terms) and all(policy.ok_card for policy, _due in terms),
            "loans": self.has_now if self.borrower and not self.device else [],
        }
