"""The words that a reader sees in the fields of a page: also deep in blocks, and no settings."""

from wagtail.blocks import BaseStreamBlock, BaseStructBlock, ListBlock, StreamValue
from wagtail.blocks.field_block import BaseChoiceBlock


def words_in(value):
    """Yield the texts in a field's value, or in a list of such values."""
    if isinstance(value, StreamValue):
        yield from _in_block(value.stream_block, value)
    elif isinstance(value, list):
        for one in value:
            yield from words_in(one)
    elif value:
        yield str(value)


def _in_block(block, value):
    if (
        isinstance(block, BaseChoiceBlock)
        or not getattr(block, "search_index", True)
        or value is None
    ):
        return
    if isinstance(block, BaseStreamBlock):
        for child in value:
            yield from _in_block(child.block, child.value)
    elif isinstance(block, BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from _in_block(child, value.get(name))
    elif isinstance(block, ListBlock):
        for child in value:
            yield from _in_block(block.child_block, child)
    else:
        yield from block.get_searchable_content(value)
