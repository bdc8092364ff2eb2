"""The blocks that home brings to every page; `home.body` says how other apps add theirs."""

from home.pages.blocks.bands import CallBlock, CardsBlock, SponsorsBlock, StoryBlock, WaysBlock
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
    TableOfTextBlock,
    TextBlock,
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
register_block("table", TableOfTextBlock())
register_block("sponsors", SponsorsBlock())
register_block("ways", WaysBlock())
register_block("story", StoryBlock())
register_block("cards", CardsBlock())
register_block("call", CallBlock())
