"""The texts of messages, by type and language: edit them, and preview them with real data."""

from dataclasses import asdict, dataclass
from itertools import groupby

from django import forms
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.widgets import AdminAutoHeightTextInput

from home.core.admin.base import ScreenViewSet, StaffViewMixin
from home.core.admin.multi_action import MultiActionMixin
from home.core.personal_data import validate_no_national_number
from home.messages.default_texts import default_text
from home.messages.models import Message, MessageText
from home.messages.operations import texts
from home.messages.operations.queue import Recipient
from home.messages.placeholders import placeholder_errors
from home.messages.registry import DUTCH, LANGUAGES, RIGHT_TO_LEFT, registered
from home.messages.rendering import TextTemplate, render_custom_text, render_default_text


class TextListView(StaffViewMixin, TemplateView):
    """All message types, and the languages in which each has a text of its own."""

    template_name = "home/messages/admin/texts.html"
    page_title = gettext_lazy("Texts of messages")

    def get_context_data(self, **kwargs):
        own_texts = set(MessageText.objects.values_list("kind", "language"))
        message_types = sorted(
            registered.values(), key=lambda row: (str(row.about), str(row.label))
        )
        groups = [
            (about, [(row, self.languages(row, own_texts)) for row in rows])
            for about, rows in groupby(message_types, key=lambda row: str(row.about))
        ]
        return super().get_context_data(**kwargs) | {"groups": groups, "languages": LANGUAGES}

    def languages(self, message_type, own_texts):
        """Return (code, name, has a text of its own) for each language."""
        return [
            (code, name, (message_type.name, code) in own_texts) for code, name in LANGUAGES.items()
        ]


class MessageTextForm(forms.Form):
    """The text of one message type; unknown placeholders are refused."""

    subject = forms.CharField(
        label=gettext_lazy("Subject"), max_length=200, validators=[validate_no_national_number]
    )
    body = forms.CharField(
        label=gettext_lazy("Mail and letter"),
        max_length=20_000,
        validators=[validate_no_national_number],
        widget=AdminAutoHeightTextInput,
        help_text=gettext_lazy(
            "An empty line starts a new paragraph. A line that starts with - is a list item. Two "
            "spaces before “Place: Aalst” put it in the box with facts. A line with only a link "
            "becomes a button, with the line above it as its label. A line whose values are all "
            "empty is left out."
        ),
    )
    call = forms.CharField(
        label=gettext_lazy("What you say on the phone"),
        required=False,
        max_length=20_000,
        validators=[validate_no_national_number],
        widget=AdminAutoHeightTextInput,
        help_text=gettext_lazy(
            "For people without an e-mail address. Leave it empty to use the default text."
        ),
    )

    def __init__(self, *args, message_type, language, **kwargs):
        super().__init__(*args, **kwargs)
        self.message_type = message_type
        for field in self.fields.values():
            field.widget.attrs |= {"lang": language, "spellcheck": "true"}
            if language in RIGHT_TO_LEFT:
                field.widget.attrs["dir"] = "rtl"

    def clean(self):
        for name, text in list(super().clean().items()):
            for sentence in placeholder_errors(text, self.message_type):
                self.add_error(name, sentence)

    @property
    def text(self):
        """The text with normalised line ends, without blank space around it."""
        lines = {name: text.replace("\r\n", "\n") for name, text in self.cleaned_data.items()}
        return TextTemplate(**{name: text.strip("\n").rstrip() for name, text in lines.items()})


@dataclass(frozen=True)
class MessagePreview:
    """A message as its recipients would get it."""

    subject: str
    text: str
    html: str
    call: str


class TextURLMixin:
    """The message type and the language from the URL, or 404."""

    @cached_property
    def message_type(self):
        try:
            return registered[self.kwargs["kind"]]
        except KeyError:
            raise Http404 from None

    @cached_property
    def language(self):
        if self.kwargs["language"] not in LANGUAGES:
            raise Http404
        return self.kwargs["language"]


