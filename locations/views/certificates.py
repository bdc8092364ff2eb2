"""The certificate of attendance, for whoever holds the secret link of a place in a workshop."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from locations.documents import private_pdf
from locations.documents.certificate import certificate_pdf
from locations.errors import WorkshopError
from locations.models import Registration


@never_cache
@require_safe
def document(request, secret):
    """404 for a secret that is none; 409, with the reason, as long as there is nothing to say."""
    rows = Registration.objects.select_related("run__page", "run__location")
    registration = get_object_or_404(rows, secret=secret)
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
        return render(request, "locations/no_certificate.html", context, status=409)
