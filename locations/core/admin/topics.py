"""Topics and target groups in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from locations.core.admin.viewsets import LocationsModelViewSet
from locations.core.models import Audience, Topic


class ChoiceViewSet(LocationsModelViewSet):
    """A choice list, whose choices can be withdrawn but not deleted."""

    deletable = False
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("position"), FieldPanel("is_offered")]),
    ]
    listed = [
        ("name", _("Name"), "name"),
        ("position", _("Order"), "position"),
        ("is_offered", _("Can be chosen")),
    ]
    default_ordering = "position"
    search_fields = ["name"]
    inspected = ["name", "slug", "position", "is_offered"]
    list_export = ["name", "slug", "position", "is_offered"]


class TopicViewSet(ChoiceViewSet):
    """Topics in the admin."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    url_prefix = "themas"
    export_filename = "themas"


class AudienceViewSet(ChoiceViewSet):
    """Target groups in the admin."""

    model = Audience
    icon = "group"
    menu_label = _("Target groups")
    url_prefix = "doelgroepen"
    export_filename = "doelgroepen"
