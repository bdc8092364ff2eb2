"""Behind a proxy that we trust, the visitor's address is the one that the proxy saw."""

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed


class VisitorAddressMiddleware:
    def __init__(self, get_response):
        if not settings.TRUST_PROXY:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if seen:
            request.META["REMOTE_ADDR"] = seen
        return self.get_response(request)
