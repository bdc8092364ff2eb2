"""Workshops on a date, in the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from locations.models import WorkshopRun
from locations.staff.viewsets import OfPlaceFilterSet, PlaceViewSet


class WorkshopRunFilterSet(OfPlaceFilterSet):
    class Meta:
        model = WorkshopRun
        fields = ["location", "status"]


class WorkshopRunViewSet(PlaceViewSet):
    model = WorkshopRun
    icon = "date"
    menu_label = _("Workshops on a date")
    url_prefix = "workshops-op-datum"
    filterset_class = WorkshopRunFilterSet
    panels = [
        FieldRowPanel([FieldPanel("page", widget=forms.Select), FieldPanel("location")]),
        InlinePanel(
            "sessions",
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("subject"),
            ],
            heading=_("Lessons"),
            label=_("Lesson"),
            min_num=1,
        ),
        FieldRowPanel([FieldPanel("room"), FieldPanel("teacher")]),
        FieldRowPanel([FieldPanel("capacity"), FieldPanel("entry")]),
        FieldRowPanel([FieldPanel("registration_opens_at"), FieldPanel("registration_closes_at")]),
        FieldRowPanel([FieldPanel("status"), FieldPanel("cancelled_reason")]),
    ]
    listed = [
        ("page", _("Workshop"), "page__title"),
        ("location", _("Place"), "location__name"),
        ("starts_at", _("Starts"), "starts_at"),
        ("capacity", _("Places")),
        ("status", _("Status"), "status"),
    ]
    related = ("page", "location")
    default_ordering = "starts_at"
    search_fields = ["page__title", "location__name"]
    list_export = ["page", "location", "starts_at", "ends_at", "capacity", "get_status_display"]
    export_headings = {"get_status_display": _("Status")}
    export_filename = "workshops"
    inspected = [
        "page",
        "location",
        "starts_at",
        "ends_at",
        "capacity",
        "lessons",
        "status",
        "cancelled_reason",
    ]
