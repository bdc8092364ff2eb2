"""A list that somebody made in a spreadsheet, out of the bytes of a CSV file."""

import codecs
import csv
import itertools
import re
import unicodedata
from dataclasses import dataclass, field, replace
from io import TextIOWrapper

from django.utils.translation import gettext as _

from home.core.personal_data import cut_national_numbers
from lending.core.errors import LendingError

MAX_BYTES = 5_000_000
MAX_LINES = 10_000
MAX_COLUMNS = 50
PIECE = 64 * 1024
KEPT = 200  # of a cell; longer ones are refused anyway

COLUMNS = {
    "type": "type soort toestel soorttoestel typetoestel apparaat device devicetype kind category",
    "brand": "merk brand make maker fabrikant manufacturer vendor",
    "model": "model modelnaam modelname product productname productnaam",
    "serial": "serienummer serienr serienummers serial serialnumber serialno sn servicetag",
    "year": "bouwjaar jaar year yearbuilt aankoopjaar aanschafjaar purchaseyear productiejaar",
    "charger": "lader oplader charger adapter voeding powersupply metlader metoplader",
    "condition": "staat toestand conditie condition state werkt works working werkthet",
}
HEADINGS = {word: name for name, words in COLUMNS.items() for word in words.split()}
POSITION = {name: index for index, name in enumerate(COLUMNS)}
EXAMPLE = "type;merk;model;serienummer;bouwjaar;lader;staat"
SPACED = EXAMPLE.replace(";", "; ")  # in a sentence, that must fit on a phone

_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CONTROL = dict.fromkeys((*range(32), 127), " ")


class ListRefused(LendingError):
    """The file as a whole can not be read; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the spreadsheet, numbered as there: the headings are line 1."""

    number: int
    cells: tuple[str, ...]  # in the order of COLUMNS, cut after KEPT characters
    surplus: bool = False

    def __getitem__(self, column):
        return self.cells[POSITION[column]]


@dataclass(frozen=True, slots=True)
class Sheet:
    lines: list[Line] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)  # headings that mean nothing to us

    def mended(self, corrections):
        """The sheet with `{line number: {column: text}}` put in."""
        return replace(
            self,
            lines=[
                _mended(line, corrections[line.number]) if line.number in corrections else line
                for line in self.lines
            ],
        )


def _mended(line, cells):
    texts = dict(zip(COLUMNS, line.cells, strict=True)) | {
        column: clean(text) for column, text in cells.items() if column in COLUMNS
    }
    return replace(line, cells=tuple(texts.values()), surplus=False)


def read(file):
    """The sheet in this binary file, which need not be in memory. Raises ListRefused."""
    raw = getattr(file, "file", file)  # the file inside an upload
    encoding = _encoding(raw)
    raw.seek(0)
    text = TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")
    try:
        return _parsed(text)
    finally:
        text.detach()


def _encoding(raw):
    """Look at every byte once, in pieces: too much, no text at all, UTF-8 or Windows-1252."""
    raw.seek(0)
    size, start = 0, b""
    utf8 = codecs.getincrementaldecoder("utf-8")()
    encoding = None
    while piece := raw.read(PIECE):
        if not size:
            start = piece
            _refuse_what_is_no_text(start)
            encoding = next((name for bom, name in _BOMS.items() if start.startswith(bom)), None)
        size += len(piece)
        if size > MAX_BYTES:
            raise ListRefused(
                _("This file is larger than 5 MB. Make several lists of it, one for each place.")
            )
        if encoding != "utf-16" and b"\0" in piece:
            raise ListRefused(_not_csv(_("This is not a list but another kind of file.")))
        if encoding is None:
            try:
                utf8.decode(piece, final=len(piece) < PIECE)
            except UnicodeDecodeError:
                encoding = "cp1252"
    if not start.strip(b'\xef\xbb\xbf\r\n\t ;,"'):
        raise ListRefused(_("This file is empty. Choose a list with one device on each line."))
    return encoding or "utf-8"


def _not_csv(what):
    return f"{what} " + _("Choose a CSV file. In Excel: File, Save as, CSV.")


