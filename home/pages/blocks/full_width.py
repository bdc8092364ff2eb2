"""Blocks that take the full width of the page, mostly used on the home page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from home.pages.blocks.links import LinkBlock
from home.pages.body import get_live_status, live_status_choices
from home.pages.drawings import DRAWINGS
from home.pages.site_layout import get_site_layout


class EntryPointBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=60)
    text = blocks.CharBlock(label=_("text"), max_length=160)
    page = blocks.PageChooserBlock(label=_("page"))
    drawing = blocks.ChoiceBlock(label=_("drawing"), choices=DRAWINGS)
    live = blocks.ChoiceBlock(
        label=_("live status"),
        choices=live_status_choices,
        required=False,
        help_text=_("Counted when somebody opens the page."),
    )

    class Meta:
        label = _("Entry point")
        icon = "arrow-right"
        label_format = "{title}"


class EntryPointsBlock(blocks.StructBlock):
    ways = blocks.ListBlock(EntryPointBlock(), label=_("entry points"), min_num=1, max_num=3)

    class Meta:
        label = _("Entry points")
        icon = "tasks"
        template = "home/pages/blocks/ways.html"
        full_width = True

    def get_context(self, value, parent_context=None):
        ways = [(way, get_live_status(way["live"])) for way in value["ways"]]
        return super().get_context(value, parent_context) | {"ways": ways}


class StoryBlock(blocks.StructBlock):
    story = blocks.PageChooserBlock(label=_("story"), page_type="home.StoryPage")
    drawing = blocks.ChoiceBlock(label=_("drawing"), choices=DRAWINGS, default="atelier")

    class Meta:
        label = _("Quote from a story")
        icon = "openquote"
        template = "home/pages/blocks/story.html"
        full_width = True


class CallToActionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=120)
    text = blocks.CharBlock(label=_("text"), required=False, max_length=250)
    link = LinkBlock(label=_("button"))
    colour = blocks.ChoiceBlock(
        label=_("ground"),
        choices=[("sun", _("sun")), ("paper", _("paper")), ("sky", _("sky"))],
        default="sun",
    )

    class Meta:
        label = _("Call to action")
        icon = "arrow-right-full"
        template = "home/pages/blocks/call.html"
        full_width = True
        label_format = "{title}"


class CardBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=80)
    text = blocks.CharBlock(label=_("text"), max_length=250)
    page = blocks.PageChooserBlock(label=_("page"), required=False)

    class Meta:
        label = _("Card")
        icon = "doc-empty"
        label_format = "{title}"


class CardsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=120)
    cards = blocks.ListBlock(CardBlock(), label=_("cards"), min_num=1)

    class Meta:
        label = _("Cards")
        icon = "grip"
        template = "home/pages/blocks/cards.html"
        full_width = True


class SponsorsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=120)
    logos = blocks.ListBlock(SnippetChooserBlock("home.SponsorLogo"), label=_("logos"), min_num=1)

    class Meta:
        label = _("Logos")
        icon = "group"
        template = "home/pages/blocks/sponsors.html"
        full_width = True

    def get_context(self, value, parent_context=None):
        chosen = [logo.pk for logo in value["logos"] if logo]
        shown_by_pk = {sponsor.pk: sponsor for sponsor in get_site_layout().shown_sponsors()}
        return super().get_context(value, parent_context) | {
            "sponsors": [shown_by_pk[pk] for pk in chosen if pk in shown_by_pk]
        }
