"""The call list: people without e-mail address, on the screen and on paper."""

from datetime import timedelta

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from home.core.admin.base import BaseListingView, ScreenViewSet, StaffViewMixin
from home.core.personal_data import remove_national_numbers, validate_no_national_number
from home.documents.rendering import DocumentError
from home.messages.admin.messages import MessageActionView, location_names
from home.messages.documents import render_call_list
from home.messages.models import Message, MessageSettings
from home.messages.operations import staff_actions
from home.messages.registry import DUTCH, LANGUAGES, supported_language

MAX_PRINTED = 200
MAX_DELAY = timedelta(days=90)


class CallForm(forms.Form):
    """The outcome of a call, and the moment to call back."""

    outcome = forms.ChoiceField(choices=Message.Outcome)
    note = forms.CharField(required=False, max_length=500, validators=[validate_no_national_number])
    at = forms.DateTimeField(
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        error_messages={"invalid": gettext_lazy("This is not a date and time.")},
    )

    def clean(self):
        data = super().clean()
        if data.get("outcome") != Message.Outcome.CALL_BACK:
            data["at"] = None
        if at := data.get("at"):
            now = timezone.now()
            if not now < at < now + MAX_DELAY:
                self.add_error("at", _("Choose a moment in the next 90 days."))
            elif MessageSettings.quiet_hours().include(at):
                self.add_error("at", _("Nobody is called at that hour. Choose another one."))
        return data


def foreign_language_name(message):
    """Return the language of the recipient in that language, or "" for Dutch."""
    code = supported_language(message.language)
    return "" if code == DUTCH else LANGUAGES[code]


class CallListView(StaffViewMixin, BaseListingView):
    """The calls to make now, each with a form for its outcome."""

    template_name = "home/messages/admin/calls.html"
    results_template_name = "home/messages/admin/calls_results.html"
    index_url_name = "calls:index"
    index_results_url_name = "calls:results"
    page_title = gettext_lazy("To call")
    paginate_by = 50

    def get_base_queryset(self):
        return Message.objects.visible_to(self.request.user).to_call()

    def order_queryset(self, queryset):
        return queryset

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        names = location_names(context["object_list"])
        failed_form = self.request.session.pop("failed_call_form", {})
        now = timezone.now()
        night = None
        if not context["object_list"] and MessageSettings.quiet_hours().include(now):
            night = {
                "until": MessageSettings.quiet_hours().end,
                "waiting": Message.objects.visible_to(self.request.user).waiting_calls(now).count(),
            }
        return context | {
            "calls": [
                {
                    "message": row,
                    "place": names.get(row.location_code, ""),
                    "spoken": foreign_language_name(row),
                    **(failed_form if failed_form.get("pk") == str(row.pk) else {}),
                }
                for row in context["object_list"]
            ],
            "night": night,
            "outcomes": Message.Outcome.choices,
            "earliest": timezone.localtime(now),
        }


class RecordCallView(MessageActionView):
    """Record the outcome of a call."""

    success_url_name = "calls:index"

    def run_action(self, message):
        form = CallForm(self.request.POST)
        if not form.is_valid():
            return self.keep_form(message, form)
        outcome = form.cleaned_data["outcome"]
        message = staff_actions.record_call(
            message,
            outcome,
            note=form.cleaned_data["note"],
            at=form.cleaned_data["at"],
            user=self.request.user,
        )
        name = {"name": message.recipient_name}
        if message.state == Message.State.DONE:
            return _("Saved: you reached %(name)s.") % name
        if message.state == Message.State.FAILED:
            return _("Saved. That was the last call without an answer: try another way.")
        return _("Saved. %(name)s will be on the list again.") % name

    def keep_form(self, message, form):
        """Show the list again with the data and errors of the form."""
        error = " ".join(text for texts in form.errors.values() for text in texts)
        note = remove_national_numbers(self.request.POST.get("note", ""))[:500]
        self.request.session["failed_call_form"] = {
            "pk": str(message.pk),
            "note": note,
            "at": self.request.POST.get("at", "")[:20],
            "error": error,
        }
        messages.error(self.request, error)


class CallListPdfView(StaffViewMixin, View):
    """The call list as a PDF, to call without a screen."""

    def get(self, request):
        rows = list(Message.objects.visible_to(request.user).to_call()[:MAX_PRINTED])
        if not rows:
            messages.info(request, _("There is nobody to call now."))
            return redirect("calls:index")
        by = request.user.get_full_name() or request.user.get_username()
        try:
            pdf = render_call_list(rows, printed_by=by, language_name=foreign_language_name)
        except DocumentError as error:
            messages.error(request, str(error))
            return redirect("calls:index")
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": 'inline; filename="bellijst.pdf"'},
        )


class CallViewSet(ScreenViewSet):
    """The screens of the call list."""

    model = Message
    permission_required = "view"
    name = "calls"
    url_prefix = "bellen"
    icon = "phone"
    menu_label = gettext_lazy("To call")

    def get_urlpatterns(self):
        record = self.construct_view(RecordCallView, permission_required="change")
        return [
            path("", self.construct_view(CallListView), name="index"),
            path("results/", self.construct_view(CallListView, results_only=True), name="results"),
            path("lijst.pdf", self.construct_view(CallListPdfView), name="paper"),
            path("<uuid:pk>/", record, name="record"),
        ]
