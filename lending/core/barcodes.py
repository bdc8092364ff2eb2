"""Bar codes: normalise what a scanner or a person types, and look up the object.

A subject registers its numbers in `barcodes.py`. Only prefixes without A, M, Q, W and Z survive a
scanner set to QWERTY on a computer with an AZERTY keyboard.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model

# What such a scanner types instead of 1234567890-.
AZERTY = str.maketrans("&é\"'(§è!çà)", "1234567890-")

# Cards beside the scanner; without a digit, so never the code of an object.
CONFIRM = "OK"
START_AGAIN = "STOP"

MAX_LENGTH = 200


@dataclass(frozen=True)
class BarcodeType:
    """The numbers of one model: how they are written, and how their object is found."""

    pattern: re.Pattern
    canonical: Callable[[re.Match], str]
    find: Callable[..., Model | None]
    """Called as `find(code, user=user)`; returns None for what the user may not see."""


_types: list[BarcodeType] = []


def register_barcode(pattern, canonical, find):
    """Add the numbers of a model; `pattern` is a regular expression for the whole code."""
    _types.append(BarcodeType(re.compile(pattern), canonical, find))


def normalise_code(typed):
    """Return the canonical code: 'dp)àààè&', ' 71 ' and 'https://…/t/DP-00071' are all DP-00071."""
    code = typed[:MAX_LENGTH].replace("\x00", "").strip().rstrip("/").rsplit("/", 1)[-1].upper()
    if not re.search(r"[0-9]", code):
        code = code.lower().translate(AZERTY).upper()
    for barcode_type in _types:
        if match := barcode_type.pattern.fullmatch(code):
            return barcode_type.canonical(match)
    return code


def find_by_code(typed, *, user):
    """Return the object with this number, or None if there is none that the user may see."""
    code = normalise_code(typed)
    for barcode_type in _types:
        if barcode_type.pattern.fullmatch(code):
            return barcode_type.find(code, user=user)
    return None
