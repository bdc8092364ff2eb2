"""What the answers to a form add up to: counted where one chooses, listed where one writes."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from home.forms.form_builder import AnswerFormBuilder
from home.forms.models import CHOICES, Submission

FEW = 5  # fewer people than this could be recognised by who hears the number
LATEST = 50
REACH = {"email", "phone"}  # how to reach somebody is read in the list, form by form


@dataclass(frozen=True)
class Bar:
    text: str
    count: int
    share: int  # per cent of who answered
    hidden: str = ""

    @property
    def shown(self):
        return self.hidden or str(self.count)


@dataclass(frozen=True)
class Question:
    label: str
    answered: int = 0
    bars: tuple[Bar, ...] = ()
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
class Results:
    total: int
    questions: list[Question] = field(default_factory=list)


def results(page, *, to_share=False):
    """The results of a page with a form; two queries, however many answers there are.

    `to_share`: for other eyes than those who may read every answer. Nothing that was written, and
    no number under 5, not even one that can be worked out from the others.
    """
    fields = list(page.get_form_fields())
    answers = list(
        Submission.objects.filter(page=page)
        .order_by("-submit_time", "-pk")
        .values_list("form_data", flat=True)
    )
    questions = [
        _question(field, [row.get(field.clean_name) for row in answers]) for field in fields
    ]
    questions = [question for question in questions if question]
    if to_share:
        questions = [_guarded(question) for question in questions if question.is_counted]
    return Results(len(answers), questions)


def _question(field, given):
    given = [answer for answer in given if answer not in (None, "", [])]
    if field.field_type in CHOICES:
        return _counted(field, given)
    if field.field_type == "checkbox":
        ticked = sum(answer is True for answer in given)
        return Question(field.label, ticked, (Bar(_("ticked"), ticked, 100 if ticked else 0),))
    if field.field_type in REACH:
        return None
    texts = tuple(str(answer) for answer in given)
    return Question(field.label, len(given), texts=texts[:LATEST], more=max(0, len(texts) - LATEST))


def _counted(field, given):
    """Choices in the order of the form; then what could be chosen once, and was."""
    counts = Counter(
        text for answer in given for text in (answer if isinstance(answer, list) else [answer])
    )
    choices = [text for text, _label in AnswerFormBuilder([]).get_formatted_field_choices(field)]
    texts = dict.fromkeys([text for text in choices if text] + sorted(counts))
    bars = tuple(
        Bar(text, counts[text], round(100 * counts[text] / len(given)) if given else 0)
        for text in texts
    )
    return Question(field.label, len(given), bars, several=field.field_type == "checkboxes")


def _guarded(question):
    """Few are hidden; if that is only one, the next smallest too, or the rest would tell."""
    few = [bar for bar in question.bars if 0 < bar.count < FEW]
    others = sorted((bar for bar in question.bars if bar.count >= FEW), key=lambda bar: bar.count)
    also = others[:1] if len(few) == 1 else []
    bars = tuple(
        Bar(bar.text, 0, 0, f"<{FEW}")
        if bar in few
        else Bar(bar.text, 0, 0, "…")
        if bar in also
        else bar
        for bar in question.bars
    )
    answered = 0 if few else question.answered
    return Question(question.label, answered, bars, several=question.several)
