"""Decorators for views."""

from functools import wraps

from django.views.decorators.cache import never_cache


def private_link(view):
    """Keep a page behind a signed link out of search engines, browser caches and referrers.

    The referrer policy is not `no-referrer`: a browser would then send forms without an origin,
    and the CSRF check would refuse them.
    """

    @wraps(view)
    @never_cache
    def wrapper(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return wrapper
