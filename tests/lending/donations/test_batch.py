"""Tests of reading and validating a list of devices."""

import io

import pytest
from django.utils import translation

from lending.donations.imports.batch import type_synonyms, validate_sheet
from lending.donations.imports.sheet import MAX_LINES, InvalidSheet, read_sheet

TYPES = [("laptop", "Laptop"), ("tablet", "Tablet"), ("smartphone", "Smartphone")]
HEADINGS = "type;merk;model;serienummer;bouwjaar;lader;staat"
LINE = "laptop;Lenovo;ThinkPad T480;DEMO-0071;2018;ja;werkt"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def read(text, encoding="utf-8"):
    content = text if isinstance(text, bytes) else text.encode(encoding)
    return read_sheet(io.BytesIO(content))


def validate(text, encoding="utf-8"):
    return validate_sheet(read(text, encoding), types=TYPES, this_year=2026)


def validate_line(*cells):
    """A list of one line, checked."""
    return validate(f"{HEADINGS}\n{';'.join(cells)}\n")


def refusal_of(content):
    with pytest.raises(InvalidSheet) as refused:
        read(content)
    return str(refused.value)


def errors_of(batch):
    return [
        (error.line, error.column, error.text)
        for invalid in batch.invalid_lines
        for error in invalid.errors
    ]


def test_line_gives_a_device():
    (row,) = validate(f"{HEADINGS}\n{LINE}\n").devices
    assert (row.line, row.type, row.brand, row.model) == (2, "laptop", "Lenovo", "ThinkPad T480")
    assert (row.serial, row.year, row.charger, row.works) == ("DEMO-0071", 2018, True, "yes")


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiter_encoding_and_newline_are_detected(delimiter, encoding, newline):
    text = newline.join([HEADINGS, LINE.replace("Lenovo", "Résidence"), ""])
    (row,) = validate(text.replace(";", delimiter), encoding).devices
    assert (row.brand, row.serial) == ("Résidence", "DEMO-0071")


def test_windows_file_is_read_when_it_ends_like_truncated_utf8():
    (row,) = validate("soort;merk\nlaptop;Caf\u00e9", "cp1252").devices
    assert row.brand == "Café"


@pytest.mark.parametrize(
    "headings",
    [
        "serienummer;Merk;MODEL;Soort;Bouwjaar;Lader;Staat",
        "Serial number;Brand;Model;Type;Year;Charger;Condition",
        "Serie-nr.;make;Model name;Device type;JAAR;Oplader;Toestand",
        '"Serienummer";"merk";"model";"soort";"bouwjaar";"lader";"staat"',
    ],
)
def test_headings_are_recognised_in_any_order_case_and_language(headings):
    (row,) = validate(f"{headings}\nX1;HP;ProBook;laptop;2019;nee;kapot\n").devices
    assert (row.serial, row.brand, row.type, row.year) == ("X1", "HP", "laptop", 2019)
    assert (row.charger, row.works) == (False, "no")


def test_separator_line_of_excel_is_skipped():
    (row,) = validate(f"sep=,\n{HEADINGS.replace(';', ',')}\nlaptop,,,,,,\n").devices
    assert row.line == 2


def test_only_type_is_required_and_empty_lines_are_skipped():
    batch = validate("type\n\nlaptop\n;;;\n  \ntablet\n")
    assert [(row.line, row.type) for row in batch.devices] == [(3, "laptop"), (6, "tablet")]


def test_unknown_column_is_reported_and_left_out():
    sheet = read("type;gebruiker;merk\nlaptop;Jan Peeters;HP\n")
    assert sheet.unused == ["gebruiker"]
    assert "Peeters" not in str(sheet)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Laptop", "laptop"),
        (" LAPTOP ", "laptop"),
        ("notebook", "laptop"),
        ("gsm", "smartphone"),
        ("iPad", "tablet"),
    ],
)
def test_synonym_of_type_is_recognised(written, code):
    assert validate_line(written).devices[0].type == code


def test_synonym_is_unknown_when_its_type_does_not_exist():
    assert "monitor" not in type_synonyms(TYPES)
    assert type_synonyms([("scr", "Scherm")])["monitor"] == "scr"


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        (["", "Dell"], "type", "Choose what it is."),
        (["wasmachine"], "type", "We do not know “wasmachine”. Choose what it is."),
        (["laptop", "x" * 41], "brand", "This is too long: at most 40 characters."),
        (["laptop", "", "x" * 61], "model", "This is too long: at most 60 characters."),
        (["laptop", "", "", "x" * 61], "serial", "This is too long: at most 60 characters."),
        (["laptop", "", "", "", "19"], "year", "Write the year in 4 digits, for example 2019."),
        (["laptop", "", "", "", "2027"], "year", "That year is in the future."),
        (
            ["laptop", "", "", "", "1979"],
            "year",
            "That is too long ago. Write the year in 4 digits.",
        ),
        (["laptop", "", "", "", "", "misschien"], "charger", "Write yes or no."),
        (["laptop", "", "", "", "", "", "kras"], "condition", "Write: works, broken or unknown."),
        (
            ["laptop", "=cmd|' /C calc'!A0"],
            "brand",
            "This is a formula. Type the value instead.",
        ),
        (["laptop", "@SUM(A1)"], "brand", "This is a formula. Type the value instead."),
        (["laptop", "+A1"], "brand", "This is a formula. Type the value instead."),
        (["laptop", "-A1"], "brand", "This is a formula. Type the value instead."),
        (
            ["laptop", "", "", "", "", "", "", "te veel"],
            "",
            "This line has more cells than there are headings. Check where each one belongs.",
        ),
    ],
)
def test_invalid_cell_has_an_error(cells, column, sentence):
    batch = validate_line(*cells)
    assert errors_of(batch) == [(2, column, sentence)]
    assert not batch.devices
    assert not batch.is_valid


