"""Pages with a form that editors build, and their submissions."""

import uuid

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.models import (
    AbstractForm,
    AbstractFormField,
    AbstractFormSubmission,
)
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from home.core.personal_data import FreeCharField, FreeTextField, validate_no_national_number
from home.forms.form_builder import AnswerFormBuilder
from home.forms.panels import AnswersPanel
from home.pages.body import AsideField
from home.pages.models.introduction import IntroductionMixin

CHOICE_TYPES = ("radio", "dropdown", "checkboxes")
RESERVED_NAMES = {
    "website",
    "opened",
    "request_key",
    "submit_time",
}  # names of fields that every form has


class FormPageQuerySet(PageQuerySet):
    def for_error_reports(self):
        """Return the live pages on which visitors can report a mistake on the site."""
        return self.live().filter(receives_error_reports=True).order_by("path")


class FormPage(IntroductionMixin, AbstractForm):
    button = FreeCharField(
        _("text on the button"), max_length=40, blank=True, help_text=_("For example: Send.")
    )
    privacy = FreeTextField(
        _("what happens with the answers"),
        max_length=600,
        blank=True,
        help_text=_("Shown beside the form. Who reads the answers, and why?"),
    )
    thanks_title = FreeCharField(_("title of the thank-you page"), max_length=80, blank=True)
    thanks = FreeTextField(
        _("thanks"), max_length=400, blank=True, help_text=_("And what happens next, and when.")
    )
    warn = models.EmailField(
        _("address to notify"),
        blank=True,
        help_text=_("Gets a mail for each form, without the answers: those are read here."),
    )
    keep_months = models.PositiveSmallIntegerField(
        _("months to keep the answers"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("After that they are deleted automatically."),
    )
    receives_error_reports = models.BooleanField(
        _("“Seen a mistake?” leads here"),
        default=False,
        help_text=_("The link in the footer of every page."),
    )

    aside = AsideField(
        blank=True,
        verbose_name=_("beside the form"),
        help_text=_("Keep it short: what nobody should miss."),
    )

    objects = PageManager.from_queryset(FormPageQuerySet)()

    form_builder = AnswerFormBuilder
    serve_view = None  # set in wagtail_hooks, because a model does not import views
    template = "home/forms/form_page.html"
    landing_page_template = "home/forms/form_thanks.html"

    content_panels = [
        AnswersPanel(),
        *AbstractForm.content_panels,
        FieldPanel("introduction"),
        InlinePanel("form_fields", label=_("question"), heading=_("Questions")),
        FieldPanel("button"),
        FieldPanel("privacy"),
        FieldPanel("aside"),
        MultiFieldPanel(
            [FieldPanel("thanks_title"), FieldPanel("thanks")], heading=_("After sending")
        ),
        MultiFieldPanel(
            [FieldPanel("warn"), FieldPanel("keep_months"), FieldPanel("receives_error_reports")],
            heading=_("What happens with the answers"),
        ),
    ]
    search_fields = [*AbstractForm.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("page with a form")
        verbose_name_plural = _("pages with a form")
        constraints = [
            models.CheckConstraint(
                condition=Q(keep_months__gte=1, keep_months__lte=60),
                name="form_keeps_answers_for_a_while",
            )
        ]

    def get_submission_class(self):
        return Submission

    def serve(self, request, *args, **kwargs):
        return self.serve_view(request, self)


class FormField(AbstractFormField):
    """A question; its type decides how it is answered and counted."""

    KINDS = [
        ("singleline", _("One line")),
        ("multiline", _("Several lines")),
        ("email", _("E-mail address")),
        ("phone", _("Telephone number")),
        ("number", _("Number")),
        ("date", _("Date")),
        ("radio", _("One of these")),
        ("dropdown", _("One of these, in a list")),
        ("checkboxes", _("Some of these")),
        ("checkbox", _("A box to tick")),
        ("page", _("A page of this site: filled in with the page the visitor came from")),
    ]
    page = ParentalKey(FormPage, on_delete=models.CASCADE, related_name="form_fields")
    field_type = models.CharField(_("kind"), max_length=16, choices=KINDS)
    field_type.required_on_save = True

    def get_field_clean_name(self):
        name = super().get_field_clean_name()
        return f"{name}_answer" if name in RESERVED_NAMES else name

    def clean(self):
        super().clean()
        for text in (self.label, self.help_text, self.choices, self.default_value):
            validate_no_national_number(text)
        if self.is_choice and not self.choices.strip():
            raise ValidationError({"choices": _("Which answers can people choose? One per line.")})

    @property
    def is_choice(self):
        return self.field_type in CHOICE_TYPES


class AnswersField(models.JSONField):
    """Answers by name of the question; refuses national register numbers."""

    def get_db_prep_save(self, value, connection):
        for answer in value.values() if isinstance(value, dict) else ():
            for text in answer if isinstance(answer, list) else [answer]:
                validate_no_national_number(text)
        return super().get_db_prep_save(value, connection)


class SubmissionQuerySet(models.QuerySet):
    def expired(self, page, now=None):
        """Return the submissions of this page that are older than `keep_months`."""
        limit = timezone.localtime(now) - relativedelta(months=page.keep_months)
        return self.filter(page=page, submit_time__lt=limit)


class Submission(AbstractFormSubmission):
    """The answers to a form; `request_key` prevents that a form sent twice counts twice."""

    form_data = AnswersField(encoder=DjangoJSONEncoder)
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = SubmissionQuerySet.as_manager()

    add_to_reference_index = False

    class Meta:
        verbose_name = _("form that was sent")
        verbose_name_plural = _("forms that were sent")
        default_permissions = ("view", "delete")
        indexes = [models.Index(fields=["page", "submit_time"], name="submission_page")]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    def get_data(self):
        """Return the answers as shown in the list of submissions."""
        answers = {name: _("yes") if value is True else value for name, value in self.answers}
        return {**answers, "submit_time": self.submit_time}

    @property
    def answers(self):
        return self.form_data.items()
