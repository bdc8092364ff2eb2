"""The certificate of attendance, for whoever holds the secret link of a place in a workshop."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.core.decorators import private_link
from locations.workshops.documents import private_pdf
from locations.workshops.documents.certificate import certificate_pdf
from locations.workshops.errors import WorkshopError
from locations.workshops.views.own_registration import old_link, registration_of


@require_safe
@private_link
def document(request, secret):
    """404 for a secret that is none; 409, with the reason, as long as there is nothing to say."""
    registration = registration_of(secret)
    if registration is None:
        return old_link(request)
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
