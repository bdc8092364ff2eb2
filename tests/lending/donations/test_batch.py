"""What a list of devices may look like, and what is said about every other list."""

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


def sheet_of(text, encoding="utf-8"):
    content = text if isinstance(text, bytes) else text.encode(encoding)
    return read_sheet(io.BytesIO(content))


def batch_of(text, encoding="utf-8"):
    return validate_sheet(sheet_of(text, encoding), types=TYPES, this_year=2026)


def one(*cells):
    """A list of one line, checked."""
    return batch_of(f"{HEADINGS}\n{';'.join(cells)}\n")


def refusal(content):
    with pytest.raises(InvalidSheet) as refused:
        sheet_of(content)
    return str(refused.value)


def errors_of(batch):
    return [
        (error.line, error.column, error.text)
        for invalid in batch.invalid_lines
        for error in invalid.errors
    ]


def test_a_line_becomes_a_device():
    (row,) = batch_of(f"{HEADINGS}\n{LINE}\n").devices
    assert (row.line, row.type, row.brand, row.model) == (2, "laptop", "Lenovo", "ThinkPad T480")
    assert (row.serial, row.year, row.charger, row.works) == ("DEMO-0071", 2018, True, "yes")


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_separator_encoding_and_line_ends_are_found_out(delimiter, encoding, newline):
    text = newline.join([HEADINGS, LINE.replace("Lenovo", "Résidence"), ""])
    (row,) = batch_of(text.replace(";", delimiter), encoding).devices
    assert (row.brand, row.serial) == ("Résidence", "DEMO-0071")


def test_a_windows_file_that_ends_in_the_middle_of_a_letter_of_utf8_is_read():
    (row,) = batch_of("soort;merk\nlaptop;Caf\u00e9", "cp1252").devices
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
def test_headings_come_in_any_order_case_and_language(headings):
    (row,) = batch_of(f"{headings}\nX1;HP;ProBook;laptop;2019;nee;kapot\n").devices
    assert (row.serial, row.brand, row.type, row.year) == ("X1", "HP", "laptop", 2019)
    assert (row.charger, row.works) == (False, "no")


def test_the_line_of_excel_that_names_the_separator_is_not_a_heading():
    (row,) = batch_of(f"sep=,\n{HEADINGS.replace(';', ',')}\nlaptop,,,,,,\n").devices
    assert row.line == 2


def test_only_the_type_is_needed_and_empty_lines_do_not_count():
    batch = batch_of("type\n\nlaptop\n;;;\n  \ntablet\n")
    assert [(row.line, row.type) for row in batch.devices] == [(3, "laptop"), (6, "tablet")]


def test_a_heading_that_we_do_not_use_is_named_and_its_cells_are_left_out():
    sheet = sheet_of("type;gebruiker;merk\nlaptop;Jan Peeters;HP\n")
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
def test_people_have_many_words_for_a_type(written, code):
    assert one(written).devices[0].type == code


def test_a_word_for_a_type_that_does_not_exist_means_nothing():
    assert "monitor" not in type_synonyms(TYPES)
    assert type_synonyms([("scr", "Scherm")])["monitor"] == "scr"


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        (["", "Dell"], "type", "Choose what it is."),
        (["wasmachine"], "type", "We do not know “wasmachine”. Choose what it is."),
        (["laptop", "x" * 41], "brand", "This is too long: at most 40 letters."),
        (["laptop", "", "x" * 61], "model", "This is too long: at most 60 letters."),
        (["laptop", "", "", "x" * 61], "serial", "This is too long: at most 60 letters."),
        (["laptop", "", "", "", "19"], "year", "Write the year with 4 figures, for example 2019."),
        (["laptop", "", "", "", "2027"], "year", "That year is still to come."),
        (
            ["laptop", "", "", "", "1979"],
            "year",
            "That is too long ago. Write the year with 4 figures.",
        ),
        (["laptop", "", "", "", "", "misschien"], "charger", "Write yes or no."),
        (["laptop", "", "", "", "", "", "kras"], "condition", "Write: works, broken or unknown."),
        (
            ["laptop", "=cmd|' /C calc'!A0"],
            "brand",
            "This is a formula. Type what should stand here.",
        ),
        (["laptop", "@SUM(A1)"], "brand", "This is a formula. Type what should stand here."),
        (["laptop", "+A1"], "brand", "This is a formula. Type what should stand here."),
        (["laptop", "-A1"], "brand", "This is a formula. Type what should stand here."),
        (
            ["laptop", "", "", "", "", "", "", "te veel"],
            "",
            "This line has more cells than headings. Look where each belongs.",
        ),
    ],
)
def test_each_wrong_cell_gets_its_sentence(cells, column, sentence):
    batch = one(*cells)
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
def test_what_lies_just_within_the_border_is_right(cells):
    assert one(*cells).is_valid


