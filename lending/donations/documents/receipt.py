"""The receipt of a donation: accepted, refused and missing devices."""

from django.utils import timezone
from django.utils.formats import time_format

from home.documents.rendering import render
from lending.core.addresses import lending_url
from lending.core.documents import format_long_date, issuer
from lending.donations.models import DonationLine

STATES = {
    DonationLine.State.ACCEPTED: "taken",
    DonationLine.State.REFUSED: "refused",
    DonationLine.State.OFFERED: "missing",
}


def receipt_data(donation):
    """Return the data of the document template."""
    donor, point = donation.donor, donation.collection_point
    lines = list(donation.lines.select_related("type", "decided_by"))
    moment = donation.received_at or donation.registered_at
    receiver = next((line.decided_by for line in lines if line.decided_by), None)
    return {
        "number": donation.number,
        "issuer": issuer(point),
        "donor": {
            "short": donor.display_name,
            "name": donor.display_name,
            "kbo": donor.enterprise_number,
            "contact": ", ".join(filter(None, [donor.name, str(donor.phone) or donor.email])),
        },
        "where": f"{point.name}, {point.address}",
        "when": f"{format_long_date(moment)}, {time_format(timezone.localtime(moment), 'G.i')} uur",
        "by": receiver.get_full_name() if receiver else "",
        "to": point.name,
        "items": [
            {
                "device": line.description,
                "serial": line.serial,
                "state": STATES[line.state],
                "note": line.reason,
            }
            for line in lines
        ],
        "attest": donation.wants_attest,
        "qr_url": lending_url("follow", donation.secret),
        "follow_url": lending_url("follow", donation.secret),
        "follow_show": lending_url("follow", donation.secret).partition("://")[2].partition("/")[0],
        "sign": {"donor": donor.name, "taker": receiver.get_full_name() if receiver else ""},
        "signed_on": format_long_date(moment),
    }


def receipt_pdf(donation):
    """Return the receipt of a donation in its present state, as PDF/UA bytes."""
    return render("receipt", receipt_data(donation), timestamp=donation.registered_at)
