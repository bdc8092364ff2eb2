"""What the places add to pages: the doors that are open at this moment."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from home.pages.body import register_block, register_live_status
from locations.directory import open_now
from locations.places.models import Partnership


def partnerships():
    return list(Partnership.objects.values_list("slug", "name"))


class OpenNowBlock(blocks.StructBlock):
    """The digipunten that are open now, asked when the page is opened."""

    heading = blocks.CharBlock(label=_("heading"), max_length=60, default="Nu open")
    partnership = blocks.ChoiceBlock(
        label=_("partnership"),
        choices=partnerships,
        required=False,
        help_text=_("None chosen: the digipunten of all partnerships."),
    )
    service = blocks.ChoiceBlock(
        label=_("service"),
        choices=open_now.services,
        required=False,
        help_text=_("None chosen: open for any service."),
    )
    most = blocks.IntegerBlock(label=_("how many at most"), min_value=1, max_value=20, default=6)

    class Meta:
        label = _("Open now")
        icon = "time"
        template = "locations/directory/blocks/open_now.html"
        label_format = "{heading}"

    def get_context(self, value, parent_context=None):
        found = open_now.open_now(
            timezone.now(),
            most=value.get("most") or 6,
            partnership=value.get("partnership") or "",
            service=value.get("service") or "",
        )
        return super().get_context(value, parent_context) | {"doors": found}


def line_of_doors():
    """'3 digipunten open now', for a live line in a page."""
    count = open_now.count_open(timezone.now())
    if not count:
        return "not", _("No digipunt is open now")
    return "now", ngettext(
        "%(count)d digipunt is open now", "%(count)d digipunten are open now", count
    ) % {"count": count}


register_block("open_now", OpenNowBlock(), aside=True)
register_live_status("open_now", _("how many digipunten are open"), line_of_doors)
