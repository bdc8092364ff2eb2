"""Compare the translations with what the code says to people: missing, doubtful, left over."""

import sys
from pathlib import Path

import polib


def entries(path):
    if not path.exists():
        return {}
    return {
        (entry.msgctxt, entry.msgid): entry
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }


def troubles(committed, fresh):
    for path in sorted(Path(fresh).rglob("*.po")):
        name = path.relative_to(fresh)
        ours, said = entries(Path(committed) / name), entries(path)
        for key, entry in said.items():
            if key not in ours:
                yield f"{name}: new, run `make messages` and translate it: {key[1]!r}"
            elif entry.fuzzy or ours[key].fuzzy:
                yield f"{name}: doubtful (fuzzy): {key[1]!r}"
            elif not ours[key].translated():
                yield f"{name}: not translated: {key[1]!r}"
        for key in ours.keys() - said.keys():
            yield f"{name}: nobody says this any more, run `make messages`: {key[1]!r}"


if __name__ == "__main__":
    found = list(troubles(*sys.argv[1:]))
    print("\n".join(found[:100]))
    if len(found) > 100:
        print(f"... and {len(found) - 100} more")
    sys.exit(bool(found))
