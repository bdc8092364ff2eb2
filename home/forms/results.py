"""Results of a form: choices are counted, written answers are listed."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from home.forms.form_builder import AnswerFormBuilder
from home.forms.models import CHOICE_TYPES, Submission

MIN_COUNT = 5  # fewer people than this could be recognised
MAX_TEXTS = 50
CONTACT_TYPES = {"email", "phone"}  # only shown in the list of submissions


@dataclass(frozen=True)
class AnswerCount:
    text: str
    count: int
    share: int  # percentage of the people who answered
    hidden: str = ""

    @property
    def shown(self):
        return self.hidden or str(self.count)


@dataclass(frozen=True)
class QuestionResult:
    label: str
    answered: int = 0
    bars: tuple[AnswerCount, ...] = ()
    texts: tuple[str, ...] = ()
    more: int = 0
    several: bool = False

    @property
    def is_counted(self):
        return bool(self.bars)

    @property
    def hides(self):
        return any(bar.hidden for bar in self.bars)


@dataclass(frozen=True)
class FormResults:
    total: int
    questions: list[QuestionResult] = field(default_factory=list)


def get_results(page, *, to_share=False):
    """Return the results of a form page, in two queries.

    With `to_share` they are anonymous: no written answers, and no count under 5, not even one that
    can be derived from the others.
    """
    fields = list(page.get_form_fields())
    answers = list(
        Submission.objects.filter(page=page)
        .order_by("-submit_time", "-pk")
        .values_list("form_data", flat=True)
    )
    questions = [
        _get_question_result(field, [row.get(field.clean_name) for row in answers])
        for field in fields
    ]
    questions = [question for question in questions if question]
    if to_share:
        questions = [_anonymise(question) for question in questions if question.is_counted]
    return FormResults(len(answers), questions)


def _get_question_result(field, given):
    given = [answer for answer in given if answer not in (None, "", [])]
    if field.field_type in CHOICE_TYPES:
        return _count_choices(field, given)
    if field.field_type == "checkbox":
        ticked = sum(answer is True for answer in given)
        return QuestionResult(
            field.label, ticked, (AnswerCount(_("ticked"), ticked, 100 if ticked else 0),)
        )
    if field.field_type in CONTACT_TYPES:
        return None
    texts = tuple(str(answer) for answer in given)
    return QuestionResult(
        field.label, len(given), texts=texts[:MAX_TEXTS], more=max(0, len(texts) - MAX_TEXTS)
    )


def _count_choices(field, given):
    """Count the choices in the order of the form, then answers that are no longer offered."""
    counts = Counter(
        text for answer in given for text in (answer if isinstance(answer, list) else [answer])
    )
    choices = [text for text, _label in AnswerFormBuilder([]).get_formatted_field_choices(field)]
    texts = dict.fromkeys([text for text in choices if text] + sorted(counts))
    bars = tuple(
        AnswerCount(text, counts[text], round(100 * counts[text] / len(given)) if given else 0)
        for text in texts
    )
    return QuestionResult(field.label, len(given), bars, several=field.field_type == "checkboxes")


def _anonymise(question):
    """Hide small counts; also the next one if only one is small, as the sum would reveal it."""
    small = [bar for bar in question.bars if 0 < bar.count < MIN_COUNT]
    others = sorted(
        (bar for bar in question.bars if bar.count >= MIN_COUNT), key=lambda bar: bar.count
    )
    also_hidden = others[:1] if len(small) == 1 else []
    bars = tuple(
        AnswerCount(bar.text, 0, 0, f"<{MIN_COUNT}")
        if bar in small
        else AnswerCount(bar.text, 0, 0, "…")
        if bar in also_hidden
        else bar
        for bar in question.bars
    )
    answered = 0 if small else question.answered
    return QuestionResult(question.label, answered, bars, several=question.several)