def test_a_serial_that_a_spreadsheet_wrote_as_text_loses_its_quotes():
    assert one("laptop", "", "", '"=""00123"""').devices[0].serial == "00123"


def test_a_serial_number_stands_on_one_line_and_the_second_names_the_first():
    lines = ["laptop;;;DEMO-1", "laptop;;;DEMO-2", "laptop;;;demo-1", "laptop;;; DEMO-1"]
    batch = batch_of("\n".join([HEADINGS, *lines]))
    assert errors_of(batch) == [
        (4, "serial", "This serial number is also on line 2."),
        (5, "serial", "This serial number is also on line 2."),
    ]
    assert len(batch) == 4


def test_several_wrong_cells_on_a_line_are_all_said():
    assert [column for _line, column, _text in errors_of(one("", "", "", "", "z", "z", "z"))] == [
        "type",
        "year",
        "charger",
        "condition",
    ]


@pytest.mark.parametrize("column", range(7))
def test_a_national_register_number_is_refused_and_cut_out_in_every_cell(column):
    cells = ["laptop", "", "", "", "", "", ""]
    cells[column] = "van 85.07.30-033.28 hier"
    (invalid,) = one(*cells).invalid_lines
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
        (b"type;soort\nlaptop;laptop\n", "Two columns say the same"),
        (b"type" + b";x" * 4999 + b"\nlaptop\n", "5000 columns"),
        (b'type;merk\nlaptop;"Dell\nlaptop;HP\n', "quotation mark"),
        (b'type;merk\nlaptop;"Dell"x\n', "quotation mark"),
        (b"type;merk\nlaptop;" + b"x" * 2_000_000, "more than 100,000 letters"),
        (b"type\n" + b"laptop\n" * 750_000, "larger than 5 MB"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(content, words):
    assert words in refusal(content)


def test_a_list_holds_at_most_ten_thousand_devices():
    assert len(sheet_of("type\n" + "laptop\n" * MAX_LINES).lines) == MAX_LINES
    assert "more than 10,000 devices" in refusal(b"type\n" + b"laptop\n" * (MAX_LINES + 1))


def test_a_line_of_five_thousand_cells_is_wrong_and_the_others_are_not():
    batch = batch_of(f"{HEADINGS}\nlaptop{';x' * 5000}\n{LINE}\n")
    assert [(invalid.line.number, len(invalid.line.cells)) for invalid in batch.invalid_lines] == [
        (2, 7)
    ]
    assert len(batch.devices) == 1


def test_a_cell_keeps_no_more_than_can_be_refused():
    sheet = sheet_of(f"{HEADINGS}\nlaptop;{'x' * 90_000}\n")
    assert len(sheet.lines[0]["brand"]) <= 201


def test_a_wrong_cell_can_be_mended_and_the_list_is_read_again():
    sheet = sheet_of(f"{HEADINGS}\n;Dell\n{LINE}\n")
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
def test_the_year_answers_how_old_it_is(year, age):
    (row,) = one("laptop", "", "", "", str(year or "")).devices
    assert row.age(2026) == age
