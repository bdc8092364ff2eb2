"""Labels of 57 x 32 mm: inventory number, QR code, whom to call. Nothing else."""

from django.conf import settings

from home.documents.rendering import render
from lending.core.addresses import absolute_url
from lending.core.documents import issuer


def label_pdf(devices):
    """PDF bytes with one page per device; the devices come with their location."""
    devices = list(devices)
    first = devices[0].location
    return render(
        "labels",
        {
            "issuer": issuer(first),
            "owner": settings.WAGTAIL_SITE_NAME,
            "phone": first.phone,
            "items": [
                {
                    "number": device.number,
                    "url": absolute_url("found", device.number),
                    "qr_url": absolute_url("found", device.number).upper(),
                }
                for device in devices
            ],
        },
    )
