"""Where a coordinator starts from: the template files, with a placeholder for each value."""

import re

from home.messages.operations.queue import Recipient
from home.messages.registry import site_words
from home.messages.texts import Words, from_templates

_MARK = re.compile(r"\0(\w+)\0")
_UNDERLINED = re.compile(r"\A.+\n=+\n+")
_FOOT = "\n--\n"
_LENGTH = 987_654_321  # of every list: a line that counts one can not be said with placeholders


class _Number(int):
    """Two, so that words are plural; written as its placeholder."""

    def __new__(cls, name):
        made = super().__new__(cls, 2)
        made.name = name
        return made

    def __str__(self):
        return f"{{{self.name}}}"


class _Item(dict):
    """A line of a list, whatever part of it is asked for."""

    def __init__(self, name):
        super().__init__({"": name})
        self.name = name

    def __getitem__(self, key):
        return f"\0{self.name}\0"

    __str__ = __repr__ = lambda self: self[""]


class _List(list):
    def __init__(self, name):
        super().__init__([_Item(name)])

    def __len__(self):
        return _LENGTH


def _stand_in(placeholder):
    if isinstance(placeholder.sample, (list, tuple)):
        return _List(placeholder.name)
    if isinstance(placeholder.sample, int) and not isinstance(placeholder.sample, bool):
        return _Number(placeholder.name)
    return f"{{{placeholder.name}}}"


def default_words(kind):
    """The words of the template files as a coordinator would have written them."""
    context = {one.name: _stand_in(one) for one in kind.own}
    context |= {name: f"{{{name}}}" for name in site_words()}
    someone = {"name": "{recipient}", "phone": "0"}
    subject, body, _html = from_templates(kind.name, Recipient(**someone, email="x@y"), context)
    _subject, call, _html = from_templates(kind.name, Recipient(**someone), context)
    return Words(_written(subject), _body(body), _written(call))


def _body(text):
    """Without the title, which is the subject, and without who sends it, which always follows."""
    text = _UNDERLINED.sub("", text).replace(_FOOT, "\n")
    lines = [line for line in text.split("\n") if line.strip() != "{sender}"]
    return _written("\n".join(lines))


def _written(text):
    lines = []
    for line in text.split("\n"):
        marks = _MARK.findall(line)
        if str(_LENGTH) in line:
            continue
        if len(marks) > 1 or line.lstrip("- ").startswith("\0"):
            line = f"{{{marks[0]}}}"
        lines.append(_MARK.sub(r"{\1}", line).rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
