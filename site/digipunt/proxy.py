"""The address of the visitor behind a trusted proxy."""

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed


class ForwardedForMiddleware:
    """Set `REMOTE_ADDR` to the last address in `X-Forwarded-For`, which the proxy itself added."""

    def __init__(self, get_response):
        if not settings.TRUST_PROXY:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if address:
            request.META["REMOTE_ADDR"] = address
        return self.get_response(request)
