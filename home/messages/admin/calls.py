"""The people without e-mail whom somebody calls: a list on the screen, and one on paper."""

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
from home.messages.admin.messages import MessageDeed, location_names
from home.messages.documents import render_call_list
from home.messages.models import Message, MessageSettings
from home.messages.operations import follow_up
from home.messages.registry import DUTCH, LANGUAGES, language_of

ON_PAPER = 200
LONGEST = timedelta(days=90)


class CallForm(forms.Form):
    """What came of a call, and when to call again if somebody asked that."""

    outcome = forms.ChoiceField(choices=Message.Outcome)
    note = forms.CharField(required=False, max_length=500, validators=[validate_no_national_number])
    at = forms.DateTimeField(
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        error_messages={"invalid": gettext_lazy("That is no day and hour.")},
    )

    def clean(self):
        found = super().clean()
        if found.get("outcome") != Message.Outcome.CALL_BACK:
            found["at"] = None
        if at := found.get("at"):
            now = timezone.now()
            if not now < at < now + LONGEST:
                self.add_error("at", _("Choose a moment that is still to come, within 90 days."))
            elif MessageSettings.quiet_hours().hold(at):
                self.add_error("at", _("At that hour nobody is called. Choose another."))
        return found


def spoken(message):
    """Another language than Dutch, by its own name."""
    code = language_of(message.language)
    return "" if code == DUTCH else LANGUAGES[code]


class CallListView(StaffViewMixin, BaseListingView):
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
        kept = self.request.session.pop("call_kept", {})
        now = timezone.now()
        night = None
        if not context["object_list"] and MessageSettings.quiet_hours().hold(now):
            night = {
                "until": MessageSettings.quiet_hours().end,
                "waiting": Message.objects.visible_to(self.request.user).waiting_calls(now).count(),
            }
        return context | {
            "calls": [
                {
                    "message": row,
                    "place": names.get(row.place, ""),
                    "spoken": spoken(row),
                    **(kept if kept.get("pk") == str(row.pk) else {}),
                }
                for row in context["object_list"]
            ],
            "night": night,
            "outcomes": Message.Outcome.choices,
            "earliest": timezone.localtime(now),
        }


class RecordCallView(MessageDeed):
    back = "calls:index"

    def do(self, message):
        form = CallForm(self.request.POST)
        if not form.is_valid():
            return self.ask_again(message, form)
        outcome = form.cleaned_data["outcome"]
        message = follow_up.record_call(
            message,
            outcome,
            note=form.cleaned_data["note"],
            at=form.cleaned_data["at"],
            user=self.request.user,
        )
        name = {"name": message.recipient_name}
        if message.state == Message.State.DONE:
            return _("Noted: you reached %(name)s.") % name
        if message.state == Message.State.FAILED:
            return _("Noted. Nobody answered for the last time: look for another way.")
        return _("Noted. %(name)s comes back on the list.") % name

    def ask_again(self, message, form):
        """The same list, with what was typed, without the number that may not be kept."""
        error = " ".join(text for texts in form.errors.values() for text in texts)
        note = remove_national_numbers(self.request.POST.get("note", ""))[:500]
        kept = {"pk": str(message.pk), "note": note, "at": self.request.POST.get("at", "")[:20]}
        self.request.session["call_kept"] = kept | {"error": error}
        messages.error(self.request, error)


class CallPaperView(StaffViewMixin, View):
    """The same list to print: for who calls in another room, and notes it afterwards."""

    def get(self, request):
        rows = list(Message.objects.visible_to(request.user).to_call()[:ON_PAPER])
        if not rows:
            messages.info(request, _("Nobody to call now."))
            return redirect("calls:index")
        by = request.user.get_full_name() or request.user.get_username()
        try:
            paper = render_call_list(rows, printed_by=by, language_name=spoken)
        except DocumentError as error:
            messages.error(request, str(error))
            return redirect("calls:index")
        return HttpResponse(
            paper,
            content_type="application/pdf",
            headers={"Content-Disposition": 'inline; filename="bellijst.pdf"'},
        )


class CallViewSet(ScreenViewSet):
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
            path("lijst.pdf", self.construct_view(CallPaperView), name="paper"),
            path("<uuid:pk>/", record, name="record"),
        ]
