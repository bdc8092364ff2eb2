"""Blocks in the text column of a page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from home.pages.drawings import DRAWINGS, PEOPLE

TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]
INLINE_FEATURES = ["bold", "italic", "link", "document-link"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("heading"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("level"),
        choices=[("2", _("section heading")), ("3", _("subsection heading"))],
        default="2",
    )

    class Meta:
        label = _("Heading")
        icon = "title"
        template = "home/pages/blocks/heading.html"
        label_format = "{text}"


class TextBlock(blocks.RichTextBlock):
    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "home/pages/blocks/text.html"

    def __init__(self, **kwargs):
        super().__init__(features=TEXT_FEATURES, **kwargs)


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(
        label=_("quote"), help_text=_("What somebody said, without quotation marks.")
    )
    name = blocks.CharBlock(
        label=_("name"),
        required=False,
        max_length=60,
        help_text=_("A first name is enough. Ask first whether it may be here."),
    )
    role = blocks.CharBlock(label=_("who they are"), required=False, max_length=120)
    person = blocks.ChoiceBlock(label=_("drawing"), choices=PEOPLE, default="persoon-1")

    class Meta:
        label = _("Quote")
        icon = "openquote"
        template = "home/pages/blocks/quote.html"
        label_format = "{text}"


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=250)

    class Meta:
        label = _("Image")
        icon = "image"
        template = "home/pages/blocks/image.html"


class DrawingBlock(blocks.StructBlock):
    drawing = blocks.ChoiceBlock(label=_("drawing"), choices=DRAWINGS)

    class Meta:
        label = _("Drawing")
        icon = "image"
        template = "home/pages/blocks/drawing.html"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("answer"), features=TEXT_FEATURES)

    class Meta:
        label = _("Question")
        icon = "help"
        label_format = "{question}"


class QuestionsBlock(blocks.StructBlock):
    questions = blocks.ListBlock(QuestionBlock(), label=_("questions"), min_num=1)

    class Meta:
        label = _("Questions and answers")
        icon = "help"
        template = "home/pages/blocks/questions.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("step"), max_length=120)
    text = blocks.RichTextBlock(label=_("explanation"), features=INLINE_FEATURES, required=False)

    class Meta:
        label = _("Step")
        icon = "order"
        label_format = "{title}"


class StepsBlock(blocks.StructBlock):
    steps = blocks.ListBlock(StepBlock(), label=_("steps"), min_num=1)

    class Meta:
        label = _("Steps")
        icon = "list-ol"
        template = "home/pages/blocks/steps.html"


class NoticeBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("kind"),
        choices=[
            ("", _("explanation")),
            ("yes", _("good news")),
            ("sun", _("a question to the reader")),
            ("stop", _("watch out")),
        ],
        required=False,
    )
    title = blocks.CharBlock(label=_("title"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("text"), features=TEXT_FEATURES)

    class Meta:
        label = _("Notice")
        icon = "info-circle"
        template = "home/pages/blocks/notice.html"
        label_format = "{title}"


class DocumentsBlock(blocks.StructBlock):
    documents = blocks.ListBlock(DocumentChooserBlock(), label=_("documents"), min_num=1)

    class Meta:
        label = _("Documents")
        icon = "doc-full"
        template = "home/pages/blocks/documents.html"


class TextTableBlock(TableBlock):
    class Meta:
        label = _("Table")
        icon = "table"
        template = "home/pages/blocks/table.html"

    def __init__(self, **kwargs):
        # The table editor has no Dutch translation and logs an error when Dutch is requested.
        super().__init__(table_options={"language": "en-US"}, **kwargs)
