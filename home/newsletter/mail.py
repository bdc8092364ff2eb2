"""A newsletter as a mail: HTML and plain text."""

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, NavigableString
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from wagtail.rich_text import expand_db_html

from home.core.signed_links import site_url
from home.messages.registry import site_context

# Mail programs ignore style sheets.
STYLES = {
    "p": "margin:0 0 16px;font-size:18px;line-height:1.5",
    "h2": "margin:24px 0 12px;font-size:22px;line-height:1.25;font-weight:800",
    "ul": "margin:0 0 16px;padding:0 0 0 24px;font-size:18px;line-height:1.5",
    "ol": "margin:0 0 16px;padding:0 0 0 24px;font-size:18px;line-height:1.5",
    "li": "margin:0 0 8px",
    "a": "color:#16205c;font-weight:600;text-decoration:underline",
}
BLOCKS = {"p", "h2", "ul", "ol"}
_UNSUBSCRIBE = "https://stop.invalid/"  # placeholder for the link of each reader


@dataclass(frozen=True)
class RenderedNewsletter:
    """A mail that was rendered once for all readers."""

    subject: str
    text: str
    html: str

    def for_reader(self, unsubscribe_url):
        """Return text and HTML with the unsubscribe URL of one reader."""
        return self.text.replace(_UNSUBSCRIBE, unsubscribe_url), self.html.replace(
            _UNSUBSCRIBE, unsubscribe_url
        )


def render_newsletter(newsletter):
    """Render the mail of a newsletter, the same for all readers."""
    body = _parsed(newsletter.body)
    with translation.override("nl"):
        context = {"subject": newsletter.subject, "stop_url": _UNSUBSCRIBE, "recipient": None}
        context |= site_context()
        html = render_to_string(
            "home/newsletter/mail.html", context | {"body": mark_safe(_with_styles(body))}
        )
        text = render_to_string(
            "home/newsletter/mail.txt", context | {"body": mark_safe(_as_text(body))}
        )
    text = re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"
    return RenderedNewsletter(newsletter.subject, text, html)


def _parsed(source):
    body = BeautifulSoup(expand_db_html(source), "html.parser")
    for link in body.find_all("a"):
        href = link.get("href", "")
        if href.startswith("/"):
            href = site_url(href)
        link.attrs = {"href": href} if href else {}
    return body


def _with_styles(body):
    for name, style in STYLES.items():
        for tag in body.find_all(name):
            tag["style"] = style
            if name == "a":
                tag["class"] = "link"
    return str(body)


def _as_text(body):
    blocks = []
    for block in body.children:
        if isinstance(block, NavigableString):
            text = " ".join(block.split())
        elif block.name in ("ul", "ol"):
            text = "\n".join(_items(block))
        else:
            text = _inline(block)
            if block.name == "h2" and text:
                text = f"{text}\n{'-' * min(len(text), 60)}"
        if text:
            blocks.append(text)
    return "\n\n".join(blocks)


def _items(block, depth=0):
    for number, item in enumerate(block.find_all("li", recursive=False), 1):
        mark = f"{number}." if block.name == "ol" else "-"
        inner = item.find_all(["ul", "ol"], recursive=False)
        for part in inner:
            part.extract()
        yield f"{'  ' * depth}{mark} {_inline(item)}"
        for part in inner:
            yield from _items(part, depth + 1)


def _inline(tag):
    """Return the text of an element; the URL of a link follows its text."""
    text = ""
    for part in tag.children:
        if isinstance(part, NavigableString):
            text += str(part)
        elif part.name == "br":
            text += "\n"
        elif part.name == "a" and part.get("href"):
            inner = _inline(part)
            href = part["href"]
            text += inner if inner == href else f"{inner} ({href})"
        else:
            text += _inline(part)
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip("\n")
