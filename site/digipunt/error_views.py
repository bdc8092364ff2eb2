"""Error pages that need neither the database nor the cache."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string

RETRY_AFTER = 30  # seconds


def server_error(request):
    """Return 503 when the database is unavailable, 500 for any other error."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return HttpResponse(
            render_to_string("503.html"), status=503, headers={"Retry-After": RETRY_AFTER}
        )
    return HttpResponseServerError(render_to_string("500.html"))
