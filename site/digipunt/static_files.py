"""Static files in production: style sheets joined into one, names with a hash, compressed.

While developing, digipunt.css imports one file per component; a visitor gets it as one file.
"""

import re

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

ENTRY = "digipunt/css/digipunt.css"
_IMPORT = re.compile(r'@import url\("(?P<name>[\w-]+\.css)"\) layer\((?P<layer>\w+)\);')


def joined(text, read):
    """The style sheet with every import replaced by what it imports, in its layer."""

    def imported(match):
        return f"@layer {match['layer']} {{\n{read(match['name'])}\n}}"

    return _IMPORT.sub(imported, text)


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    def post_process(self, paths, dry_run=False, **options):
        if ENTRY in paths and not dry_run:
            paths = {**paths, ENTRY: (self._joined(paths), ENTRY)}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _joined(self, paths):
        folder = ENTRY.rpartition("/")[0]

        def read(name):
            storage, path = paths[f"{folder}/{name}"]
            with storage.open(path) as file:
                return file.read().decode()

        memory = InMemoryStorage()
        memory.save(ENTRY, ContentFile(joined(read("digipunt.css"), read).encode()))
        return memory
