"""Card numbers of borrowers, such as L-00012."""

from lending.core.barcodes import register_barcode
from lending.loans.models import Borrower


def find_borrower(code, *, user):
    """Return the borrower with this card, or None."""
    borrowers = Borrower.objects.visible_to(user).select_related("location")
    return borrowers.filter(card=code).first()


register_barcode(r"L-?0*([0-9]{1,7})", lambda match: f"L-{int(match[1]):05d}", find_borrower)
