"""Partnerships, partners, services and staff assignments in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from locations.core.admin.viewsets import FormSetInlinePanel, LocationsModelViewSet
from locations.places.admin.partnership_forms import (
    CheckedFirstSelectMultiple,
    PartnerForm,
    PartnershipForm,
    RoleFormSet,
)
from locations.places.models import Assignment, Partner, Partnership, Service

PARTNERSHIP = [
    FieldRowPanel([FieldPanel("name"), FieldPanel("slug"), FieldPanel("since")]),
    MultiFieldPanel(
        [
            FieldPanel("introduction"),
            FieldRowPanel([FieldPanel("phone"), FieldPanel("email"), FieldPanel("website")]),
        ],
        heading=_("Introduction and contact"),
    ),
    FieldPanel("municipalities", widget=CheckedFirstSelectMultiple(attrs={"class": "many-boxes"})),
]
PARTNER = [
    FieldPanel("name"),
    FieldPanel("partnerships", widget=CheckedFirstSelectMultiple),
    FieldRowPanel([FieldPanel("website"), FieldPanel("phone"), FieldPanel("email")]),
    FieldPanel("logo"),
    FormSetInlinePanel(
        "roles",
        [FieldRowPanel([FieldPanel("role"), FieldPanel("contribution")])],
        formset=RoleFormSet,
        heading=_("Roles"),
        label=_("Role"),
    ),
]


class PartnershipViewSet(LocationsModelViewSet):
    """Partnerships in the admin."""

    model = Partnership
    icon = "group"
    menu_label = _("Partnerships")
    url_prefix = "samenwerkingen"
    deletable = False
    edit_handler = ObjectList(PARTNERSHIP, base_form_class=PartnershipForm)
    listed = [("name", _("Name"), "name"), ("since", _("Since"), "since")]
    default_ordering = "name"
    search_fields = ["name"]
    list_export = ["name", "slug", "since", "phone", "email", "website"]
    export_filename = "samenwerkingen"
    inspected = [
        *("name", "slug", "since", "introduction", "phone", "email", "website"),
        "municipalities",
    ]


class PartnerViewSet(LocationsModelViewSet):
    """Partners in the admin."""

    model = Partner
    icon = "group"
    menu_label = _("Partners")
    url_prefix = "partners"
    edit_handler = ObjectList(PARTNER, base_form_class=PartnerForm)
    listed = [
        ("name", _("Name"), "name"),
        ("website", _("Website")),
        ("phone", _("Phone")),
    ]
    default_ordering = "name"
    search_fields = ["name"]
    list_export = ["name", "website", "phone", "email"]
    export_filename = "partners"
    inspected = ["name", "partnerships", "website", "phone", "email", "logo"]


class ServiceViewSet(LocationsModelViewSet):
    """Services in the admin."""

    model = Service
    icon = "help"
    menu_label = _("Services")
    url_prefix = "diensten"
    deletable = False
    form_fields = [
        "name",
        "short_name",
        "code",
        "description",
        "icon",
        "order",
        "is_filter",
        "has_dates",
    ]
    listed = [
        ("name", _("Name"), "name"),
        ("code", _("Code"), "code"),
        ("order", _("Order"), "order"),
    ]
    default_ordering = "order"
    search_fields = ["name", "code"]
    list_export = ["code", "name", "short_name", "order"]
    export_filename = "diensten"
    inspected = form_fields


class AssignmentViewSet(LocationsModelViewSet):
    """Staff assignments in the admin."""

    model = Assignment
    icon = "user"
    menu_label = _("Staff assignments")
    url_prefix = "wie-werkt-waar"
    form_fields = ["user", "location", "partnership"]
    listed = [
        ("user", _("Account"), "user__username"),
        ("location", _("Place"), "location__name"),
        ("partnership", _("Partnership"), "partnership__name"),
    ]
    related = ("user", "location", "partnership")
    default_ordering = "user__username"
    search_fields = ["user__username", "user__last_name", "location__name"]
    list_export = ["user", "location", "partnership"]
    export_filename = "wie-werkt-waar"
    inspected = form_fields
