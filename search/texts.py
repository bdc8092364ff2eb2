"""The visible text of page fields, including nested blocks, without the settings of blocks."""

from wagtail.blocks import BaseStreamBlock, BaseStructBlock, ListBlock, StreamValue
from wagtail.blocks.field_block import BaseChoiceBlock


def extract_text(value):
    """Yield the texts in the value of a field, or in a list of such values."""
    if isinstance(value, StreamValue):
        yield from _extract_from_block(value.stream_block, value)
    elif isinstance(value, list):
        for item in value:
            yield from extract_text(item)
    elif value:
        yield str(value)


def _extract_from_block(block, value):
    if (
        isinstance(block, BaseChoiceBlock)
        or not getattr(block, "search_index", True)
        or value is None
    ):
        return
    if isinstance(block, BaseStreamBlock):
        for child in value:
            yield from _extract_from_block(child.block, child.value)
    elif isinstance(block, BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from _extract_from_block(child, value.get(name))
    elif isinstance(block, ListBlock):
        for child in value:
            yield from _extract_from_block(block.child_block, child)
    else:
        yield from block.get_searchable_content(value)
