"""The agreement of a loan, as it was signed: its data are frozen, only the person is looked up."""

from datetime import date

from django.utils.translation import gettext as _

from home.documents.rendering import render
from lending.core.documents import format_day, issuer
from lending.loans.operations.loans import HANDOVER

TERMS = ["ownership", "return", "not-lend", "broken", "lost", "longer"]


def agreement_data(loan):
    """What the template `agreement` asks; the loan comes with device, borrower and agreement."""
    signed, location = loan.agreement, loan.device.location
    said = signed.data
    borrower = loan.borrower
    deposit = said.get("deposit", "0")
    free = float(deposit) == 0
    kit = [part.strip() for part in said["accessories"].split(",") if part.strip()]
    terms = [*TERMS, *(["training"] if said.get("training") else []), "no-fine"]
    data = {
        "number": said["number"],
        "issuer": issuer(location),
        "borrower": {
            "name": borrower.name if borrower else _("(no longer on record)"),
            "contact": (str(borrower.phone) or borrower.email) if borrower else "",
        },
        "start": {"words": {"nl": format_day(signed.signed_at)}},
        "due": {
            "place": said["place"],
            "address": location.address,
            "words": {"nl": format_day(date.fromisoformat(said["due_on"]))},
        },
        "device": {
            "what": {"nl": said["type"].lower()},
            "model": said["device"],
            "inventory": said["number"],
            "serial": said["serial"],
        },
        "kit": [{"nl": part} for part in kit],
        "price": {"nl": _("Free of charge")},
        "deposit": "" if free else _("%(amount)s euro") % {"amount": deposit.replace(".", ",")},
        "terms": terms,
        "checks": [code in said["points"] for code in HANDOVER],
        "help": {"phone": str(location.phone), "hours": "", "where": location.address},
        "staff": signed.staff.get_full_name() if signed.staff else "",
        "signed_on": format_day(signed.signed_at),
    }
    if said.get("training"):
        data["training"] = {"name": _("First steps")}
    return data


def agreement_pdf(loan):
    """PDF/UA bytes of the signed agreement; the same loan gives the same bytes."""
    return render("agreement", agreement_data(loan), timestamp=loan.agreement.signed_at)
