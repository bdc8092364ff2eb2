"""A company's list of devices: every line right, or said what is wrong with which cell."""

import re
from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.core.personal_data import (
    NationalNumberRefused,
    cut_national_numbers,
    holds_national_number,
)
from lending.donations.imports.sheet import Line

LABELS = {
    "type": gettext_lazy("Type"),
    "brand": gettext_lazy("Brand"),
    "model": gettext_lazy("Model"),
    "serial": gettext_lazy("Serial number"),
    "year": gettext_lazy("Year"),
    "charger": gettext_lazy("Charger"),
    "condition": gettext_lazy("Condition"),
}
LONGEST = {"brand": 40, "model": 60, "serial": 60}
OLDEST = 1980

# What people write for a type; each word is tried as code and as name of a type that exists.
TYPE_WORDS = {
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
NOTHING = {"", "-", "–", "—", "/", "?", ".", "n/a", "nvt", "n.v.t.", "none", "null"}

_FORMULA = re.compile(r"[=@]|[+-](?=\D)")


@dataclass(frozen=True, slots=True)
class Row:
    """A device as somebody offers it. `type` is the code of a type, `works` as in a donation."""

    line: int
    type: str
    brand: str = ""
    model: str = ""
    serial: str = ""
    year: int | None = None
    charger: bool = False
    works: str = "unknown"

    def age(self, this_year):
        """The answer on the form that fits the year in which it was made."""
        if self.year is None:
            return ""
        years = this_year - self.year
        return "0-3" if years <= 3 else "3-5" if years <= 5 else "5-7" if years <= 7 else "7+"


@dataclass(frozen=True, slots=True)
class CellError:
    line: int
    column: str  # "" is about the line as a whole
    text: str

    @property
    def label(self):
        return LABELS.get(self.column, "")


@dataclass(frozen=True, slots=True)
class WrongLine:
    line: Line  # without national register numbers
    errors: list[CellError]


@dataclass(slots=True)
class Batch:
    """Rows that may be registered only when nothing is wrong."""

    rows: list[Row] = field(default_factory=list)
    wrong: list[WrongLine] = field(default_factory=list)

    @property
    def is_clean(self):
        return bool(self.rows) and not self.wrong

    def __len__(self):
        return len(self.rows) + len(self.wrong)

    def per_type(self):
        return Counter(row.type for row in self.rows).most_common()


def type_words(types):
    """`{word: code}` out of (code, name) pairs, with the other words that people use."""
    words = {}
    for code, name in types:
        for word in (_plain(code), _plain(name)):
            for other in TYPE_WORDS.get(word, "").split():
                words.setdefault(other, code)
    for code, name in types:
        words[_plain(code)] = words[_plain(name)] = code
    return words


def _plain(text):
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def check(sheet, *, types, this_year):
    """Every line of the sheet as a row, or with an error per cell. `types` are (code, name)."""
    words = type_words(types)
    batch = Batch()
    serials = {}
    for line in sheet.lines:
        errors = {}
        row = Row(
            line=line.number,
            type=_type(line["type"], words, errors),
            brand=_text("brand", line, errors),
            model=_text("model", line, errors),
            serial=_serial(line, serials, errors),
            year=_year(line["year"], this_year, errors),
            charger=_charger(line["charger"], errors),
            works=_works(line["condition"], errors),
        )
        if line.surplus:
            errors[""] = _("This line has more cells than headings. Look where each belongs.")
        _refuse_numbers_and_formulas(line, errors)
        if errors:
            batch.wrong.append(_wrong(line, errors))
        else:
            batch.rows.append(row)
    return batch


def _wrong(line, errors):
    cells = tuple(cut_national_numbers(cell) if len(cell) > 10 else cell for cell in line.cells)
    return WrongLine(
        Line(line.number, cells, line.surplus),
        [CellError(line.number, column, text) for column, text in errors.items()],
    )


def _refuse_numbers_and_formulas(line, errors):
    for column, cell in zip(LABELS, line.cells, strict=True):
        if not cell:
            continue
        if len(cell) > 10 and holds_national_number(cell):
            errors[column] = NationalNumberRefused().messages[0]
        elif cell[0] in "=@+-" and cell not in NOTHING and _FORMULA.match(cell):
            errors[column] = _("This is a formula. Type what should stand here.")


def _type(text, words, errors):
    code = words.get(_plain(text))
    if code is None:
        errors["type"] = (
            _("We do not know “%(text)s”. Choose what it is.") % {"text": text[:40]}
            if _plain(text)
            else _("Choose what it is.")
        )
    return code


def _text(column, line, errors):
    text = line[column]
    if text.casefold() in NOTHING:
        return ""
    if len(text) > LONGEST[column]:
        errors[column] = _("This is too long: at most %(limit)d letters.") % {
            "limit": LONGEST[column]
        }
    return text


def _serial(line, serials, errors):
    text = _text("serial", line, errors)
    if text:
        first = serials.setdefault("".join(text.casefold().split()), line.number)
        if first != line.number:
            errors["serial"] = _("This serial number is also on line %(line)d.") % {"line": first}
    return text


def _year(text, this_year, errors):
    if text.casefold() in NOTHING:
        return None
    if not re.fullmatch(r"[0-9]{4}", text):
        errors["year"] = _("Write the year with 4 figures, for example 2019.")
    elif int(text) > this_year:
        errors["year"] = _("That year is still to come.")
    elif int(text) < OLDEST:
        errors["year"] = _("That is too long ago. Write the year with 4 figures.")
    else:
        return int(text)
    return None


def _charger(text, errors):
    charger = text.casefold() not in NOTHING and CHARGER.get(_plain(text))
    if charger is None:
        errors["charger"] = _("Write yes or no.")
    return bool(charger)


def _works(text, errors):
    if text.casefold() in NOTHING:
        return "unknown"
    works = WORKS.get(_plain(text))
    if works is None:
        errors["condition"] = _("Write: works, broken or unknown.")
    return works
