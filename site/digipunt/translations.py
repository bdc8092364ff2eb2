"""Compile the translations, also where gettext is not installed."""

from pathlib import Path

import polib

LOCALE_DIR = Path(__file__).resolve().parents[1] / "locale"


def compile_translations(folder=LOCALE_DIR):
    """Write a .mo file next to each .po file that changed, and return the written paths."""
    written = []
    for source in sorted(Path(folder).rglob("*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            temporary = compiled.with_suffix(".mo.part")
            polib.pofile(str(source)).save_as_mofile(str(temporary))
            temporary.replace(compiled)
            written.append(compiled)
    return written


if __name__ == "__main__":
    compile_translations()
