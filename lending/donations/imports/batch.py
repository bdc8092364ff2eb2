"""Validation of a list of devices, with an error for each cell."""

import re
from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.core.personal_data import (
    NationalNumberRefused,
    contains_national_number,
    remove_national_numbers,
)
from lending.donations.imports.sheet import Line

COLUMN_LABELS = {
    "type": gettext_lazy("Type"),
    "brand": gettext_lazy("Brand"),
    "model": gettext_lazy("Model"),
    "serial": gettext_lazy("Serial number"),
    "year": gettext_lazy("Year"),
    "charger": gettext_lazy("Charger"),
    "condition": gettext_lazy("Condition"),
}
MAX_LENGTHS = {"brand": 40, "model": 60, "serial": 60}
FIRST_YEAR = 1980

# Other words for a type, by its code or name.
TYPE_SYNONYMS = {
    "laptop": "notebook portable draagbare laptops ultrabook macbook",
    "chromebook": "chromebooks",
    "tablet": "tablets ipad",
    "smartphone": "smartphones gsm telefoon phone iphone mobile mobieltje gsmtoestel",
    "desktop": "desktops pc computer computers vastecomputer desktoppc imac",
    "screen": "scherm schermen monitor monitors beeldscherm",
    "scherm": "screen screens schermen monitor monitors beeldscherm",
    "monitor": "scherm schermen screen beeldscherm",
    "mifi": "router routers 4grouter modem hotspot",
    "router": "routers mifi 4grouter modem hotspot",
}
CHARGER = {
    True: "ja j yes y true waar 1 x v oui met ok aanwezig",
    False: "nee n neen no false onwaar 0 non zonder geen ontbreekt",
}
CHARGER = {word: charger for charger, words in CHARGER.items() for word in words.split()}
WORKS = {
    "yes": "werkt ok goed zeergoed nieuw gebruikt ja yes works working good used new a b agrade",
    "no": "kapot defect stuk nee no werktniet broken faulty notworking dead c",
    "unknown": "onbekend weetniet ikweethetniet niettest nietgetest unknown untested",
}
WORKS = {word: works for works, words in WORKS.items() for word in words.split()}
EMPTY_VALUES = {"", "-", "–", "—", "/", "?", ".", "n/a", "nvt", "n.v.t.", "none", "null"}

_FORMULA = re.compile(r"[=@]|[+-](?=\D)")


@dataclass(frozen=True, slots=True)
class OfferedDevice:
    """A valid line; `type` is the code of a type, `works` a value of DonationLine.Works."""

    line: int
    type: str
    brand: str = ""
    model: str = ""
    serial: str = ""
    year: int | None = None
    charger: bool = False
    works: str = "unknown"

    def age(self, this_year):
        """Return the value of DonationLine.Age for the year of manufacture."""
        if self.year is None:
            return ""
        years = this_year - self.year
        return "0-3" if years <= 3 else "3-5" if years <= 5 else "5-7" if years <= 7 else "7+"


@dataclass(frozen=True, slots=True)
class CellError:
    """An error in a cell, or in the whole line if `column` is empty."""

    line: int
    column: str
    text: str

    @property
    def label(self):
        return COLUMN_LABELS.get(self.column, "")


@dataclass(frozen=True, slots=True)
class InvalidLine:
    """A line with errors."""

    line: Line  # without national register numbers
    errors: list[CellError]


@dataclass(slots=True)
class Batch:
    """The devices of a list and its invalid lines; it is registered only without the latter."""

    devices: list[OfferedDevice] = field(default_factory=list)
    invalid_lines: list[InvalidLine] = field(default_factory=list)

    @property
    def is_valid(self):
        """Return whether the list can be registered."""
        return bool(self.devices) and not self.invalid_lines

    def __len__(self):
        return len(self.devices) + len(self.invalid_lines)

    def per_type(self):
        """Return [(code of the type, number of devices), ...], most first."""
        return Counter(device.type for device in self.devices).most_common()


