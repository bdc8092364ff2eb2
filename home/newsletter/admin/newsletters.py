"""Newsletters in the admin: write, preview, send a test, send to all subscribers."""

from dataclasses import dataclass

from django.contrib.admin.utils import quote
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from home.core.admin.base import SafeExportMixin, StaffViewMixin
from home.messages.models import Message
from home.newsletter.mail import render_newsletter
from home.newsletter.models import Newsletter, Subscriber
from home.newsletter.operations import newsletters


@dataclass(frozen=True)
class SendingProgress:
    """The progress of sending: queued, delivered and failed messages."""

    recipients: int
    written: int
    delivered: int
    failed: int

    @property
    def share(self):
        return round(100 * self.delivered / self.recipients) if self.recipients else 0


def get_sending_progress(newsletter):
    """Return the progress of sending this newsletter; one query."""
    states = Message.objects.filter(key__startswith=newsletter.key).values_list("state")
    counts = dict(states.annotate(Count("pk")))
    return SendingProgress(
        newsletter.recipients,
        newsletter.written,
        counts.get(Message.State.SENT, 0) + counts.get(Message.State.DONE, 0),
        counts.get(Message.State.FAILED, 0),
    )


class NewsletterStateColumn(Column):
    cell_template_name = "home/newsletter/admin/newsletter_state_cell.html"


class NewsletterIndexView(SafeExportMixin, generic.IndexView):
    def get_edit_url(self, instance):
        return super().get_edit_url(instance) if instance.is_draft else None

    def get_delete_url(self, instance):
        return super().get_delete_url(instance) if instance.is_draft else None


class RequireDraftMixin:
    """Redirect to the inspect view if sending has begun."""

    def dispatch(self, request, *args, **kwargs):
        newsletter = get_object_or_404(Newsletter, pk=kwargs["pk"])
        if not newsletter.is_draft and self.user_has_permission("view"):
            messages.error(request, str(newsletters.AlreadySent(newsletter)))
            return redirect("newsletter:inspect", newsletter.pk)
        return super().dispatch(request, *args, **kwargs)


class InspectAfterSaveMixin:
    """Redirect to the inspect view after saving."""

    def get_success_url(self):
        return reverse("newsletter:inspect", args=[quote(self.object.pk)])


class NewsletterCreateView(InspectAfterSaveMixin, generic.CreateView):
    pass


class NewsletterEditView(RequireDraftMixin, InspectAfterSaveMixin, generic.EditView):
    def save_instance(self):
        return newsletters.update_draft(self.form.save(commit=False))

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except newsletters.NewsletterError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)


class NewsletterDeleteView(RequireDraftMixin, generic.DeleteView):
    pass


class NewsletterInspectView(generic.InspectView):
    """A newsletter with its preview, its progress and the actions that are allowed now."""

    template_name = "home/newsletter/admin/newsletter.html"
    page_title = gettext_lazy("Newsletter")

    def get_context_data(self, **kwargs):
        newsletter = self.object
        may_change = self.user_has_permission("change") and newsletter.is_draft
        return super().get_context_data(**kwargs) | {
            "newsletter": newsletter,
            "progress": get_sending_progress(newsletter),
            "subscribers": Subscriber.objects.confirmed().count(),
            "may_change": may_change,
            "may_send": self.user_has_permission("send") and newsletter.is_draft,
        }


class NewsletterViewMixin(StaffViewMixin):
    """A view of the newsletter in the URL."""

    @cached_property
    def newsletter(self):
        return get_object_or_404(Newsletter, pk=self.kwargs["pk"])

    def redirect_to_inspect(self):
        return redirect("newsletter:inspect", self.newsletter.pk)


@method_decorator(xframe_options_sameorigin, name="dispatch")
class NewsletterPreviewView(NewsletterViewMixin, View):
    """The HTML of the mail, for the frame in the inspect view."""

    http_method_names = ["get"]

    def get(self, request, pk):
        _text, html = render_newsletter(self.newsletter).for_reader("#")
        return HttpResponse(html)


class NewsletterTestView(NewsletterViewMixin, View):
    http_method_names = ["post"]

    def post(self, request, pk):
        try:
            newsletters.send_test(self.newsletter, user=request.user)
        except newsletters.NewsletterError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("A test is on its way to %(email)s.") % {"email": request.user.email}
            )
        return self.redirect_to_inspect()


class NewsletterSendView(NewsletterViewMixin, TemplateView):
    """Ask for confirmation on GET, and start sending on POST."""

    template_name = "home/newsletter/admin/newsletter_send.html"
    page_title = gettext_lazy("Send the newsletter")

    def get_breadcrumbs_items(self):
        screen = reverse("newsletter:inspect", args=[self.newsletter.pk])
        return [
            *self.breadcrumbs_items,
            {"url": reverse("newsletter:index"), "label": _("Newsletters")},
            {"url": screen, "label": self.newsletter.subject},
            {"url": "", "label": self.page_title},
        ]

    def get(self, request, *args, **kwargs):
        if not self.newsletter.is_draft:
            messages.error(request, str(newsletters.AlreadySent(self.newsletter)))
            return self.redirect_to_inspect()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "newsletter": self.newsletter,
            "subscribers": Subscriber.objects.confirmed().count(),
        }

    def post(self, request, pk):
        try:
            newsletters.send(self.newsletter, user=request.user)
        except newsletters.NewsletterError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The newsletter is on its way."))
        return self.redirect_to_inspect()


class NewsletterViewSet(ModelViewSet):
    model = Newsletter
    url_prefix = "nieuwsbrieven"
    icon = "mail"
    menu_label = gettext_lazy("Newsletters")
    index_view_class = NewsletterIndexView
    add_view_class = NewsletterCreateView
    edit_view_class = NewsletterEditView
    delete_view_class = NewsletterDeleteView
    inspect_view_class = NewsletterInspectView
    inspect_view_enabled = True
    inspect_template_name = NewsletterInspectView.template_name
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    search_fields = ["subject"]
    list_display = [
        "subject",
        NewsletterStateColumn("state", label=gettext_lazy("State")),
        Column(
            "recipients",
            label=gettext_lazy("Subscribers"),
            accessor=lambda row: "" if row.is_draft else row.recipients,
        ),
        DateColumn("created_at", label=gettext_lazy("Written")),
        DateColumn("started_at", label=gettext_lazy("Sent")),
    ]
    list_export = ["subject", "state", "recipients", "written", "started_at", "sent_at"]

    def get_urlpatterns(self):
        def construct(view, permission):
            return self.construct_view(view, permission_required=permission)

        return [
            *super().get_urlpatterns(),
            path("<int:pk>/preview/", construct(NewsletterPreviewView, "view"), name="preview"),
            path("<int:pk>/test/", construct(NewsletterTestView, "change"), name="test"),
            path("<int:pk>/send/", construct(NewsletterSendView, "send"), name="send"),
        ]