@pytest.mark.parametrize(
    "cells",
    [
        ["laptop", "x" * 40, "x" * 60, "x" * 60, "2026", "nee", "defect"],
        ["laptop", "-", "?", "n/a", "", "", ""],
        ["laptop", "Brand", '13" +plus', "-5", "1980", "X", "OK"],
        ["laptop", "", "", '="00123"'],
    ],
)
def test_value_on_the_limit_is_valid(cells):
    assert validate_line(*cells).is_valid


def test_serial_number_loses_the_text_mark_of_spreadsheets():
    assert validate_line("laptop", "", "", '"=""00123"""').devices[0].serial == "00123"


def test_duplicate_serial_number_names_the_first_line():
    lines = ["laptop;;;DEMO-1", "laptop;;;DEMO-2", "laptop;;;demo-1", "laptop;;; DEMO-1"]
    batch = validate("\n".join([HEADINGS, *lines]))
    assert errors_of(batch) == [
        (4, "serial", "This serial number is also on line 2."),
        (5, "serial", "This serial number is also on line 2."),
    ]
    assert len(batch) == 4


def test_every_invalid_cell_of_a_line_has_an_error():
    assert [
        column for _line, column, _text in errors_of(validate_line("", "", "", "", "z", "z", "z"))
    ] == [
        "type",
        "year",
        "charger",
        "condition",
    ]


@pytest.mark.parametrize("column", range(7))
def test_national_register_number_is_refused_and_removed(column):
    cells = ["laptop", "", "", "", "", "", ""]
    cells[column] = "van 85.07.30-033.28 hier"
    (invalid,) = validate_line(*cells).invalid_lines
    assert "national register number" in invalid.errors[0].text
    assert "033.28" not in str(invalid)
    assert invalid.line.cells[column] == "van … hier"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"),
        (b"\r\n \r\n", "empty"),
        (b";;;\n;;;\n", "empty"),
        (HEADINGS.encode(), "no device below"),
        (f"{HEADINGS}\n;;;;;;\n".encode(), "no device below"),
        (b"PK\x03\x04" + bytes(100), "xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
        (b"\xff\xd8\xff\xe0 JFIF", "jpg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"%PDF-1.7", "PDF"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"type;merk\nlaptop;De\x00ll\n", "another kind of file"),
        (b"laptop;Dell;X\nlaptop;HP;Y\n", "Write on the first line: type; merk"),
        (b"type;soort\nlaptop;laptop\n", "Two columns mean the same"),
        (b"type" + b";x" * 4999 + b"\nlaptop\n", "5000 columns"),
        (b'type;merk\nlaptop;"Dell\nlaptop;HP\n', "quotation mark"),
        (b'type;merk\nlaptop;"Dell"x\n', "quotation mark"),
        (b"type;merk\nlaptop;" + b"x" * 2_000_000, "more than 100,000 characters"),
        (b"type\n" + b"laptop\n" * 750_000, "larger than 5 MB"),
    ],
)
def test_other_file_is_refused_with_reason(content, words):
    assert words in refusal_of(content)


def test_list_has_at_most_ten_thousand_devices():
    assert len(read("type\n" + "laptop\n" * MAX_LINES).lines) == MAX_LINES
    assert "more than 10,000 devices" in refusal_of(b"type\n" + b"laptop\n" * (MAX_LINES + 1))


def test_only_the_line_with_too_many_cells_is_invalid():
    batch = validate(f"{HEADINGS}\nlaptop{';x' * 5000}\n{LINE}\n")
    assert [(invalid.line.number, len(invalid.line.cells)) for invalid in batch.invalid_lines] == [
        (2, 7)
    ]
    assert len(batch.devices) == 1


def test_long_cell_is_cut():
    sheet = read(f"{HEADINGS}\nlaptop;{'x' * 90_000}\n")
    assert len(sheet.lines[0]["brand"]) <= 201


def test_corrected_sheet_is_valid():
    sheet = read(f"{HEADINGS}\n;Dell\n{LINE}\n")
    corrected = sheet.with_corrections({2: {"type": "Laptop", "nothing": "x"}})
    assert validate_sheet(corrected, types=TYPES, this_year=2026).is_valid
    assert not validate_sheet(sheet, types=TYPES, this_year=2026).is_valid


@pytest.mark.parametrize(
    ("year", "age"),
    [
        (None, ""),
        (2026, "0-3"),
        (2023, "0-3"),
        (2022, "3-5"),
        (2021, "3-5"),
        (2020, "5-7"),
        (2019, "5-7"),
        (2018, "7+"),
    ],
)
def test_year_gives_age(year, age):
    (row,) = validate_line("laptop", "", "", "", str(year or "")).devices
    assert row.age(2026) == age
