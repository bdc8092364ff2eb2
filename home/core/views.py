"""Pages behind a secret link: not found by search engines, not passed on, not kept by browsers.

Another site never hears the address. We do ourselves: a browser that may tell nobody sends a form
without saying where it comes from, and then it is refused.
"""

from functools import wraps

from django.views.decorators.cache import never_cache


def private_link(view):
    @wraps(view)
    @never_cache
    def guarded(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return guarded
