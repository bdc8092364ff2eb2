"""Public page of the QR code on a label: the owner and whom to call."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lending.core.barcodes import normalise_code
from lending.devices.barcodes import is_inventory_number


@require_safe
def label_page(request, number):
    """Render the same page for every number, without a query: it must not reveal which exist."""
    number = normalise_code(number)
    response = render(
        request,
        "lending/devices/label_page.html",
        {
            "number": number if is_inventory_number(number) else "",
            "trail": [],
            "crumb": _("Found"),
        },
    )
    response["X-Robots-Tag"] = "noindex"
    return response