def type_synonyms(types):
    """Return {word: code} for (code, name) pairs, with their synonyms."""
    words = {}
    for code, name in types:
        for word in (_letters_of(code), _letters_of(name)):
            for other in TYPE_SYNONYMS.get(word, "").split():
                words.setdefault(other, code)
    for code, name in types:
        words[_letters_of(code)] = words[_letters_of(name)] = code
    return words


def _letters_of(text):
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def validate_sheet(sheet, *, types, this_year):
    """Return the Batch of a sheet; `types` are (code, name) pairs."""
    words = type_synonyms(types)
    batch = Batch()
    serials = {}
    for line in sheet.lines:
        errors = {}
        device = OfferedDevice(
            line=line.number,
            type=_parse_type(line["type"], words, errors),
            brand=_parse_text("brand", line, errors),
            model=_parse_text("model", line, errors),
            serial=_parse_serial(line, serials, errors),
            year=_parse_year(line["year"], this_year, errors),
            charger=_parse_charger(line["charger"], errors),
            works=_parse_condition(line["condition"], errors),
        )
        if line.surplus:
            errors[""] = _(
                "This line has more cells than there are headings. Check where each one belongs."
            )
        _refuse_numbers_and_formulas(line, errors)
        if errors:
            batch.invalid_lines.append(_invalid_line(line, errors))
        else:
            batch.devices.append(device)
    return batch


def _invalid_line(line, errors):
    cells = tuple(remove_national_numbers(cell) if len(cell) > 10 else cell for cell in line.cells)
    return InvalidLine(
        Line(line.number, cells, line.surplus),
        [CellError(line.number, column, text) for column, text in errors.items()],
    )


def _refuse_numbers_and_formulas(line, errors):
    for column, cell in zip(COLUMN_LABELS, line.cells, strict=True):
        if not cell:
            continue
        if len(cell) > 10 and contains_national_number(cell):
            errors[column] = NationalNumberRefused().messages[0]
        elif cell[0] in "=@+-" and cell not in EMPTY_VALUES and _FORMULA.match(cell):
            errors[column] = _("This is a formula. Type the value instead.")


def _parse_type(text, words, errors):
    code = words.get(_letters_of(text))
    if code is None:
        errors["type"] = (
            _("We do not know “%(text)s”. Choose what it is.") % {"text": text[:40]}
            if _letters_of(text)
            else _("Choose what it is.")
        )
    return code


def _parse_text(column, line, errors):
    text = line[column]
    if text.casefold() in EMPTY_VALUES:
        return ""
    if len(text) > MAX_LENGTHS[column]:
        errors[column] = _("This is too long: at most %(limit)d characters.") % {
            "limit": MAX_LENGTHS[column]
        }
    return text


def _parse_serial(line, serials, errors):
    text = _parse_text("serial", line, errors)
    if text:
        first = serials.setdefault("".join(text.casefold().split()), line.number)
        if first != line.number:
            errors["serial"] = _("This serial number is also on line %(line)d.") % {"line": first}
    return text


def _parse_year(text, this_year, errors):
    if text.casefold() in EMPTY_VALUES:
        return None
    if not re.fullmatch(r"[0-9]{4}", text):
        errors["year"] = _("Write the year in 4 digits, for example 2019.")
    elif int(text) > this_year:
        errors["year"] = _("That year is in the future.")
    elif int(text) < FIRST_YEAR:
        errors["year"] = _("That is too long ago. Write the year in 4 digits.")
    else:
        return int(text)
    return None


def _parse_charger(text, errors):
    charger = text.casefold() not in EMPTY_VALUES and CHARGER.get(_letters_of(text))
    if charger is None:
        errors["charger"] = _("Write yes or no.")
    return bool(charger)


def _parse_condition(text, errors):
    if text.casefold() in EMPTY_VALUES:
        return "unknown"
    works = WORKS.get(_letters_of(text))
    if works is None:
        errors["condition"] = _("Write: works, broken or unknown.")
    return works
