"""What is left to put right on a page with several forms: one list, each with its place."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Problem:
    text: str
    place: str = ""  # the id to go to; none for what is about the page as a whole


def problems(lines, form):
    """Of the lines first, then of the form below them; nothing on a page that is just opened."""
    found = []
    if lines is not None and lines.is_bound:
        found += [Problem(text) for text in lines.non_form_errors()]
        for number, line in enumerate(lines.forms, start=1):
            found += [
                Problem(
                    _("Device %(number)d: %(text)s") % {"number": number, "text": _lower(text)},
                    place,
                )
                for text, place in _of(line)
            ]
    if form.is_bound:
        found += [Problem(text, place) for text, place in _of(form)]
    return found


def _of(form):
    for text in form.non_field_errors():
        yield text, ""
    for field in form:
        for text in field.errors:
            # A group of choices has no field of its own: its fieldset carries the id.
            yield text, field.auto_id if field.use_fieldset else field.id_for_label


def _lower(text):
    return text[:1].lower() + text[1:]
