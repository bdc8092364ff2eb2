"""Template tag that lays out the body of a page."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def body(context, stream, beside=None):
    """Render the body of a page; `beside` is shown next to the first text column."""
    block_context = context.flatten()

    def render(blocks):
        return mark_safe("\n".join(block.render(block_context) for block in blocks))

    sections = []
    aside = render(beside) if beside else ""
    for is_full_width, blocks in _group(stream):
        if is_full_width:
            sections.append(blocks[0].render(block_context))
        else:
            sections.append(_render_columns(render(blocks), aside))
            aside = ""
    if aside:
        sections.insert(0, _render_columns("", aside))
    return mark_safe("\n".join(sections))


def _group(stream):
    """Return (False, [blocks of a text column]) and (True, [one full-width block]) in order."""
    groups = []
    for block in stream or []:
        is_full_width = getattr(block.block.meta, "full_width", False)
        if is_full_width or not groups or groups[-1][0]:
            groups.append((is_full_width, [block]))
        else:
            groups[-1][1].append(block)
    return groups


def _render_columns(text, aside):
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
