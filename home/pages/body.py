"""What the body of a page is made of, and how other apps add to it.

`BodyField` is a StreamField whose blocks are looked up in the registry the first time somebody
asks for them, after all apps are loaded. So home needs not know who adds what:

    # lending/catalogue/page_blocks.py
    from home.body import register_block

    register_block("availability", AvailabilityBlock(), aside=True)

The module `page_blocks` of every subject is imported for that, in the order of INSTALLED_APPS. A
migration names the field and never its blocks: another kind of block is no change to a table, and
no app has to write a migration because another one has a new block. (A block that goes away leaves
its data in the pages unseen, as Wagtail does with any block that it does not know.)

A line that is counted on the spot (`register_live_line`) is added in the same module.

A block with `band = True` in its Meta stands from edge to edge; all others flow in one column of
text. A block registered with `aside=True` may also stand beside the text.
"""

from django.utils.functional import cached_property
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField

from home.core.autodiscover import autodiscover_subjects
from home.core.personal_data import validate_no_national_number

_blocks = {}
_beside = {}
_lines = {}


def register_block(name, block, *, aside=False, only_aside=False):
    """Add a block to the body of every page (and to the column beside it)."""
    if not only_aside:
        _blocks[name] = block
    if aside or only_aside:
        _beside[name] = block


def register_live_line(name, label, line):
    """Add a line that is counted when a page is opened: "5 laptops now available".

    `line()` gives a pair of a state (now, later, not, wave, stop) and a sentence, or None.
    """
    _lines[name] = (label, line)


def live_lines():
    """The live lines to choose from."""
    return [(name, label) for name, (label, _line) in _lines.items()]


def live_line(name):
    """State and sentence of this live line now; None where there is nothing to say."""
    _label, line = _lines.get(name, (None, None))
    return line() if line else None


def body_blocks():
    autodiscover_subjects("page_blocks")
    return list(_blocks.items())


def aside_blocks():
    autodiscover_subjects("page_blocks")
    return list(_beside.items())


class BodyField(StreamField):
    """The body of a page: every block that any app has registered."""

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
    """What stands beside the body: short, and seen first."""

    blocks = staticmethod(aside_blocks)
