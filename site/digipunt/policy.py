"""What a page may load: strict on the public site, a little less so in the admin."""

from urllib.parse import urlsplit

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware

PUBLIC = {
    "default-src": [SELF],
    "img-src": [SELF, "data:"],
    "object-src": ["'none'"],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}
# Wagtail's own widgets carry scripts and styles in the page.
ADMIN = {
    **PUBLIC,
    "img-src": [SELF, "data:", "blob:"],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
}
ADMIN_PREFIX = "/beheer/"


def host_of_tiles(address):
    """Where the tiles of a map come from; empty for what is no address of tiles."""
    parts = urlsplit(address)
    told = all(f"{{{name}}}" in parts.path + parts.query for name in "zxy")
    if parts.scheme != "https" or not told or "{" in parts.netloc or not parts.hostname:
        return ""
    return f"https://{parts.netloc}"


def with_tiles(directives, address):
    """The same, but pictures may also come from the one host that has the tiles."""
    host = host_of_tiles(address)
    return {**directives, "img-src": [*directives["img-src"], host]} if host else directives


class PagePolicyMiddleware(CSPMiddleware):
    def process_response(self, request, response):
        if request.path_info.startswith(ADMIN_PREFIX) and not hasattr(response, "_csp_replace"):
            response._csp_replace = ADMIN
        return super().process_response(request, response)
