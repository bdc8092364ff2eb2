"""Laying out the body of a page: text in a column, bands from edge to edge, what stands beside."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()


def _parts(stream):
    """Blocks in groups: (False, [blocks that flow in a column]) and (True, [one band])."""
    parts = []
    for block in stream or []:
        is_band = getattr(block.block.meta, "band", False)
        if is_band or not parts or parts[-1][0]:
            parts.append((is_band, [block]))
        else:
            parts[-1][1].append(block)
    return parts


@register.simple_tag(takes_context=True)
def body(context, stream, beside=None):
    """Everything under the head of a page; `beside` stands next to the first column of text."""
    around = context.flatten()

    def written(blocks):
        return mark_safe("\n".join(block.render(around) for block in blocks))

    pieces = []
    aside = written(beside) if beside else ""
    for is_band, blocks in _parts(stream):
        if is_band:
            pieces.append(blocks[0].render(around))
        else:
            pieces.append(_column(written(blocks), aside))
            aside = ""
    if aside:
        pieces.insert(0, _column("", aside))
    return mark_safe("\n".join(pieces))


def _column(text, aside):
    if not aside:
        return format_html(
            '<div class="band"><div class="wrap"><div class="prose">{}</div></div></div>', text
        )
    return format_html(
        '<div class="band"><div class="wrap split"><div class="prose">{}</div>'
        '<div class="stack-l">{}</div></div></div>',
        text,
        aside,
    )
