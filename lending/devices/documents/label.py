"""Labels of 57 x 32 mm with inventory number, QR code and whom to call."""

from django.conf import settings

from home.documents.rendering import render
from lending.core.addresses import lending_url
from lending.core.documents import issuer


def label_pdf(devices):
    """Return a PDF (bytes) with a page per device; fetch their locations beforehand."""
    devices = list(devices)
    first = devices[0].location
    return render(
        "labels",
        {
            "issuer": issuer(first),
            "owner": settings.WAGTAIL_SITE_NAME,
            "phone": str(first.phone),
            "items": [
                {
                    "number": device.number,
                    "url": lending_url("found", device.number),
                    "qr_url": lending_url("found", device.number).upper(),
                }
                for device in devices
            ],
        },
    )
