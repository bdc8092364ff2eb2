"""People who borrow, added at the desk."""

from django.db import transaction

from home.core.models import NumberSeries
from lending.loans.models import Borrower


@transaction.atomic
def add(*, name, phone="", email="", postcode="", location, language="nl", user=None):
    """A borrower with a card of their own. Phone or e-mail, one is enough."""
    return Borrower.objects.create(
        card=f"L-{NumberSeries.take('L'):05d}",
        name=name,
        phone=phone,
        email=email,
        postcode=postcode,
        location=location,
        language=language,
    )
