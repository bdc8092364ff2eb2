"""Components of public pages: icons, statuses, drawings, the site layout, breadcrumb and links."""

import re
from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from home.core.caching import cached_fragment
from home.core.phone import dial_string
from home.pages.site_layout import get_breadcrumb, get_site_layout

register = template.Library()
register.filter("tel", dial_string)

STATUS_SHAPES = {
    "now": '<circle cx="8" cy="8" r="7.5" fill="currentColor"/>',
    "later": (
        '<circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="2"/>'
        '<path d="M8 1.5a6.5 6.5 0 0 0 0 13z" fill="currentColor"/>'
    ),
    "not": ('<circle cx="8" cy="8" r="6.3" fill="none" stroke="currentColor" stroke-width="2.4"/>'),
    "wave": (
        '<circle cx="8" cy="8" r="6.3" fill="none" stroke="currentColor" stroke-width="2.4" '
        'stroke-dasharray="3.3 3.3"/>'
    ),
    "stop": (
        '<circle cx="8" cy="8" r="6.3" fill="none" stroke="currentColor" stroke-width="2.4"/>'
        '<path d="M3.5 12.5l9-9" stroke="currentColor" stroke-width="2.4"/>'
    ),
}


@register.simple_tag
@cached_fragment("components.icon", size=128)
def icon(name):
    """Render a decorative icon: `{% icon "pin" %}`; "way" is mirrored in right-to-left text."""
    mirrored = " icon--way" if name == "way" else ""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        mirrored,
        static("digipunt/img/icons.svg"),
        name,
    )


@register.simple_tag
def status_icon(state):
    """Render the dot of a state: now, later, not, wave or stop; put text next to it."""
    return mark_safe(f'<svg viewBox="0 0 16 16" aria-hidden="true">{STATUS_SHAPES[state]}</svg>')


@register.simple_tag
@cached_fragment("components.status", size=512)
def status(state, text, small="", following="", big=False):
    """Render the dot of a state with its text: `{% status "now" text small %}`."""
    context = {"state": state, "text": text, "small": small, "next": following, "big": big}
    return mark_safe(render_to_string("includes/status.html", context))


@register.simple_tag
@cached_fragment("components.drawing", size=64)
def drawing(name):
    """Render one of the drawings in static/digipunt/img inline, as decoration."""
    path = finders.find(f"digipunt/img/{name}.svg")
    if path is None:
        raise template.TemplateSyntaxError(f"There is no drawing {name}.")
    svg = Path(path).read_text().strip()
    return mark_safe(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))


@register.simple_tag
def help_phone():
    """Return the phone number and hours from the settings, which need no database."""
    return {"number": settings.HELP_PHONE, "hours": settings.HELP_PHONE_HOURS}


@register.simple_tag(takes_context=True)
def site_layout(context):
    """Return the site layout, fetched from the cache once per request."""
    request = context.get("request")
    if request is None:
        return get_site_layout()
    if not hasattr(request, "_site_layout"):
        request._site_layout = get_site_layout()
    return request._site_layout


@register.simple_tag(takes_context=True)
def layout_include(context, name):
    """Render `includes/<name>.html`, a part that is the same on every page of the same day."""
    return _render_layout_include(name, site_layout(context), timezone.localdate())


@cached_fragment("components.layout_include", size=8)
def _render_layout_include(name, layout, today):
    return mark_safe(render_to_string(f"includes/{name}.html", {"site_layout": layout}))


@register.simple_tag(takes_context=True)
def aria_current(context, url):
    """Return the value of `aria-current` for a menu link: "page", "true" for its section, or ""."""
    request = context.get("request")
    if request is None or not url:
        return ""
    if request.path == url:
        return "page"
    return "true" if url != "/" and request.path.startswith(url) else ""


@register.inclusion_tag("includes/breadcrumb.html", takes_context=True)
def breadcrumb(context):
    """Render the breadcrumb.

    A view sets `trail` ((title, URL) pairs, without the home page) and `crumb` (the title of the
    current page) in the context; for a Wagtail page both are found.
    """
    page, trail = context.get("page"), context.get("trail")
    crumb = context.get("crumb") or getattr(page, "title", "")
    if trail is None:
        trail = get_breadcrumb(page) if getattr(page, "pk", None) else None
    return {"trail": trail, "crumb": crumb}


@register.simple_tag(takes_context=True)
def meta_description(context):
    """Return the description of this page for search engines, or else its introduction."""
    page = context.get("page")
    return getattr(page, "search_description", "") or getattr(page, "introduction", "")


@register.simple_tag(takes_context=True)
def page_url(context, page):
    """Return the URL of a page, without a query for the site."""
    return page.get_url(context.get("request"))


@register.simple_tag(takes_context=True)
def link_url(context, link):
    """Return the URL that a LinkBlock points to."""
    return link.url(context)


@register.filter
def one_line(text):
    """Return the text with each run of spaces and line breaks as one space.

    A block that ends up in an attribute may then be spread over lines.
    """
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


@register.simple_tag
def column_label(labels, index):
    """Return the label of this column, shown before each value on a narrow screen."""
    return labels[index] if index < len(labels) else ""
