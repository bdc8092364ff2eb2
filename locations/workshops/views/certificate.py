"""The certificate of attendance, behind the secret link of a registration."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.core.decorators import private_link
from locations.workshops.documents import private_pdf
from locations.workshops.documents.certificate import certificate_pdf
from locations.workshops.errors import WorkshopError
from locations.workshops.views.registration import link_not_found, registration_with_secret


@require_safe
@private_link
def document(request, secret):
    """Return the PDF; respond with 409 and the reason when there is no certificate."""
    registration = registration_with_secret(secret)
    if registration is None:
        return link_not_found(request)
    try:
        return private_pdf(certificate_pdf(registration), "attest-aanwezigheid")
    except WorkshopError as error:
        context = {
            "title": _("Certificate of attendance"),
            "crumb": _("Certificate of attendance"),
            "trail": [],
            "sentence": str(error),
            "registration": registration,
        }
        return render(request, "locations/workshops/no_certificate.html", context, status=409)
