"""The words of a coordinator: `{name}` stands for what differs per person, and nothing else does.

No template language, so that nothing in these texts can be asked or done but to be read.
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
_ITEM = re.compile(r"^\s*[-*•]\s+")
# On a button that no line says what it is for.
GO_ON = {
    "nl": "Ga verder",
    "fr": "Continuer",
    "en": "Continue",
    "ar": "متابعة",
    "tr": "Devam et",
    "uk": "Далі",
}


def names_in(text):
    return _PLACEHOLDER.findall(text)


def trouble(text, kind):
    """What is wrong with the placeholders in a text: sentences for who wrote it, or none."""
    found = []
    known = [f"{{{name}}}" for name in kind.by_name]
    for name in dict.fromkeys(names_in(text)):
        if name not in kind.by_name:
            found.append(
                _("%(name)s means nothing in this message. You can use: %(known)s.")
                % {"name": f"{{{name}}}", "known": ", ".join(known)}
            )
    for line in text.splitlines():
        if set("{}") & set(_PLACEHOLDER.sub("", line)):
            found.append(
                _(
                    "In “%(line)s” a { or a } stands alone. Write a placeholder as {recipient}, "
                    "on one line, and use these two signs for nothing else."
                )
                % {"line": line.strip()[:60]}
            )
    return found


def said(value, *, joined=", "):
    """A value in words: lists become one text, and nothing at all becomes empty."""
    if value is None or value is False:
        return ""
    if isinstance(value, dict):
        return ": ".join(filter(None, (said(one) for one in value.values())))
    if isinstance(value, (list, tuple)):
        return joined.join(filter(None, (said(one) for one in value)))
    return str(value).strip()


def from_right_to_left(values, *, but=()):
    """The same values, each to stand in a text from right to left with its own direction.

    A telephone number would else have its groups turned round: the spaces in it do not break.
    """
    return {name: value if name in but else _isolated(value) for name, value in values.items()}


def _isolated(value):
    if isinstance(value, (list, tuple)):
        return [_isolated(one) for one in value]
    words = _SPACE_IN_NUMBER.sub("\N{NO-BREAK SPACE}", said(value))
    return words and f"{_FIRST_STRONG}{words}{_POP}"


def _filled(line, values):
    return _PLACEHOLDER.sub(lambda match: said(values.get(match[1])), line)


def _alone(line):
    """The placeholder on a line that holds nothing else."""
    match = _PLACEHOLDER.fullmatch(line.strip().removeprefix("- ").strip())
    return match[1] if match else ""


def _is_silent(line, values):
    names = names_in(line)
    return bool(names) and not any(said(values.get(name)) for name in names)


def fill(text, values):
    """The text for one person. A line whose placeholders are all empty is left out."""
    lines = []
    for line in text.replace("\r\n", "\n").rstrip().split("\n"):
        if _is_silent(line, values):
            continue
        value = values.get(_alone(line))
        if isinstance(value, (list, tuple)):
            lines += [f"- {said(one)}" for one in value if said(one)]
        else:
            lines.append(_filled(line, values).rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


@dataclass(frozen=True)
class Part:
    """A piece of a mail: `look` names the file in `templates/messages/parts/` that shows it."""

    look: str
    text: str = ""
    url: str = ""
    facts: tuple[tuple[str, str], ...] = ()


def parts(text, values, *, addresses=(), language="nl"):
    """The same text in the look of a mail: what a line is, is decided before it is filled in."""
    text = text.replace("\r\n", "\n")
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        lines = [line for line in block.split("\n") if not _is_silent(line, values)]
        if lines:
            yield from _parts_of(lines, values, addresses, language)


def _parts_of(lines, values, addresses, language):
    if all(_FACT.match(line) for line in lines):
        yield Part("facts", facts=tuple(_fact(line, values) for line in lines))
        return
    waiting = []  # lines of one paragraph
    for line in lines:
        name = _alone(line)
        value = values.get(name)
        if name in addresses:
            label = _filled(waiting.pop(), values).strip().rstrip(":") if waiting else ""
            yield from _paragraph(waiting)
            waiting = []
            yield Part("button", label or GO_ON.get(language, GO_ON["nl"]), url=said(value))
        elif isinstance(value, (list, tuple)) or _ITEM.match(line):
            yield from _heading(waiting)
            waiting = []
            items = value if isinstance(value, (list, tuple)) else [_ITEM.sub("", line)]
            for item in items:
                words = said(item) if items is value else _filled(item, values)
                yield Part("step", _linked(words))
        else:
            waiting.append(_filled(line, values).strip())
    yield from _paragraph(waiting)


def _fact(line, values):
    label, _colon, value = line.strip().partition(":")
    return _filled(label, values), _filled(value.strip(), values)


def _heading(lines):
    if len(lines) == 1:
        yield Part("heading", lines[0])
    else:
        yield from _paragraph(lines)


def _paragraph(lines):
    lines = [line for one in lines for line in one.split("\n")]
    if any(lines):
        yield Part(
            "paragraph", format_html_join(SafeString("<br>"), "{}", [[_linked(x)] for x in lines])
        )


def _linked(words):
    return format_html("{}", SafeString(urlize(words, autoescape=True)))
