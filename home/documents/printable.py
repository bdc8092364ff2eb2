"""Text that the fonts of documents can print; PDF/UA refuses characters without a glyph."""

import functools
import importlib.util
import re
import unicodedata
from pathlib import Path

TEXT_FONTS = ("fontpkg_figtree", "fontpkg_onest", "fontpkg_ibm_plex_sans_arabic")
CODE_FONT = "fontpkg_ibm_plex_mono"
MISSING = "\N{LOZENGE}"  # replaces a character that no font has
_DIRECTION_MARKS = dict.fromkeys(
    map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
)
_EQUIVALENTS = {"\u2011": "-", "\u2010": "-", "\t": " ", "\u202f": "\u00a0", "\u2007": "\u00a0"}
_LONG_WORD = re.compile(r"[^\s\u200b/-]{21,}")
_JOINERS = "\u200d\ufe0f\ufe0e"
_SKIN_TONES = range(0x1F3FB, 0x1F400)


def font_folders():
    """Return the folders of the font packages."""
    return [
        str(Path(importlib.util.find_spec(name).origin).parent / "files")
        for name in (*TEXT_FONTS, CODE_FONT)
    ]


@functools.cache
def printable_code_points():
    """Return every code point for which at least one of the text fonts has a glyph."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - start-up time

    points = set()
    for folder in font_folders()[: len(TEXT_FONTS)]:
        for file in Path(folder).glob("*.ttf"):
            if "Italic" not in file.name and ("[" in file.name or "Regular" in file.name):
                with TTFont(file, lazy=True) as font:
                    points |= set(font.getBestCmap())
    return frozenset(points)


def printable_text(text):
    """Return text without characters that no font has.

    Missing characters become a lozenge (one for each emoji, however many code points it has);
    control and direction characters are removed; very long words may break anywhere.
    """
    text = unicodedata.normalize("NFC", text)
    while (replaced := unicodedata.normalize("NFC", _replace_missing(text))) != text:
        text = replaced  # an accent may combine with its letter once a character between is gone
    return _LONG_WORD.sub(_breakable, text)


def _replace_missing(text):
    out = []
    for character in text.translate(_DIRECTION_MARKS):
        character = _EQUIVALENTS.get(character, character)
        category = unicodedata.category(character)
        if character == "\n":
            out.append(character)
        elif (
            character in _JOINERS
            or ord(character) in _SKIN_TONES
            or category in ("Cc", "Cs", "Co", "Cn")
        ):
            continue
        elif character == "\u200b" or ord(character) in printable_code_points():
            out.append(character)
        elif category in ("Mn", "Me", "Cf"):
            continue
        elif not (out and out[-1] == MISSING and category == "So"):
            out.append(MISSING)
    return "".join(out)


def _breakable(word):
    return "\u200b".join(word[0][i : i + 8] for i in range(0, len(word[0]), 8))


def printable_data(value, key=""):
    """Apply `printable_text` to a JSON-like value, except to SVG and URLs."""
    if isinstance(value, str):
        return value if key.endswith(("_svg", "url")) else printable_text(value)
    if isinstance(value, (list, tuple)):
        return [printable_data(item, key) for item in value]
    if isinstance(value, dict):
        return {name: printable_data(item, name) for name, item in value.items()}
    return value
