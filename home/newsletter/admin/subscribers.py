"""Subscribers in the admin: the list, its export, and removing an address."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.base import ViewSetGroup

from home.core.admin.base import BaseListingView, SafeExportMixin, ScreenViewSet, StaffViewMixin
from home.newsletter.admin.newsletters import NewsletterViewSet
from home.newsletter.models import Subscriber
from home.newsletter.operations import subscribers


class SubscriberFilterSet(WagtailFilterSet):
    confirmed_at = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[("yes", gettext_lazy("Subscribed")), ("no", gettext_lazy("Not confirmed yet"))],
        method="filter_state",
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = Subscriber
        fields = ["confirmed_at"]

    def filter_state(self, subscribers, name, value):
        return subscribers.filter(confirmed_at__isnull=value == "no")


class SubscriberStateColumn(Column):
    cell_template_name = "home/newsletter/admin/subscriber_state_cell.html"


class RemoveSubscriberColumn(Column):
    cell_template_name = "home/newsletter/admin/subscriber_remove_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"may_remove": parent_context.get("may_remove")}


class SubscriberListView(StaffViewMixin, SafeExportMixin, BaseListingView):
    """The list of subscribers; the export needs a permission of its own."""

    template_name = "home/newsletter/admin/subscribers.html"
    results_template_name = "home/newsletter/admin/subscribers_results.html"
    index_url_name = "subscribers:index"
    index_results_url_name = "subscribers:results"
    page_title = gettext_lazy("Subscribers")
    filterset_class = SubscriberFilterSet
    is_searchable = True
    search_backend_name = None
    search_fields = ["email"]
    default_ordering = "-asked_at"
    paginate_by = 50
    columns = [
        Column("email", label=gettext_lazy("E-mail address"), sort_key="email"),
        SubscriberStateColumn("state", label=gettext_lazy("State")),
        DateColumn("asked_at", label=gettext_lazy("Asked"), sort_key="asked_at"),
        DateColumn("confirmed_at", label=gettext_lazy("Confirmed"), sort_key="confirmed_at"),
        RemoveSubscriberColumn("remove", label=""),
    ]
    list_export = ["email", "language", "asked_at", "confirmed_at"]
    export_filename = "abonnees"

    def dispatch(self, request, *args, **kwargs):
        if self.is_export and not self.may_export:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def may_export(self):
        return self.user_has_permission("export")

    @property
    def show_export_buttons(self):
        return self.may_export

    def get_base_queryset(self):
        return Subscriber.objects.all()

    def render_to_response(self, context, **kwargs):
        if self.is_export:
            return self.as_spreadsheet(context["object_list"], self.request.GET["export"])
        return super().render_to_response(context, **kwargs)

    def get_context_data(self, **kwargs):
        confirmed = Subscriber.objects.confirmed().count()
        return super().get_context_data(**kwargs) | {
            "confirmed": confirmed,
            "waiting": Subscriber.objects.count() - confirmed,
            "may_remove": self.user_has_permission("delete"),
        }


class SubscriberRemoveView(StaffViewMixin, TemplateView):
    """Ask for confirmation on GET; remove the address and its messages on POST."""

    template_name = "home/newsletter/admin/subscriber_remove.html"
    page_title = gettext_lazy("Take off the list")

    @cached_property
    def subscriber(self):
        return get_object_or_404(Subscriber, pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("subscribers:index"), "label": _("Subscribers")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"subscriber": self.subscriber}

    def post(self, request, pk):
        subscribers.unsubscribe(self.subscriber.key)
        messages.success(request, _("The address is removed. It gets no newsletters any more."))
        return redirect("subscribers:index")


class SubscriberViewSet(ScreenViewSet):
    model = Subscriber
    permission_required = "view"
    name = "subscribers"
    url_prefix = "abonnees"
    icon = "group"
    menu_label = gettext_lazy("Subscribers")

    def get_urlpatterns(self):
        listing = self.construct_view(SubscriberListView, results_only=True)
        remove = self.construct_view(SubscriberRemoveView, permission_required="delete")
        return [
            path("", self.construct_view(SubscriberListView), name="index"),
            path("results/", listing, name="results"),
            path("<int:pk>/remove/", remove, name="remove"),
        ]


class NewsletterGroup(ViewSetGroup):
    menu_label = gettext_lazy("Newsletter")
    menu_name = "newsletter"
    menu_icon = "mail"
    menu_order = 165
    items = (NewsletterViewSet, SubscriberViewSet)
