"""Admin of types and models of device."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn

from lending.core.admin.columns import WIDE
from lending.core.admin.viewsets import QuickListView, StaffModelViewSet
from lending.devices.admin.filters import DeviceModelFilterSet
from lending.devices.models import DeviceModel, DeviceType


class DeviceTypeIndexView(QuickListView):
    """Listing of types of device."""

    default_ordering = "name"

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "name", label=gettext_lazy("Name"), get_url=self.get_inspect_url, sort_key="name"
            ),
            Column("code", label=gettext_lazy("Code"), sort_key="code"),
            BooleanColumn("has_storage", label=gettext_lazy("Holds data")),
        ]


class DeviceTypeViewSet(StaffModelViewSet):
    """Screens of types of device."""

    model = DeviceType
    icon = "tag"
    menu_label = gettext_lazy("Types of device")
    url_prefix = "toesteltypes"
    form_fields = ["code", "name", "has_storage"]
    inspect_view_fields = form_fields
    index_view_class = DeviceTypeIndexView
    search_fields = ["name", "code"]
    list_export = ["code", "name", "has_storage"]
    export_filename = "toesteltypes"


class DeviceModelIndexView(QuickListView):
    """Listing of models."""

    default_ordering = "brand"

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("type", "catalogue_page")

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "name", label=gettext_lazy("Model"), get_url=self.get_inspect_url, sort_key="name"
            ),
            Column("brand", label=gettext_lazy("Brand"), sort_key="brand"),
            Column("type", label=gettext_lazy("Type"), sort_key="type__name"),
            Column(
                "catalogue_page",
                label=gettext_lazy("Catalogue page"),
                accessor=lambda model: model.catalogue_page.title if model.catalogue_page else "–",
                classname=WIDE,
            ),
        ]


class DeviceModelViewSet(StaffModelViewSet):
    """Screens of models."""

    model = DeviceModel
    icon = "list-ul"
    menu_label = gettext_lazy("Models")
    url_prefix = "toestelmodellen"
    form_fields = ["type", "brand", "name", "catalogue_page", "windows11_ready"]
    inspect_view_fields = form_fields
    index_view_class = DeviceModelIndexView
    filterset_class = DeviceModelFilterSet
    search_fields = ["brand", "name"]
    list_export = ["type", "brand", "name", "windows11_ready"]
    export_filename = "toestelmodellen"
