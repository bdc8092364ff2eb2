"""What the lending service adds to pages: live numbers, and the devices of a place."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from home.pages.body import register_block, register_live_status
from lending.catalogue.availability import availability_of, devices_free, free_at
from lending.catalogue.models import CataloguePage
from locations.directory import panels


class AvailabilityBlock(blocks.StructBlock):
    """How many devices are free now: of every kind, or of the kinds that the editor chose."""

    heading = blocks.CharBlock(label=_("heading"), max_length=60, default="Nu te leen")
    kinds = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="lending.CataloguePage", label=_("kind")),
        label=_("kinds of devices"),
        required=False,
        min_num=0,
        default=[],
        help_text=_("None chosen: every kind."),
    )

    class Meta:
        label = _("Available now")
        icon = "desktop"
        template = "lending/catalogue/blocks/availability.html"
        label_format = "{heading}"

    def get_context(self, value, parent_context=None):
        chosen = [page.pk for page in value["kinds"] if page]
        kinds = CataloguePage.objects.shown()
        if chosen:
            kinds = kinds.filter(pk__in=chosen)
        kinds = kinds.cards()
        answers = availability_of(kinds)
        return super().get_context(value, parent_context) | {
            "kinds": [(kind, answers[kind.pk]) for kind in kinds],
            "counted_at": timezone.now(),
        }


def line_of_devices():
    """'12 devices now available', for a live line in a page."""
    free = devices_free()
    if not free:
        return "not", _("No device available now")
    return "now", ngettext(
        "%(count)d device now available", "%(count)d devices now available", free
    ) % {"count": free}


@panels.register_panel
def devices_of_places(locations):
    """The devices of each lending point on a page, for the panel of that place."""
    return {
        location: (
            "lending/catalogue/includes/location_panel.html",
            {
                "kinds": kinds,
                "total": sum(free for _kind, free in kinds),
                "counted_at": timezone.now(),
            },
        )
        for location, kinds in free_at(locations).items()
        if kinds
    }


register_block("availability", AvailabilityBlock(), aside=True)
register_live_status("devices", _("how many devices are available"), line_of_devices)
