"""Page blocks and live lines about locations: which digipunten are open now."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from home.pages.body import register_block, register_live_status
from locations.directory.open_now import count_open, find_open_now, service_choices
from locations.places.models import Partnership

DEFAULT_LIMIT = 6


def partnership_slugs():
    """Return the (slug, name) of every partnership."""
    return list(Partnership.objects.values_list("slug", "name"))


class OpenNowBlock(blocks.StructBlock):
    """The digipunten that are open at the moment that the page is requested."""

    heading = blocks.CharBlock(label=_("heading"), max_length=60, default="Nu open")
    partnership = blocks.ChoiceBlock(
        label=_("partnership"),
        choices=partnership_slugs,
        required=False,
        help_text=_("None chosen: the digipunten of all partnerships."),
    )
    service = blocks.ChoiceBlock(
        label=_("service"),
        choices=service_choices,
        required=False,
        help_text=_("None chosen: open for any service."),
    )
    most = blocks.IntegerBlock(
        label=_("how many at most"), min_value=1, max_value=20, default=DEFAULT_LIMIT
    )

    class Meta:
        label = _("Open now")
        icon = "time"
        template = "locations/directory/blocks/open_now.html"
        label_format = "{heading}"

    def get_context(self, value, parent_context=None):
        open_now = find_open_now(
            timezone.now(),
            limit=value.get("most") or DEFAULT_LIMIT,
            partnership=value.get("partnership") or "",
            service=value.get("service") or "",
        )
        return super().get_context(value, parent_context) | {"open_now": open_now}


def open_now_line():
    """Return the sign and text of a live line: "3 digipunten open now"."""
    count = count_open(timezone.now())
    if not count:
        return "not", _("No digipunt is open now")
    return "now", ngettext(
        "%(count)d digipunt is open now", "%(count)d digipunten are open now", count
    ) % {"count": count}


register_block("open_now", OpenNowBlock(), aside=True)
register_live_status("open_now", _("how many digipunten are open"), open_now_line)
