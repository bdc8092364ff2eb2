"""The view that serves form pages to visitors."""

from urllib.parse import urlsplit

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from home.core import throttle
from home.forms import operations

PER_HOUR = 30  # a whole office or class may share one IP address
SENT = "verstuurd"


def serve_form_page(request, page):
    """Serve a form page: the form, its errors, or the thanks after sending."""
    response = _serve(request, page)
    add_never_cache_headers(response)
    return response


def _serve(request, page):
    if request.method != "POST":
        if SENT in request.GET:
            return page.render_landing_page(request)
        return _render_form(
            request, page, page.get_form(page=page, initial=get_referring_page(request, page))
        )
    form = page.get_form(request.POST, page=page)
    if not form.is_valid():
        return _render_form(request, page, form)
    if not throttle.allow(request, f"form:{page.pk}", limit=PER_HOUR, seconds=3600):
        form.add_error(
            None,
            _("Many forms were sent from this network. Wait an hour and try again, or call us."),
        )
        return _render_form(request, page, form, status=429)
    operations.receive_submission(page, form.answers(), key=form.cleaned_data["request_key"])
    return redirect(f"{page.get_url(request)}?{SENT}")


def _render_form(request, page, form, status=200):
    context = page.get_context(request) | {"form": form}
    return TemplateResponse(request, page.get_template(request), context, status=status)


def get_referring_page(request, page):
    """Return initial values for questions of type "page": the page that linked to this form.

    Only Wagtail pages count, because other URLs may contain a secret.
    """
    names = [field.clean_name for field in page.get_form_fields() if field.field_type == "page"]
    path = _get_referring_path(request)
    if not names or not path or path == request.path or not _is_page(path):
        return {}
    return dict.fromkeys(names, path[:255])


def _get_referring_path(request):
    try:
        referrer = urlsplit(request.META.get("HTTP_REFERER", ""))
    except ValueError:
        return ""
    return referrer.path if referrer.netloc == request.get_host() else ""


def _is_page(path):
    try:
        return resolve(path).url_name == "wagtail_serve"
    except Resolver404:
        return False
