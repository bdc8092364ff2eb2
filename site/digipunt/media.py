"""Uploaded images, for sites where no other server serves them.

Only `images/` is served: documents go through Wagtail, which checks who may read them.
"""

from pathlib import Path

from django.conf import settings
from django.utils.cache import patch_cache_control
from django.views.static import serve

MAX_AGE = 30 * 24 * 3600  # seconds; the name of an image changes with its content


def serve_image(request, path):
    response = serve(request, path, document_root=Path(settings.MEDIA_ROOT) / "images")
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
