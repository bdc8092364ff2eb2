"""The words of every message, by kind and language: change them, see them with real data."""

from dataclasses import dataclass
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
from home.core.personal_data import validate_no_national_number
from home.messages.default_texts import default_words
from home.messages.models import Message, MessageText
from home.messages.operations import texts
from home.messages.operations.queue import Recipient
from home.messages.placeholders import trouble
from home.messages.registry import DUTCH, LANGUAGES, RIGHT_TO_LEFT, registered
from home.messages.texts import Words, from_templates, written


class TextsView(StaffViewMixin, TemplateView):
    """Every kind of message, and in which languages somebody wrote its words."""

    template_name = "home/messages/admin/texts.html"
    page_title = gettext_lazy("Texts of messages")

    def get_context_data(self, **kwargs):
        own = set(MessageText.objects.values_list("kind", "language"))
        kinds = sorted(registered.values(), key=lambda kind: (str(kind.about), str(kind.label)))
        groups = [
            (about, [(kind, self.languages(kind, own)) for kind in of_group])
            for about, of_group in groupby(kinds, key=lambda kind: str(kind.about))
        ]
        return super().get_context_data(**kwargs) | {"groups": groups, "languages": LANGUAGES}

    def languages(self, kind, own):
        return [(code, name, (kind.name, code) in own) for code, name in LANGUAGES.items()]


class WordsForm(forms.Form):
    """The words of one message; a placeholder that means nothing is refused."""

    subject = forms.CharField(
        label=gettext_lazy("Subject"), max_length=200, validators=[validate_no_national_number]
    )
    body = forms.CharField(
        label=gettext_lazy("Mail and letter"),
        max_length=20_000,
        validators=[validate_no_national_number],
        widget=AdminAutoHeightTextInput,
        help_text=gettext_lazy(
            "An empty line begins a new paragraph. A line that begins with - is a point in a list. "
            "Two spaces before “Place: Aalst” put it in the box with facts. A line with only an "
            "address becomes a button, and the line above it says what is on the button. "
            "A line that has nothing to say for somebody is left out."
        ),
    )
    call = forms.CharField(
        label=gettext_lazy("What you say on the phone"),
        required=False,
        max_length=20_000,
        validators=[validate_no_national_number],
        widget=AdminAutoHeightTextInput,
        help_text=gettext_lazy(
            "For who has no e-mail address. Leave it empty for the words of the site."
        ),
    )

    def __init__(self, *args, kind, language, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        for field in self.fields.values():
            field.widget.attrs |= {"lang": language, "spellcheck": "true"}
            if language in RIGHT_TO_LEFT:
                field.widget.attrs["dir"] = "rtl"

    def clean(self):
        for name, text in list(super().clean().items()):
            for sentence in trouble(text, self.kind):
                self.add_error(name, sentence)

    @property
    def words(self):
        """As a browser sends it, without what no one sees."""
        typed = {name: text.replace("\r\n", "\n") for name, text in self.cleaned_data.items()}
        return Words(**{name: text.strip("\n").rstrip() for name, text in typed.items()})


@dataclass(frozen=True)
class Preview:
    """A message as it would come out, and of whom the data are."""

    subject: str
    text: str
    html: str
    call: str
    letter_to: str = ""


class OneText:
    """The kind and the language in the address, if there are such."""

    @cached_property
    def kind(self):
        try:
            return registered[self.kwargs["kind"]]
        except KeyError:
            raise Http404 from None

    @cached_property
    def language(self):
        if self.kwargs["language"] not in LANGUAGES:
            raise Http404
        return self.kwargs["language"]


class WordsView(OneText, StaffViewMixin, FormView):
    """GET shows the words that count; POST keeps others, or shows how they would come out."""

    form_class = WordsForm
    template_name = "home/messages/admin/text.html"

    def get_page_title(self):
        return self.kind.label

    def get_page_subtitle(self):
        return LANGUAGES[self.language]

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("message_texts:index"), "label": _("Texts of messages")},
            {"url": "", "label": f"{self.kind.label} ({LANGUAGES[self.language]})"},
        ]

    @cached_property
    def own(self):
        rows = MessageText.objects.filter(kind=self.kind.name)
        return {row.language: row for row in rows}

    @cached_property
    def current(self):
        """What is said in this language now, or what one would translate."""
        row = self.own.get(self.language) or self.own.get(DUTCH)
        return Words(row.subject, row.body, row.call) if row else default_words(self.kind)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"kind": self.kind, "language": self.language}

    def get_initial(self):
        return {"subject": self.current.subject, "body": self.current.body} | {
            "call": self.current.call
        }

    def form_valid(self, form):
        if self.request.POST.get("do") == "preview":
            return self.render_to_response(
                self.get_context_data(form=form, preview=self.preview(form.words))
            )
        try:
            texts.write(self.kind, self.language, form.words, user=self.request.user)
        except texts.WrongWords as error:
            for name, sentences in error.by_field.items():
                form.add_error(name, sentences)
            return self.form_invalid(form)
        messages.success(self.request, _("Kept. Every message from now on says this."))
        return redirect("message_texts:edit", self.kind.name, self.language)

    @cached_property
    def real(self):
        """The last message of this kind that the person may see, with what it was made of."""
        row = Message.objects.visible_to(self.request.user).filter(kind=self.kind.name)
        row = row.only("context", "recipient_name", "created_at").order_by("-created_at").first()
        return row if row and row.context else None

    def preview(self, words=None):
        """The message as mail and as call; without words, as the site itself says it."""
        context = self.kind.sample | (self.real.context if self.real else {})
        name = self.real.recipient_name if self.real else "Lotte Demo"
        mailed, called = Recipient(name, email="x@y"), Recipient(name, phone="0")
        standard = lambda to: from_templates(self.kind.name, to, context)  # noqa: E731
        own = lambda to: written(self.kind, words, to, context, self.language)  # noqa: E731
        subject, text, html = (own if words else standard)(mailed)
        _subject, call, _html = (own if words and words.call else standard)(called)
        return Preview(subject, text, html, call)

    def get_context_data(self, **kwargs):
        row = self.own.get(self.language)
        if kwargs.get("preview") is None and not self.request.POST:
            says = row or self.own.get(DUTCH)
            kwargs["preview"] = self.preview(self.current if says else None)
        return super().get_context_data(**kwargs) | {
            "kind": self.kind,
            "language": self.language,
            "languages": [(code, name, code in self.own) for code, name in LANGUAGES.items()],
            "row": row,
            "real": self.real,
            "is_dutch": self.language == DUTCH,
        }


class RestoreView(OneText, StaffViewMixin, View):
    http_method_names = ["post"]

    def post(self, request, **kwargs):
        texts.restore(self.kind, self.language, user=request.user)
        messages.success(request, _("The words of the site are back."))
        return redirect("message_texts:edit", self.kind.name, self.language)


class MessageTextViewSet(ScreenViewSet):
    model = MessageText
    permission_required = "view"
    name = "message_texts"
    url_prefix = "berichtteksten"
    icon = "edit"
    menu_label = gettext_lazy("Texts of messages")

    def get_urlpatterns(self):
        edit = self.construct_view(WordsView, permission_required="change")
        restore = self.construct_view(RestoreView, permission_required="delete")
        return [
            path("", self.construct_view(TextsView), name="index"),
            path("<slug:kind>/<slug:language>/", edit, name="edit"),
            path("<slug:kind>/<slug:language>/delete/", restore, name="delete"),
        ]
