"""Texts with placeholders: `{name}` is replaced by a value, and nothing else is.

This is no template language, so that a text cannot read or do anything.
"""

import re
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join, urlize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

_PLACEHOLDER = re.compile(r"\{\s*([^{}\s]*)\s*\}")
_FACT = re.compile(r"^ {2,}\S.*?: ?\S")
_SPACE_IN_NUMBER = re.compile(r"(?<=\d) (?=\d)")
_FIRST_STRONG, _POP = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_LIST_ITEM = re.compile(r"^\s*[-*•]\s+")
# The label of a button without a line above it.
CONTINUE_LABELS = {
    "nl": "Ga verder",
    "fr": "Continuer",
    "en": "Continue",
    "ar": "متابعة",
    "tr": "Devam et",
    "uk": "Далі",
}


def placeholder_names(text):
    """Return the names between braces, in order."""
    return _PLACEHOLDER.findall(text)


def placeholder_errors(text, message_type):
    """Return a sentence for each unknown placeholder and each stray brace."""
    errors = []
    available = [f"{{{name}}}" for name in message_type.by_name]
    for name in dict.fromkeys(placeholder_names(text)):
        if name not in message_type.by_name:
            errors.append(
                _("%(name)s does not exist in this message. You can use: %(known)s.")
                % {"name": f"{{{name}}}", "known": ", ".join(available)}
            )
    for line in text.splitlines():
        if set("{}") & set(_PLACEHOLDER.sub("", line)):
            errors.append(
                _(
                    "“%(line)s” has a { or a } without the other. Write a placeholder as "
                    "{recipient}, on one line, and do not use braces for anything else."
                )
                % {"line": line.strip()[:60]}
            )
    return errors


def format_value(value, *, separator=", "):
    """Return a value as text; lists are joined, and None and False are empty."""
    if value is None or value is False:
        return ""
    if isinstance(value, dict):
        return ": ".join(filter(None, (format_value(item) for item in value.values())))
    if isinstance(value, (list, tuple)):
        return separator.join(filter(None, (format_value(item) for item in value)))
    return str(value).strip()


def isolate_directions(values, *, exclude=()):
    """Return the values for use in right-to-left text, each with a direction of its own.

    Spaces in numbers become no-break spaces; otherwise the groups of a telephone number would
    appear in reverse order.
    """
    return {name: value if name in exclude else _isolated(value) for name, value in values.items()}


def _isolated(value):
    if isinstance(value, (list, tuple)):
        return [_isolated(item) for item in value]
    text = _SPACE_IN_NUMBER.sub("\N{NO-BREAK SPACE}", format_value(value))
    return text and f"{_FIRST_STRONG}{text}{_POP}"


def _fill_in_line(line, values):
    return _PLACEHOLDER.sub(lambda match: format_value(values.get(match[1])), line)


def _only_placeholder(line):
    """Return the placeholder on a line that holds nothing else, or ""."""
    match = _PLACEHOLDER.fullmatch(line.strip().removeprefix("- ").strip())
    return match[1] if match else ""


def _has_only_empty_values(line, values):
    names = placeholder_names(line)
    return bool(names) and not any(format_value(values.get(name)) for name in names)


def fill_in(text, values):
    """Return the plain text; lines whose placeholders are all empty are left out."""
    lines = []
    for line in text.replace("\r\n", "\n").rstrip().split("\n"):
        if _has_only_empty_values(line, values):
            continue
        value = values.get(_only_placeholder(line))
        if isinstance(value, (list, tuple)):
            lines += [f"- {format_value(item)}" for item in value if format_value(item)]
        else:
            lines.append(_fill_in_line(line, values).rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


@dataclass(frozen=True)
class Part:
    """A part of an HTML mail: facts, button, heading, step or paragraph (`look`)."""

    look: str
    text: str = ""
    url: str = ""
    facts: tuple[tuple[str, str], ...] = ()


def mail_parts(text, values, *, addresses=(), language="nl"):
    """Yield the parts of an HTML mail; the type of a line does not depend on the values."""
    text = text.replace("\r\n", "\n")
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        lines = [line for line in block.split("\n") if not _has_only_empty_values(line, values)]
        if lines:
            yield from _block_parts(lines, values, addresses, language)


def _block_parts(lines, values, addresses, language):
    if all(_FACT.match(line) for line in lines):
        yield Part("facts", facts=tuple(_fact(line, values) for line in lines))
        return
    paragraph = []
    for line in lines:
        name = _only_placeholder(line)
        value = values.get(name)
        if name in addresses:
            label = _fill_in_line(paragraph.pop(), values).strip().rstrip(":") if paragraph else ""
            yield from _paragraph_parts(paragraph)
            paragraph = []
            default_label = CONTINUE_LABELS.get(language, CONTINUE_LABELS["nl"])
            yield Part("button", label or default_label, url=format_value(value))
        elif isinstance(value, (list, tuple)) or _LIST_ITEM.match(line):
            yield from _heading_parts(paragraph)
            paragraph = []
            if isinstance(value, (list, tuple)):
                items = [format_value(item) for item in value]
            else:
                items = [_fill_in_line(_LIST_ITEM.sub("", line), values)]
            yield from (Part("step", _with_links(item)) for item in items)
        else:
            paragraph.append(_fill_in_line(line, values).strip())
    yield from _paragraph_parts(paragraph)


def _fact(line, values):
    label, _colon, value = line.strip().partition(":")
    return _fill_in_line(label, values), _fill_in_line(value.strip(), values)


def _heading_parts(lines):
    if len(lines) == 1:
        yield Part("heading", lines[0])
    else:
        yield from _paragraph_parts(lines)


def _paragraph_parts(texts):
    lines = [line for text in texts for line in text.split("\n")]
    if any(lines):
        html = [[_with_links(line)] for line in lines]
        yield Part("paragraph", format_html_join(SafeString("<br>"), "{}", html))


def _with_links(text):
    return format_html("{}", SafeString(urlize(text, autoescape=True)))
