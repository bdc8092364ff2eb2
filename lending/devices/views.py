"""What the QR code on a label says: whose it is and whom to call. The same for every number."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lending.core.barcodes import normalise_code
from lending.devices.barcodes import is_inventory_number


@require_safe
def label_page(request, number):
    """Asks the database nothing, so it can not tell which numbers exist, or who has a device."""
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
