"""What a scanner types, and what it means."""

import re

from lending.devices.models import Device
from lending.donations.models import Donation
from lending.loans.models import Borrower

# A scanner set to a US keyboard, on a computer with a Belgian AZERTY keyboard, types these.
# Only prefixes without A, M, Q, W and Z survive both keyboards: D, P, L, S do.
AZERTY = str.maketrans("&é\"'(§è!çà)", "1234567890-")

# Cards beside the scanner. The same on every keyboard, and no number in it: never a real code.
CONFIRM = "OK"
START_AGAIN = "STOP"

LONGEST = 200

DEVICE = re.compile(r"DP-?0*([0-9]{1,7})")
BORROWER = re.compile(r"L-?0*([0-9]{1,7})")
DONATION = re.compile(r"S-?([0-9]{4})-?0*([0-9]{1,6})")


def normalise(typed):
    """'dp)àààè&', ' 71 ' and 'https://digi.example/t/DP-00071' are all DP-00071."""
    code = typed[:LONGEST].replace("\x00", "").strip().rstrip("/").rsplit("/", 1)[-1].upper()
    if not re.search(r"[0-9]", code):
        code = code.lower().translate(AZERTY).upper()
    if re.fullmatch(r"[0-9]{1,7}", code):
        return f"DP-{int(code):05d}"
    if match := DEVICE.fullmatch(code):
        return f"DP-{int(match[1]):05d}"
    if match := BORROWER.fullmatch(code):
        return f"L-{int(match[1]):05d}"
    if match := DONATION.fullmatch(code):
        return f"S-{match[1]}-{int(match[2]):04d}"
    return code


def find(code, *, user):
    """The device, borrower or donation with this code, or None: also if the user may not see it."""
    if DEVICE.fullmatch(code):
        return Device.objects.visible_to(user).with_model().filter(number=code).first()
    if BORROWER.fullmatch(code):
        borrowers = Borrower.objects.visible_to(user).select_related("location")
        return borrowers.filter(card=code).first()
    if DONATION.fullmatch(code):
        donations = Donation.objects.visible_to(user)
        return donations.select_related("collection_point", "donor").filter(number=code).first()
    return None
