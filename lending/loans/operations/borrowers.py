"""Create borrowers."""

from django.db import transaction

from home.core.models import NumberSeries
from lending.loans.models import Borrower


@transaction.atomic
def create_borrower(*, name, phone="", email="", postcode="", location, language="nl", user=None):
    """Create a borrower with a new card number. A phone number or an e-mail address is enough."""
    return Borrower.objects.create(
        card=f"L-{NumberSeries.take('L'):05d}",
        name=name,
        phone=phone,
        email=email,
        postcode=postcode,
        location=location,
        language=language,
    )
