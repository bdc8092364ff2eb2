"""Availability in pages: a block and a live line."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from home.pages.body import register_block, register_live_status
from lending.catalogue.availability import (
    availability_of,
    count_free_devices,
)
from lending.catalogue.models import CataloguePage


class AvailabilityBlock(blocks.StructBlock):
    """Number of free devices, of every kind or of the kinds that the editor chose."""

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
        pages = CataloguePage.objects.visible()
        if chosen:
            pages = pages.filter(pk__in=chosen)
        cards = pages.cards()
        availability = availability_of(cards)
        return super().get_context(value, parent_context) | {
            "kinds": [(card, availability[card.pk]) for card in cards],
            "counted_at": timezone.now(),
        }


def free_devices_line():
    """Return the status and text of a live line, such as "12 devices now available"."""
    free = count_free_devices()
    if not free:
        return "not", _("No device available now")
    return "now", ngettext(
        "%(count)d device now available", "%(count)d devices now available", free
    ) % {"count": free}


register_block("availability", AvailabilityBlock(), aside=True)
register_live_status("devices", _("how many devices are available"), free_devices_line)
