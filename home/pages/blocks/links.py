"""Blocks with links: links, buttons and panels."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from home.pages.blocks.text import TEXT_FEATURES


class LinkValue(blocks.StructValue):
    def url(self, context=None):
        page, document = self.get("page"), self.get("document")
        if page:
            return page.get_url((context or {}).get("request"))
        return document.url if document else self.get("address", "")


class LinkBlock(blocks.StructBlock):
    """A link to exactly one of a page, a document and an address."""

    text = blocks.CharBlock(
        label=_("text"), max_length=80, help_text=_("Begin with a verb: Borrow a laptop.")
    )
    page = blocks.PageChooserBlock(label=_("page"), required=False)
    document = DocumentChooserBlock(label=_("document"), required=False)
    address = blocks.CharBlock(
        label=_("address"),
        required=False,
        max_length=500,
        validators=[
            RegexValidator(
                r"^(/(?!/)|https?://|mailto:|tel:)",
                _("Begin with / for this site, or with https://, mailto: or tel:."),
            )
        ],
        help_text=_(
            "An address on another site, or one on this site that is not in the list: /attest/"
        ),
    )

    class Meta:
        icon = "link"
        value_class = LinkValue
        label_format = "{text}"

    def clean(self, value):
        value = super().clean(value)
        targets = [name for name in ("page", "document", "address") if value.get(name)]
        if value.get("text") and len(targets) != 1:
            error = ValidationError(_("Choose one: a page, a document or an address."))
            raise blocks.StructBlockValidationError(non_block_errors=[error])
        return value


class ButtonBlock(LinkBlock):
    style = blocks.ChoiceBlock(
        label=_("looks"),
        choices=[("", _("plain")), ("go", _("the one main button of the page"))],
        required=False,
    )

    class Meta:
        label = _("Button")
        icon = "link"
        template = "home/pages/blocks/button.html"


class PanelBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=120)
    text = blocks.RichTextBlock(label=_("text"), features=TEXT_FEATURES, required=False)
    buttons = blocks.ListBlock(LinkBlock(), label=_("buttons"), min_num=0, max_num=2, default=[])
    colour = blocks.ChoiceBlock(
        label=_("ground"),
        choices=[("", _("white")), ("sky", _("sky: help")), ("sun", _("sun: do this"))],
        required=False,
    )

    class Meta:
        label = _("Panel")
        icon = "form"
        template = "home/pages/blocks/panel.html"
        label_format = "{title}"
