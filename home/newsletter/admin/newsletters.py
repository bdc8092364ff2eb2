"""Newsletters in the admin: write, look, try on oneself, send to everybody, see how far it is."""

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
from home.newsletter.mail import letter
from home.newsletter.models import Newsletter, Subscriber
from home.newsletter.operations import newsletters


@dataclass(frozen=True)
class Progress:
    """How far a newsletter is: in the outbox, delivered, not delivered."""

    recipients: int
    written: int
    delivered: int
    failed: int

    @property
    def share(self):
        return round(100 * self.delivered / self.recipients) if self.recipients else 0


def progress(newsletter):
    said = Message.objects.filter(key__startswith=newsletter.key).values_list("state")
    counts = dict(said.annotate(Count("pk")))
    return Progress(
        newsletter.recipients,
        newsletter.written,
        counts.get(Message.State.SENT, 0) + counts.get(Message.State.DONE, 0),
        counts.get(Message.State.FAILED, 0),
    )


class StateColumn(Column):
    cell_template_name = "home/newsletter/admin/newsletter_state_cell.html"


class NewsletterIndexView(SafeExportMixin, generic.IndexView):
    def get_edit_url(self, instance):
        return super().get_edit_url(instance) if instance.is_draft else None

    def get_delete_url(self, instance):
        return super().get_delete_url(instance) if instance.is_draft else None


class OnlyDrafts:
    """What is on its way does not change any more; the way leads to how far it is."""

    def dispatch(self, request, *args, **kwargs):
        newsletter = get_object_or_404(Newsletter, pk=kwargs["pk"])
        if not newsletter.is_draft and self.user_has_permission("view"):
            messages.error(request, str(newsletters.OnItsWay(newsletter)))
            return redirect("newsletter:inspect", newsletter.pk)
        return super().dispatch(request, *args, **kwargs)


class ToItsScreen:
    def get_success_url(self):
        return reverse("newsletter:inspect", args=[quote(self.object.pk)])


class NewsletterCreateView(ToItsScreen, generic.CreateView):
    pass


class NewsletterEditView(OnlyDrafts, ToItsScreen, generic.EditView):
    def save_instance(self):
        return newsletters.rewrite(self.form.save(commit=False))

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except newsletters.NewsletterError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)


class NewsletterDeleteView(OnlyDrafts, generic.DeleteView):
    pass


class NewsletterInspectView(generic.InspectView):
    """The mail as it will be, and what can be done with it now."""

    template_name = "home/newsletter/admin/newsletter.html"
    page_title = gettext_lazy("Newsletter")

    def get_context_data(self, **kwargs):
        row = self.object
        may_change = self.user_has_permission("change") and row.is_draft
        return super().get_context_data(**kwargs) | {
            "newsletter": row,
            "progress": progress(row),
            "subscribers": Subscriber.objects.confirmed().count(),
            "may_change": may_change,
            "may_send": self.user_has_permission("send") and row.is_draft,
        }


class OneNewsletter(StaffViewMixin):
    @cached_property
    def newsletter(self):
        return get_object_or_404(Newsletter, pk=self.kwargs["pk"])

    def to_screen(self):
        return redirect("newsletter:inspect", self.newsletter.pk)


@method_decorator(xframe_options_sameorigin, name="dispatch")
class PreviewView(OneNewsletter, View):
    """The mail alone, for the frame on its screen."""

    http_method_names = ["get"]

    def get(self, request, pk):
        _text, html = letter(self.newsletter).to("#")
        return HttpResponse(html)


class TestView(OneNewsletter, View):
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
        return self.to_screen()


class SendView(OneNewsletter, TemplateView):
    """GET asks whether one is sure, POST begins."""

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
            messages.error(request, str(newsletters.OnItsWay(self.newsletter)))
            return self.to_screen()
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
        return self.to_screen()


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
        StateColumn("state", label=gettext_lazy("State")),
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
        def one(view, permission):
            return self.construct_view(view, permission_required=permission)

        return [
            *super().get_urlpatterns(),
            path("<int:pk>/preview/", one(PreviewView, "view"), name="preview"),
            path("<int:pk>/test/", one(TestView, "change"), name="test"),
            path("<int:pk>/send/", one(SendView, "send"), name="send"),
        ]
