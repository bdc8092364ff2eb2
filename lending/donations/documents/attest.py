"""The attest of erasure: says what the record says, and nothing more."""

from datetime import date

from django.utils.translation import gettext as _

from home.documents.rendering import render
from lending.core.addresses import absolute_url
from lending.core.documents import format_day, issuer
from lending.devices.models import Erasure, StorageMedium


def medium_row(said):
    """One line of the annex, from the frozen data of the attest."""
    row = {
        "device": said["device"],
        "inventory": said["inventory"],
        "medium": f"{said['size_gb']} GB" if said.get("size_gb") else said["medium"],
        "type": str(StorageMedium.Kind(said["kind"]).label),
        "serial": said["serial"],
        "level": said["level"].capitalize(),
        "date": format_day(date.fromisoformat(said["date"])),
        "result": said["result"],
        "method": "",
        "tool": "",
        "verify": "",
    }
    if said["result"] == "destroyed":
        return row | {
            "destroyed_by": said["destroyed_by"],
            "reason": _("It could not be erased."),
            "method": _("Destroyed"),
        }
    method = Erasure.Method(said["method"]).label
    detail = said["method_detail"]
    return row | {
        "method": f"{method} ({detail})" if detail else str(method),
        "tool": said["tool"],
        "verify": said["verification"],
    }


def attest_data(attest):
    said = attest.data
    check_url = absolute_url("attest_check")
    media = [medium_row(item) for item in said["media"]]
    days = sorted(date.fromisoformat(item["date"]) for item in said["media"])
    first, last = format_day(days[0]), format_day(days[-1])
    between = _("%(first)s to %(last)s") % {"first": first, "last": last}
    operators = sorted({item["operator"] for item in said["media"] if item.get("operator")})
    data = {
        "number": attest.number,
        "issuer": issuer(attest.donation.collection_point),
        "donor": {"name": said["donor"]},
        "donation": said["donation"],
        "devices": said["devices"],
        "media": media,
        "period": first if first == last else between,
        "operator": ", ".join(operators),
        "validator": "",
        "issued": format_day(attest.issued_at),
        "qr_url": check_url.upper(),
        "verify_url": check_url,
        "verify_show": check_url.partition("://")[2],
        "verify_code": f"{attest.number} · {attest.code}",
    }
    if said["devices"] == 1:
        data |= {"device": media[0]["device"], "inventory": media[0]["inventory"]}
    return data


def attest_pdf(attest):
    """PDF/UA bytes; the same attest gives the same bytes, whenever it is asked for."""
    return render("attest", attest_data(attest), timestamp=attest.issued_at)
