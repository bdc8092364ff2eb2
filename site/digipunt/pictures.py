"""Uploaded pictures, served by ourselves where no other server does it.

Only what lies under images/: documents go through Wagtail, which asks who may read them.
"""

from pathlib import Path

from django.conf import settings
from django.utils.cache import patch_cache_control
from django.views.static import serve

DAYS = 30  # the name of a picture changes with its content


def picture(request, path):
    response = serve(request, path, document_root=Path(settings.MEDIA_ROOT) / "images")
    patch_cache_control(response, public=True, max_age=DAYS * 24 * 3600)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
