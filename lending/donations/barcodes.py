"""Numbers of donations, such as S-2026-0001."""

from lending.core.barcodes import register_barcode
from lending.donations.models import Donation


def find_donation(code, *, user):
    """Return the donation with this number, or None."""
    donations = Donation.objects.visible_to(user)
    return donations.select_related("collection_point", "donor").filter(number=code).first()


register_barcode(
    r"S-?([0-9]{4})-?0*([0-9]{1,6})",
    lambda match: f"S-{match[1]}-{int(match[2]):04d}",
    find_donation,
)
