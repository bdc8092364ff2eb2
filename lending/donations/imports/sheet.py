"""Reader of a list of devices in a CSV file, in any encoding that a spreadsheet writes."""

import codecs
import csv
import itertools
import re
import unicodedata
from dataclasses import dataclass, field, replace
from io import TextIOWrapper

from django.utils.translation import gettext as _

from home.core.personal_data import remove_national_numbers
from lending.core.errors import LendingError

MAX_BYTES = 5_000_000
MAX_LINES = 10_000
MAX_COLUMNS = 50
CHUNK_SIZE = 64 * 1024
MAX_CELL_LENGTH = 200  # longer cells are invalid anyway

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
COLUMN_INDEX = {name: index for index, name in enumerate(COLUMNS)}
EXAMPLE_HEADINGS = "type;merk;model;serienummer;bouwjaar;lader;staat"
HEADINGS_SENTENCE = EXAMPLE_HEADINGS.replace(";", "; ")  # can wrap on a phone

_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CONTROL = dict.fromkeys((*range(32), 127), " ")


class InvalidSheet(LendingError):
    """The file as a whole cannot be read."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the spreadsheet, with its number there: the headings are line 1."""

    number: int
    cells: tuple[str, ...]  # in the order of COLUMNS, cut after KEPT characters
    surplus: bool = False

    def __getitem__(self, column):
        return self.cells[COLUMN_INDEX[column]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a list."""

    lines: list[Line] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)  # unknown headings

    def with_corrections(self, corrections):
        """Return the sheet with corrections, given as {line number: {column: text}}."""
        return replace(
            self,
            lines=[
                _corrected(line, corrections[line.number]) if line.number in corrections else line
                for line in self.lines
            ],
        )


def _corrected(line, cells):
    texts = dict(zip(COLUMNS, line.cells, strict=True)) | {
        column: clean_cell(text) for column, text in cells.items() if column in COLUMNS
    }
    return replace(line, cells=tuple(texts.values()), surplus=False)


def read_sheet(file):
    """Return the sheet in a binary file, which is read in chunks, or raise InvalidSheet."""
    raw = getattr(file, "file", file)  # the file inside an upload
    encoding = _detect_encoding(raw)
    raw.seek(0)
    text = TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")
    try:
        return _parse(text)
    finally:
        text.detach()


def _detect_encoding(raw):
    """Return the encoding, or raise InvalidSheet for a large, binary or empty file."""
    raw.seek(0)
    size, start = 0, b""
    utf8 = codecs.getincrementaldecoder("utf-8")()
    encoding = None
    while chunk := raw.read(CHUNK_SIZE):
        if not size:
            start = chunk
            _refuse_binary(start)
            encoding = next((name for bom, name in _BOMS.items() if start.startswith(bom)), None)
        size += len(chunk)
        if size > MAX_BYTES:
            raise InvalidSheet(
                _("This file is larger than 5 MB. Split it into several lists, one for each place.")
            )
        if encoding != "utf-16" and b"\0" in chunk:
            raise InvalidSheet(_not_csv_message(_("This is not a list but another kind of file.")))
        if encoding is None:
            try:
                utf8.decode(chunk, final=len(chunk) < CHUNK_SIZE)
            except UnicodeDecodeError:
                encoding = "cp1252"
    if not start.strip(b'\xef\xbb\xbf\r\n\t ;,"'):
        raise InvalidSheet(_("This file is empty. Choose a list with one device on each line."))
    return encoding or "utf-8"


def _not_csv_message(problem):
    return f"{problem} " + _("Choose a CSV file. In Excel: File, Save as, CSV.")


def _refuse_binary(start):
    head = start.lstrip()[:200].lower()
    signatures = {
        _("This is a spreadsheet (xlsx or ods), whatever its name says."): b"pk\x03\x04",
        _("This is an old spreadsheet (xls), whatever its name says."): b"\xd0\xcf\x11\xe0",
        _("This is a photo (jpg)."): b"\xff\xd8\xff",
        _("This is a picture (png)."): b"\x89png",
        _("This is a PDF."): b"%pdf",
        _("This is a document (rtf)."): b"{\\rtf",
        _("This is a web page."): (b"<!doctype", b"<html", b"<?xml", b"<svg"),
        _("This is a compressed file."): b"\x1f\x8b",
    }
    for problem, signature in signatures.items():
        if head.startswith(signature):
            raise InvalidSheet(_not_csv_message(problem))


def _parse(text):
    first = text.readline()
    delimiter = None
    if match := re.fullmatch(r'"?sep=(.)"?\s*', first, re.IGNORECASE):
        delimiter, first = match[1], text.readline()
    delimiter = delimiter or _detect_delimiter(first)
    reader = csv.reader(itertools.chain([first], text), delimiter=delimiter, strict=True)
    records = enumerate(reader, start=1)
    number, lines = 0, []
    try:
        number, heading = next(
            (number, record) for number, record in records if any(map(str.strip, record))
        )
        order, unused = _map_columns(heading)
        for number, record in records:
            if line := _parse_line(number, record, order, len(heading)):
                if len(lines) == MAX_LINES:
                    raise InvalidSheet(
                        _("This list has more than 10,000 devices. Split it into several lists.")
                    )
                lines.append(line)
    except csv.Error as error:
        raise InvalidSheet(_csv_error_message(number + 1, error)) from error
    except (StopIteration, UnicodeError) as error:
        raise InvalidSheet(
            _("This file is empty. Choose a list with one device on each line.")
        ) from error
    if not lines:
        raise InvalidSheet(
            _("This list has headings, but no device below them. Put each device on a line.")
        )
    return Sheet(lines, unused)


def _csv_error_message(number, error):
    if "field limit" in str(error):
        return _(
            "Line %(line)d has a cell of more than 100,000 characters. Is a quotation mark missing?"
        ) % {"line": number}
    return _(
        'Line %(line)d has a quotation mark (") too few or too many. Correct it and try again.'
    ) % {"line": number}


def _normalise_heading(text):
    """Return 'Serie-nummer ' as 'serienummer'."""
    plain = unicodedata.normalize("NFKD", text[:MAX_CELL_LENGTH].casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def _detect_delimiter(first):
    """Return the delimiter that gives most known headings; Belgian spreadsheets write `;`."""

    def score(delimiter):
        cells = first.split(delimiter)
        return sum(_normalise_heading(cell) in HEADINGS for cell in cells), len(cells)

    return max(";,\t", key=score)


def _map_columns(heading):
    """Return the index in a record of each of COLUMNS, and the unknown headings."""
    while heading and not heading[-1].strip():
        heading.pop()
    if len(heading) > MAX_COLUMNS:
        raise InvalidSheet(
            _("The first line has %(count)d columns. A list has at most 7: %(columns)s.")
            % {"count": len(heading), "columns": HEADINGS_SENTENCE}
        )
    order, unused = {}, []
    for index, text in enumerate(heading):
        name = HEADINGS.get(_normalise_heading(text))
        if name is None:
            unused.append(remove_national_numbers(clean_cell(text))[:40])
        elif name in order:
            raise InvalidSheet(
                _("Two columns mean the same: “%(one)s” and “%(two)s”. Remove one.")
                % {"one": clean_cell(heading[order[name]]), "two": clean_cell(text)}
            )
        else:
            order[name] = index
    if "type" not in order:
        raise InvalidSheet(
            _("The first line has no column “type”. Write on the first line: %(columns)s.")
            % {"columns": HEADINGS_SENTENCE}
        )
    return [order.get(name) for name in COLUMNS], [text for text in unused if text]


def _parse_line(number, record, order, width):
    if not any(record):
        return None
    cells = tuple(
        clean_cell(record[index]) if index is not None and index < len(record) else ""
        for index in order
    )
    surplus = len(record) > width and any(cell.strip() for cell in record[width:])
    if not surplus and not any(cells) and not any(cell.strip() for cell in record):
        return None
    return Line(number, cells, surplus)


def clean_cell(text):
    """Return a cell on one line, without control characters and cut to a length."""
    if len(text) > MAX_CELL_LENGTH:
        text = text[: MAX_CELL_LENGTH + 1]
    if not text.isprintable():
        text = text.replace("\ufeff", "").translate(_CONTROL)
    text = " ".join(text.split())
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        return text[2:-1]  # a number that a spreadsheet stores as text
    return text
