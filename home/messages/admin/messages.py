"""The outbox in the admin: all messages, and the actions of staff on one of them."""

import django_filters
from django import forms
from django.contrib.admin.utils import quote
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from home.core.admin.base import BaseListingView, ScreenViewSet, StaffViewMixin
from home.messages.admin.health import health_for
from home.messages.letterheads import letterheads_of
from home.messages.models import Message
from home.messages.operations import staff_actions


def location_names(messages):
    """Return a dict of location code to name, for the locations of `messages`. One query."""
    return {code: letterhead.name for code, letterhead in letterheads_of(messages).items()}


class MessageActionView(StaffViewMixin, View):
    """Run an action on a message, show the result, and return to a list."""

    http_method_names = ["post"]
    success_url_name = "messages:index"

    def post(self, request, pk):
        message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
        try:
            sentence = self.run_action(message)
        except staff_actions.MessageActionError as error:
            messages.error(request, str(error))
        else:
            if sentence:
                messages.success(request, sentence)
        return redirect(self.get_success_url())

    def get_success_url(self):
        return reverse(self.success_url_name)

    def run_action(self, message):
        """Return a sentence about the result, if any."""
        raise NotImplementedError


class RetryView(MessageActionView):
    """Send a message again."""

    def get_success_url(self):
        return (
            reverse("letters:index") if self.request.POST.get("back") else super().get_success_url()
        )

    def run_action(self, message):
        name = {"name": message.recipient_name}
        if staff_actions.retry(message, user=self.request.user).channel == Message.Channel.LETTER:
            return _("You can print the letter to %(name)s again.") % name
        return _("The message to %(name)s will be sent again.") % name


class MarkDoneView(MessageActionView):
    """Mark a message as delivered in another way."""

    def run_action(self, message):
        staff_actions.mark_done(message, user=self.request.user)
        return _("Saved: %(name)s got the message.") % {"name": message.recipient_name}


class MessageFilterSet(WagtailFilterSet):
    """Filter by state and channel."""

    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"),
        choices=Message.State,
        widget=forms.CheckboxSelectMultiple,
    )
    channel = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Channel"),
        choices=Message.Channel,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Message
        fields = ["state", "channel"]


class MessageStateColumn(Column):
    """The state as a badge."""

    cell_template_name = "home/messages/admin/state_cell.html"


class MessageListView(StaffViewMixin, BaseListingView):
    """The visible messages, failed ones first."""

    index_url_name = "messages:index"
    index_results_url_name = "messages:results"
    page_title = gettext_lazy("Messages")
    filterset_class = MessageFilterSet
    is_searchable = True
    search_backend_name = None
    search_fields = ["recipient_name", "subject", "address", "phone"]
    paginate_by = 50
    template_name = "home/messages/admin/messages.html"
    columns = [
        TitleColumn(
            "subject",
            label=gettext_lazy("Subject"),
            get_url=lambda row: reverse("messages:message", args=[quote(row.pk)]),
        ),
        MessageStateColumn("state", label=gettext_lazy("State")),
        Column("recipient_name", label=gettext_lazy("Recipient")),
        Column("get_channel_display", label=gettext_lazy("Channel")),
        Column("location_code", label=gettext_lazy("Place")),
        DateColumn("created_at", label=gettext_lazy("Written")),
    ]

    def get_base_queryset(self):
        return Message.objects.visible_to(self.request.user).defer("text", "html", "context")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"health": health_for(self.request.user)}

    def order_queryset(self, queryset):
        return queryset.failed_first()


class MessageView(StaffViewMixin, TemplateView):
    """One message: its text, its state, and the possible actions."""

    template_name = "home/messages/admin/message.html"

    @cached_property
    def message(self):
        return get_object_or_404(
            Message.objects.visible_to(self.request.user), pk=self.kwargs["pk"]
        )

    def get_page_title(self):
        return self.message.subject

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("messages:index"), "label": _("Messages")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        row = self.message
        is_done = row.state in (Message.State.SENT, Message.State.DONE)
        may_change = self.user_has_permission("change")
        return super().get_context_data(**kwargs) | {
            "message": row,
            "place": location_names([row]).get(row.location_code, ""),
            "may_retry": may_change and row.can_be_retried,
            "waits_for_morning": row.is_held_by_quiet_hours(),
            "postal_address": row.postal_address.splitlines(),
            "may_settle": may_change
            and not is_done
            and row.channel != Message.Channel.MAIL
            or (may_change and row.is_failed),
        }


class MessageViewSet(ScreenViewSet):
    """The screens of the outbox."""

    model = Message
    permission_required = "view"
    name = "messages"
    url_prefix = "berichten"
    icon = "mail"
    menu_label = gettext_lazy("Messages")

    def get_urlpatterns(self):
        listing = self.construct_view(MessageListView, results_only=True)
        retry = self.construct_view(RetryView, permission_required="change")
        mark_done = self.construct_view(MarkDoneView, permission_required="change")
        return [
            path("", self.construct_view(MessageListView), name="index"),
            path("results/", listing, name="results"),
            path("<uuid:pk>/", self.construct_view(MessageView), name="message"),
            path("<uuid:pk>/retry/", retry, name="retry"),
            path("<uuid:pk>/settle/", mark_done, name="settle"),
        ]
