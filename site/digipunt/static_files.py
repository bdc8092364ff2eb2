"""Static files in production: one bundled style sheet, hashed names, compressed files.

In development, digipunt.css imports one file per component.
"""

import re

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

ENTRY = "digipunt/css/digipunt.css"
_IMPORT = re.compile(r'@import url\("(?P<name>[\w-]+\.css)"\) layer\((?P<layer>\w+)\);')


def bundle(text, read):
    """Return a style sheet with every import replaced by the imported file, in its layer."""

    def replace_import(match):
        return f"@layer {match['layer']} {{\n{read(match['name'])}\n}}"

    return _IMPORT.sub(replace_import, text)


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Storage that bundles the style sheet before the files get their hashed names."""

    def post_process(self, paths, dry_run=False, **options):
        if ENTRY in paths and not dry_run:
            paths = {**paths, ENTRY: (self._bundle(paths), ENTRY)}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _bundle(self, paths):
        folder = ENTRY.rpartition("/")[0]

        def read(name):
            storage, path = paths[f"{folder}/{name}"]
            with storage.open(path) as file:
                return file.read().decode()

        memory = InMemoryStorage()
        memory.save(ENTRY, ContentFile(bundle(read("digipunt.css"), read).encode()))
        return memory
