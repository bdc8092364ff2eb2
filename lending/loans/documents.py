"""The agreement of a loan as a PDF, from the data of the moment of signing."""

from datetime import date

from django.utils.translation import gettext as _

from home.documents.rendering import render
from lending.core.documents import format_long_date, issuer
from lending.loans.handover import HANDOVER_POINTS

TERMS = ["ownership", "return", "not-lend", "broken", "lost", "longer"]


def agreement_data(loan):
    """Return the data of the template `agreement`, without a query if relations are selected."""
    agreement, location = loan.agreement, loan.device.location
    data = agreement.data
    borrower = loan.borrower
    deposit = data.get("deposit", "0")
    is_free = float(deposit) == 0
    kit = [part.strip() for part in data["accessories"].split(",") if part.strip()]
    terms = [*TERMS, *(["training"] if data.get("training") else []), "no-fine"]
    context = {
        "number": data["number"],
        "issuer": issuer(location),
        "borrower": {
            "name": borrower.name if borrower else _("(no longer on record)"),
            "contact": (str(borrower.phone) or borrower.email) if borrower else "",
        },
        "start": {"words": {"nl": format_long_date(agreement.signed_at)}},
        "due": {
            "place": data["place"],
            "address": location.address,
            "words": {"nl": format_long_date(date.fromisoformat(data["due_on"]))},
        },
        "device": {
            "what": {"nl": data["type"].lower()},
            "model": data["device"],
            "inventory": data["number"],
            "serial": data["serial"],
        },
        "kit": [{"nl": part} for part in kit],
        "price": {"nl": _("Free of charge")},
        "deposit": "" if is_free else _("%(amount)s euro") % {"amount": deposit.replace(".", ",")},
        "terms": terms,
        "checks": [code in data["points"] for code in HANDOVER_POINTS],
        "help": {"phone": str(location.phone), "hours": "", "where": location.address},
        "staff": agreement.staff.get_full_name() if agreement.staff else "",
        "signed_on": format_long_date(agreement.signed_at),
    }
    if data.get("training"):
        context["training"] = {"name": _("First steps")}
    return context


def agreement_pdf(loan):
    """Return the agreement as PDF/UA bytes, the same bytes each time."""
    return render("agreement", agreement_data(loan), timestamp=loan.agreement.signed_at)
