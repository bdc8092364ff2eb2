"""Tests of compiling the translations without gettext."""

import gettext
import os

from digipunt.translations import compile_translations

PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Device"
msgstr "{word}"

msgid "%d device"
msgid_plural "%d devices"
msgstr[0] "%d toestel"
msgstr[1] "%d toestellen"

#~ msgid "Gone"
#~ msgstr "Weg"
"""


def write(folder, word):
    source = folder / "nl" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(PO.format(word=word))
    return source


def read(folder):
    gettext._translations.clear()
    return gettext.translation("django", folder, ["nl"])


def test_compiled_file_contains_the_translations(tmp_path):
    write(tmp_path, "Toestel")
    assert [path.name for path in compile_translations(tmp_path)] == ["django.mo"]
    words = read(tmp_path)
    assert words.gettext("Device") == "Toestel"
    assert words.ngettext("%d device", "%d devices", 3) == "%d toestellen"
    assert words.gettext("Gone") == "Gone"


def test_unchanged_translations_are_not_compiled_again(tmp_path):
    source = write(tmp_path, "Toestel")
    compile_translations(tmp_path)
    assert compile_translations(tmp_path) == []
    write(tmp_path, "Apparaat")
    later = source.with_suffix(".mo").stat().st_mtime + 5
    os.utime(source, (later, later))
    assert compile_translations(tmp_path)
    assert read(tmp_path).gettext("Device") == "Apparaat"
