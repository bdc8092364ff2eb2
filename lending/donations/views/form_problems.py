"""Summary of the errors of a page with several forms."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class FormProblem:
    """An error, and the id of its field unless it concerns the whole page."""

    text: str
    field_id: str = ""


def list_problems(lines, form):
    """Return the problems of the lines, then those of the form; none if nothing was posted."""
    problems = []
    if lines is not None and lines.is_bound:
        problems += [FormProblem(text) for text in lines.non_form_errors()]
        for number, line in enumerate(lines.forms, start=1):
            problems += [
                FormProblem(
                    _("Device %(number)d: %(text)s")
                    % {"number": number, "text": _lower_first(text)},
                    field_id,
                )
                for text, field_id in _problems_of(line)
            ]
    if form.is_bound:
        problems += [FormProblem(text, field_id) for text, field_id in _problems_of(form)]
    return problems


def _problems_of(form):
    for text in form.non_field_errors():
        yield text, ""
    for field in form:
        for text in field.errors:
            # A group of choices is a fieldset, which has the id.
            yield text, field.auto_id if field.use_fieldset else field.id_for_label


def _lower_first(text):
    return text[:1].lower() + text[1:]
