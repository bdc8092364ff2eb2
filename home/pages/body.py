"""The body of a page, and the registry of its blocks.

`BodyField` is a StreamField that looks its blocks up in a registry on first use, after all apps are
loaded. Each subject registers its own in a module `page_blocks`:

    # lending/catalogue/page_blocks.py
    from home.pages.body import register_block

    register_block("availability", AvailabilityBlock(), aside=True)

A migration contains the field without its blocks, so a new block needs no migration. A block that
is removed leaves its data in the pages, and is not rendered.

Blocks flow in one text column, unless their Meta has `full_width = True`. A block registered with
`aside=True` is also available in the column beside the text.
"""

from django.utils.functional import cached_property
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField

from home.core.autodiscover import autodiscover_subjects
from home.core.personal_data import validate_no_national_number

_body_blocks = {}
_aside_blocks = {}
_live_statuses = {}


def register_block(name, block, *, aside=False, only_aside=False):
    """Register a block for the body of every page, and optionally for the column beside it."""
    if not only_aside:
        _body_blocks[name] = block
    if aside or only_aside:
        _aside_blocks[name] = block


def register_live_status(name, label, get_status):
    """Register a status that is computed when a page is opened: "5 laptops available now".

    `get_status()` returns a state (now, later, not, wave, stop) and a sentence, or None.
    """
    _live_statuses[name] = (label, get_status)


def live_status_choices():
    """Return the registered live statuses as form choices."""
    return [(name, label) for name, (label, _get_status) in _live_statuses.items()]


def get_live_status(name):
    """Return the state and sentence of this live status now, or None."""
    _label, get_status = _live_statuses.get(name, (None, None))
    return get_status() if get_status else None


def body_blocks():
    """Return (name, block) of the blocks that any subject registered for the body."""
    autodiscover_subjects("page_blocks")
    return list(_body_blocks.items())


def aside_blocks():
    """Return (name, block) of the blocks that any subject registered for the aside."""
    autodiscover_subjects("page_blocks")
    return list(_aside_blocks.items())


class BodyField(StreamField):
    """The body of a page, with every registered block."""

    blocks = staticmethod(body_blocks)

    def __init__(self, block_types=(), **kwargs):
        super().__init__(block_types, **kwargs)

    @cached_property
    def stream_block(self):
        block = StreamBlock(self.blocks())
        block.set_meta_options(self.block_opts)
        return block

    def deconstruct(self):
        name, path, _, kwargs = super(StreamField, self).deconstruct()
        return name, path, [], kwargs

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        self._refuse_national_numbers(value)

    def get_db_prep_save(self, value, connection):
        self._refuse_national_numbers(value)
        return super().get_db_prep_save(value, connection)

    def _refuse_national_numbers(self, value):
        if hasattr(value, "stream_block"):
            for text in self.stream_block.get_searchable_content(value):
                validate_no_national_number(str(text))


class AsideField(BodyField):
    """The short column beside the body, with the blocks registered for it."""

    blocks = staticmethod(aside_blocks)
