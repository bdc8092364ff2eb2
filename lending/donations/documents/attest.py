"""The attest of a donation, from its stored data only."""

from datetime import date

from django.utils.translation import gettext as _

from home.documents.rendering import render
from lending.core.addresses import lending_url
from lending.core.documents import format_long_date, issuer
from lending.devices.models import Erasure, StorageMedium


def medium_row(record):
    """Return a row of the annex, from a stored record of `medium_record`."""
    row = {
        "device": record["device"],
        "inventory": record["inventory"],
        "medium": f"{record['size_gb']} GB" if record.get("size_gb") else record["medium"],
        "type": str(StorageMedium.Kind(record["kind"]).label),
        "serial": record["serial"],
        "level": record["level"].capitalize(),
        "date": format_long_date(date.fromisoformat(record["date"])),
        "result": record["result"],
        "method": "",
        "tool": "",
        "verify": "",
    }
    if record["result"] == "destroyed":
        return row | {
            "destroyed_by": record["destroyed_by"],
            "reason": _("It could not be erased."),
            "method": _("Destroyed"),
        }
    method = Erasure.Method(record["method"]).label
    detail = record["method_detail"]
    return row | {
        "method": f"{method} ({detail})" if detail else str(method),
        "tool": record["tool"],
        "verify": record["verification"],
    }


def attest_data(attest):
    """Return the data of the document template."""
    data = attest.data
    check_url = lending_url("attest_check")
    media = [medium_row(item) for item in data["media"]]
    days = sorted(date.fromisoformat(item["date"]) for item in data["media"])
    first, last = format_long_date(days[0]), format_long_date(days[-1])
    between = _("%(first)s to %(last)s") % {"first": first, "last": last}
    operators = sorted({item["operator"] for item in data["media"] if item.get("operator")})
    context = {
        "number": attest.number,
        "issuer": issuer(attest.donation.collection_point),
        "donor": {"name": data["donor"]},
        "donation": data["donation"],
        "devices": data["devices"],
        "media": media,
        "period": first if first == last else between,
        "operator": ", ".join(operators),
        "validator": "",
        "issued": format_long_date(attest.issued_at),
        "qr_url": check_url.upper(),
        "verify_url": check_url,
        "verify_show": check_url.partition("://")[2],
        "verify_code": f"{attest.number} · {attest.code}",
    }
    if data["devices"] == 1:
        context |= {"device": media[0]["device"], "inventory": media[0]["inventory"]}
    return context


def attest_pdf(attest):
    """Return an attest as PDF/UA bytes, which are always the same for the same attest."""
    return render("attest", attest_data(attest), timestamp=attest.issued_at)
