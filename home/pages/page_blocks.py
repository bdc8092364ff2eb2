"""Registration of the blocks of this subject; `home.pages.body` explains the registry."""

from home.pages.blocks.full_width import (
    CallToActionBlock,
    CardsBlock,
    EntryPointsBlock,
    SponsorsBlock,
    StoryBlock,
)
from home.pages.blocks.links import ButtonBlock, PanelBlock
from home.pages.blocks.text import (
    DocumentsBlock,
    DrawingBlock,
    HeadingBlock,
    ImageBlock,
    NoticeBlock,
    QuestionsBlock,
    QuoteBlock,
    StepsBlock,
    TextBlock,
    TextTableBlock,
)
from home.pages.body import register_block

register_block("heading", HeadingBlock())
register_block("text", TextBlock(), aside=True)
register_block("notice", NoticeBlock(), aside=True)
register_block("quote", QuoteBlock(), aside=True)
register_block("image", ImageBlock())
register_block("drawing", DrawingBlock())
register_block("questions", QuestionsBlock())
register_block("steps", StepsBlock())
register_block("button", ButtonBlock(), aside=True)
register_block("panel", PanelBlock(), aside=True)
register_block("documents", DocumentsBlock(), aside=True)
register_block("table", TextTableBlock())
register_block("sponsors", SponsorsBlock())
register_block("ways", EntryPointsBlock())
register_block("story", StoryBlock())
register_block("cards", CardsBlock())
register_block("call", CallToActionBlock())