class EditTextView(MultiActionMixin, TextURLMixin, StaffViewMixin, FormView):
    """Edit the text of a message type in one language; another button shows a preview."""

    actions = ("preview",)
    form_class = MessageTextForm
    template_name = "home/messages/admin/text.html"

    def get_page_title(self):
        return self.message_type.label

    def get_page_subtitle(self):
        return LANGUAGES[self.language]

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("message_texts:index"), "label": _("Texts of messages")},
            {"url": "", "label": f"{self.message_type.label} ({LANGUAGES[self.language]})"},
        ]

    @cached_property
    def own_texts(self):
        """Return the rows of this message type, by language."""
        rows = MessageText.objects.filter(kind=self.message_type.name)
        return {row.language: row for row in rows}

    @cached_property
    def current(self):
        """Return the text in this language, or else the Dutch text to translate."""
        row = self.own_texts.get(self.language) or self.own_texts.get(DUTCH)
        if row is None:
            return default_text(self.message_type)
        return TextTemplate(row.subject, row.body, row.call)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "message_type": self.message_type,
            "language": self.language,
        }

    def get_initial(self):
        return asdict(self.current)

    def unknown_action(self):
        """Save the form, as without a preview."""
        return FormView.post(self, self.request)

    def preview(self):
        """Show the form again with a preview of its text."""
        form = self.get_form()
        if not form.is_valid():
            return self.form_invalid(form)
        context = self.get_context_data(form=form, preview=self.render_preview(form.text))
        return self.render_to_response(context)

    def form_valid(self, form):
        try:
            texts.save_text(self.message_type, self.language, form.text, user=self.request.user)
        except texts.InvalidText as error:
            for name, sentences in error.by_field.items():
                form.add_error(name, sentences)
            return self.form_invalid(form)
        messages.success(self.request, _("Saved. Every message from now on has this text."))
        return redirect("message_texts:edit", self.message_type.name, self.language)

    @cached_property
    def last_message(self):
        """Return the last visible message of this type that has stored values."""
        row = Message.objects.visible_to(self.request.user).filter(kind=self.message_type.name)
        row = row.only("context", "recipient_name", "created_at").order_by("-created_at").first()
        return row if row and row.context else None

    def render_preview(self, text=None):
        """Return the mail and the call for a TextTemplate, or for the default text."""
        context = self.message_type.sample | (
            self.last_message.context if self.last_message else {}
        )
        name = self.last_message.recipient_name if self.last_message else "Lotte Demo"

        def render(recipient, *, is_own):
            if is_own:
                return render_custom_text(
                    self.message_type, text, recipient, context, self.language
                )
            return render_default_text(self.message_type.name, recipient, context)

        subject, plain, html = render(Recipient(name, email="x@y"), is_own=text is not None)
        has_call = text is not None and bool(text.call)
        _subject, call, _html = render(Recipient(name, phone="0"), is_own=has_call)
        return MessagePreview(subject, plain, html, call)

    def get_context_data(self, **kwargs):
        row = self.own_texts.get(self.language)
        if kwargs.get("preview") is None and not self.request.POST:
            has_own_text = row or self.own_texts.get(DUTCH)
            kwargs["preview"] = self.render_preview(self.current if has_own_text else None)
        return super().get_context_data(**kwargs) | {
            "kind": self.message_type,
            "language": self.language,
            "languages": [(code, name, code in self.own_texts) for code, name in LANGUAGES.items()],
            "row": row,
            "real": self.last_message,
            "is_dutch": self.language == DUTCH,
        }


class RestoreView(TextURLMixin, StaffViewMixin, View):
    """Restore the default text."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        texts.restore_default_text(self.message_type, self.language, user=request.user)
        messages.success(request, _("The default text is restored."))
        return redirect("message_texts:edit", self.message_type.name, self.language)


class MessageTextViewSet(ScreenViewSet):
    """The screens for the texts of messages."""

    model = MessageText
    permission_required = "view"
    name = "message_texts"
    url_prefix = "berichtteksten"
    icon = "edit"
    menu_label = gettext_lazy("Texts of messages")

    def get_urlpatterns(self):
        edit = self.construct_view(EditTextView, permission_required="change")
        restore = self.construct_view(RestoreView, permission_required="delete")
        return [
            path("", self.construct_view(TextListView), name="index"),
            path("<slug:kind>/<slug:language>/", edit, name="edit"),
            path("<slug:kind>/<slug:language>/delete/", restore, name="delete"),
        ]
