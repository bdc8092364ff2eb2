"""Which letters can stand on paper, and where the fonts for them live (packages, no files here)."""

import functools
import importlib.util
import re
import unicodedata
from pathlib import Path

TEXT_FONTS = ("fontpkg_figtree", "fontpkg_onest", "fontpkg_ibm_plex_sans_arabic")
CODE_FONT = "fontpkg_ibm_plex_mono"
MISSING = "\N{LOZENGE}"  # stands where a letter can not be printed
_DIRECTION = dict.fromkeys(
    map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
)
_SAME = {"\u2011": "-", "\u2010": "-", "\t": " ", "\u202f": "\u00a0", "\u2007": "\u00a0"}
_LONG = re.compile(r"[^\s\u200b/-]{21,}")
_JOINERS = "\u200d\ufe0f\ufe0e"
_SKIN_TONES = range(0x1F3FB, 0x1F400)


def font_folders():
    return [
        str(Path(importlib.util.find_spec(name).origin).parent / "files")
        for name in (*TEXT_FONTS, CODE_FONT)
    ]


@functools.cache
def letters():
    """Every code point that at least one of the text fonts can draw."""
    from fontTools.ttLib import TTFont

    points = set()
    for folder in font_folders()[: len(TEXT_FONTS)]:
        for file in Path(folder).glob("*.ttf"):
            if "Italic" not in file.name and ("[" in file.name or "Regular" in file.name):
                with TTFont(file, lazy=True) as font:
                    points |= set(font.getBestCmap())
    return frozenset(points)


def printable(text):
    """Make text safe to print: PDF/UA refuses a letter that no font has.

    Unknown letters become a lozenge (one for each emoji, however many code points it has); control
    and direction characters go; very long words may break anywhere.
    """
    text = unicodedata.normalize("NFC", text)
    while (kept := unicodedata.normalize("NFC", _kept(text))) != text:
        text = kept  # an accent that was held apart by what went may now belong to its letter
    return _LONG.sub(_breakable, text)


def _kept(text):
    """What there is a letter for."""
    out = []
    for letter in text.translate(_DIRECTION):
        letter = _SAME.get(letter, letter)
        kind = unicodedata.category(letter)
        if letter == "\n":
            out.append(letter)
        elif letter in _JOINERS or ord(letter) in _SKIN_TONES or kind in ("Cc", "Cs", "Co", "Cn"):
            continue
        elif letter == "\u200b" or ord(letter) in letters():
            out.append(letter)
        elif kind in ("Mn", "Me", "Cf"):
            continue
        elif not (out and out[-1] == MISSING and kind == "So"):
            out.append(MISSING)
    return "".join(out)


def _breakable(word):
    return "\u200b".join(word[0][i : i + 8] for i in range(0, len(word[0]), 8))


def clean(value, key=""):
    """`printable` for everything in a JSON-like value; pictures and addresses pass untouched."""
    if isinstance(value, str):
        return value if key.endswith(("_svg", "url")) else printable(value)
    if isinstance(value, (list, tuple)):
        return [clean(item, key) for item in value]
    if isinstance(value, dict):
        return {name: clean(item, name) for name, item in value.items()}
    return value
