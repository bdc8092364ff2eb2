"""Content Security Policy: strict on the public site, less so in the admin."""

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
# Wagtail's widgets have inline scripts and styles.
ADMIN = {
    **PUBLIC,
    "img-src": [SELF, "data:", "blob:"],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
}
ADMIN_PREFIX = "/beheer/"


def tile_host(url):
    """Return the origin of a URL template of map tiles, or an empty string if it is none."""
    parts = urlsplit(url)
    has_placeholders = all(f"{{{name}}}" in parts.path + parts.query for name in "zxy")
    if parts.scheme != "https" or not has_placeholders or "{" in parts.netloc or not parts.hostname:
        return ""
    return f"https://{parts.netloc}"


def allow_tiles(directives, url):
    """Return the directives, with the host of the map tiles as a source of images."""
    host = tile_host(url)
    return {**directives, "img-src": [*directives["img-src"], host]} if host else directives


class AdminPolicyMiddleware(CSPMiddleware):
    """Apply the policy of the admin to its pages, and the default policy to all others."""

    def process_response(self, request, response):
        if request.path_info.startswith(ADMIN_PREFIX) and not hasattr(response, "_csp_replace"):
            response._csp_replace = ADMIN
        return super().process_response(request, response)
