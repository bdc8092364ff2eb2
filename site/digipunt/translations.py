"""Compiles the translations, also where gettext is not installed."""

from pathlib import Path

import polib

LOCALE_DIR = Path(__file__).resolve().parents[1] / "locale"


def compile_translations(folder=LOCALE_DIR):
    """Write a .mo beside each .po that changed; returns those written."""
    written = []
    for source in sorted(Path(folder).rglob("*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            part = compiled.with_suffix(".mo.part")
            polib.pofile(str(source)).save_as_mofile(str(part))
            part.replace(compiled)
            written.append(compiled)
    return written


if __name__ == "__main__":
    compile_translations()