def _refuse_what_is_no_text(start):
    head = start.lstrip()[:200].lower()
    kinds = {
        _("This is a spreadsheet (xlsx or ods), whatever its name says."): b"pk\x03\x04",
        _("This is an old spreadsheet (xls), whatever its name says."): b"\xd0\xcf\x11\xe0",
        _("This is a photo (jpg)."): b"\xff\xd8\xff",
        _("This is a picture (png)."): b"\x89png",
        _("This is a PDF."): b"%pdf",
        _("This is a document (rtf)."): b"{\\rtf",
        _("This is a web page."): (b"<!doctype", b"<html", b"<?xml", b"<svg"),
        _("This is a compressed file."): b"\x1f\x8b",
    }
    for what, magic in kinds.items():
        if head.startswith(magic):
            raise ListRefused(_not_csv(what))


def _parsed(text):
    first = text.readline()
    delimiter = None
    if match := re.fullmatch(r'"?sep=(.)"?\s*', first, re.IGNORECASE):
        delimiter, first = match[1], text.readline()
    delimiter = delimiter or _delimiter(first)
    reader = csv.reader(itertools.chain([first], text), delimiter=delimiter, strict=True)
    records = enumerate(reader, start=1)
    number, lines = 0, []
    try:
        number, heading = next(
            (number, record) for number, record in records if any(map(str.strip, record))
        )
        order, unused = _columns(heading)
        for number, record in records:
            if line := _line(number, record, order, len(heading)):
                if len(lines) == MAX_LINES:
                    raise ListRefused(
                        _("This list has more than 10,000 devices. Make several lists of it.")
                    )
                lines.append(line)
    except csv.Error as error:
        raise ListRefused(_csv_problem(number + 1, error)) from error
    except (StopIteration, UnicodeError) as error:
        raise ListRefused(
            _("This file is empty. Choose a list with one device on each line.")
        ) from error
    if not lines:
        raise ListRefused(
            _("This list has headings, but no device below them. Put each device on a line.")
        )
    return Sheet(lines, unused)


def _csv_problem(number, error):
    if "field limit" in str(error):
        return _(
            "Line %(line)d holds a cell of more than 100,000 letters. "
            "Is a quotation mark missing there?"
        ) % {"line": number}
    return _(
        'On line %(line)d a quotation mark (") is missing or too many. Mend it and try again.'
    ) % {"line": number}


def _word(text):
    """'Serie-nummer ' and 'serienummer' are the same heading."""
    plain = unicodedata.normalize("NFKD", text[:KEPT].casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def _delimiter(first):
    """The separator that makes most sense of the headings; Belgian spreadsheets write `;`."""

    def sense(delimiter):
        cells = first.split(delimiter)
        return sum(_word(cell) in HEADINGS for cell in cells), len(cells)

    return max(";,\t", key=sense)


def _columns(heading):
    """For each of our columns its place in the record, and the headings that we do not use."""
    while heading and not heading[-1].strip():
        heading.pop()
    if len(heading) > MAX_COLUMNS:
        raise ListRefused(
            _("The first line has %(count)d columns. A list has at most 7: %(columns)s.")
            % {"count": len(heading), "columns": SPACED}
        )
    order, unused = {}, []
    for index, text in enumerate(heading):
        name = HEADINGS.get(_word(text))
        if name is None:
            unused.append(cut_national_numbers(clean(text))[:40])
        elif name in order:
            raise ListRefused(
                _("Two columns say the same: “%(one)s” and “%(two)s”. Leave one out.")
                % {"one": clean(heading[order[name]]), "two": clean(text)}
            )
        else:
            order[name] = index
    if "type" not in order:
        raise ListRefused(
            _("The first line has no column “type”. Write on the first line: %(columns)s.")
            % {"columns": SPACED}
        )
    return [order.get(name) for name in COLUMNS], [text for text in unused if text]


def _line(number, record, order, width):
    if not any(record):
        return None
    cells = tuple(
        clean(record[index]) if index is not None and index < len(record) else "" for index in order
    )
    surplus = len(record) > width and any(cell.strip() for cell in record[width:])
    if not surplus and not any(cells) and not any(cell.strip() for cell in record):
        return None
    return Line(number, cells, surplus)


def clean(text):
    """One line without control characters; never longer than what can be refused in words."""
    if len(text) > KEPT:
        text = text[: KEPT + 1]
    if not text.isprintable():
        text = text.replace("\ufeff", "").translate(_CONTROL)
    text = " ".join(text.split())
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        return text[2:-1]  # how a spreadsheet writes: this number is text
    return text
