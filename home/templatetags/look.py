"""The small parts that every template draws: icons, state signs, drawings, what stands around."""

import functools
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

from home.core.phone import dial_string
from home.pages.site_layout import get_breadcrumb, get_site_layout

register = template.Library()

_SIGNS = {
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
@functools.cache
def icon(name):
    """An icon, always beside its word: `{% icon "pin" %}`; `way` turns round from right to left."""
    turns = " icon--way" if name == "way" else ""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        turns,
        static("digipunt/img/icons.svg"),
        name,
    )


@register.simple_tag
def sign(state):
    """The point that says a state: now, later, not, wave or stop. Words stand beside it."""
    return mark_safe(f'<svg viewBox="0 0 16 16" aria-hidden="true">{_SIGNS[state]}</svg>')


@register.simple_tag
@functools.lru_cache(maxsize=512)
def punt(state, text, small="", following="", big=False):
    """A sign with its words: `{% punt "now" text small %}`; a place in a list of many."""
    words = {"state": state, "text": text, "small": small, "next": following, "big": big}
    return mark_safe(render_to_string("includes/punt.html", words))


@functools.cache
def _drawing(name):
    path = finders.find(f"digipunt/img/{name}.svg")
    if path is None:
        raise template.TemplateSyntaxError(f"There is no drawing {name}.")
    text = Path(path).read_text().strip()
    return mark_safe(text.replace("<svg ", '<svg aria-hidden="true" ', 1))


@register.simple_tag
def drawing(name):
    """One of our own drawings, as decoration: `{% drawing "aan-tafel" %}`."""
    return _drawing(name)


@register.simple_tag
def help_phone():
    """The number to call when nothing else can be asked, not even the database."""
    return {"number": settings.HELP_PHONE, "hours": settings.HELP_PHONE_HOURS}


@register.simple_tag(takes_context=True, name="furniture")
def site_layout(context):
    """Menu, help, footer and sponsors: from the cache, no query when it is warm."""
    request = context.get("request")
    if request is None:
        return get_site_layout()
    if not hasattr(request, "_site_layout"):
        request._site_layout = get_site_layout()
    return request._site_layout


_written = {}


@register.simple_tag(takes_context=True)
def standing(context, name):
    """A part that is the same on every page (includes/<name>.html), written once a day."""
    collected = site_layout(context)
    key = (collected.version, timezone.localdate())
    kept, html = _written.get(name, (None, ""))
    if kept != key:
        html = mark_safe(render_to_string(f"includes/{name}.html", {"around": collected}))
        _written[name] = (key, html)
    return html


@register.simple_tag(takes_context=True)
def is_here(context, url):
    """`page`, `section` or nothing: where in the menu the visitor stands."""
    request = context.get("request")
    if request is None or not url:
        return ""
    if request.path == url:
        return "page"
    return "true" if url != "/" and request.path.startswith(url) else ""


@register.inclusion_tag("includes/breadcrumb.html", takes_context=True)
def breadcrumb(context):
    """The way back.

    A view gives `trail` (pairs of title and url, without the start) and `crumb` (the title of
    here); a page needs nothing. Costs one query, and none for the pages right under the start.
    """
    page, trail = context.get("page"), context.get("trail")
    crumb = context.get("crumb") or getattr(page, "title", "")
    if trail is None:
        trail = get_breadcrumb(page) if getattr(page, "pk", None) else None
    return {"trail": trail, "crumb": crumb}


@register.simple_tag(takes_context=True)
def description_of(context):
    """What search engines and messages say about this page: its own words, or its introduction."""
    page = context.get("page")
    return getattr(page, "search_description", "") or getattr(page, "introduction", "")


@register.simple_tag(takes_context=True)
def url_of(context, page):
    """The address of a page, without asking for the site again."""
    return page.get_url(context.get("request"))


@register.simple_tag(takes_context=True)
def link_of(context, link):
    """Where a LinkBlock leads to."""
    return link.url(context)


@register.filter
def one_line(text):
    """Return the text with each run of spaces and line breaks as one space.

    A block that ends up in an attribute may then be spread over lines.
    """
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


@register.simple_tag
def label_of(labels, index):
    """The head of this column, to stand before the value on a phone."""
    return labels[index] if index < len(labels) else ""


register.filter("tel", dial_string)
