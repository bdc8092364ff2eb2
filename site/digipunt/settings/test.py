"""For the tests: quick hashing, mail in memory, plain static files."""

import os
import tempfile
from datetime import time
from pathlib import Path

from .base import *  # noqa: F403
from .base import DATABASES

SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
QUIET_HOURS = (time(0), time(0))  # none: a test says itself when it is night
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "shared")
}
ELASTICSEARCH_URL = ""  # the tests that speak to a server name it themselves
SEARCH_INDEX_PREFIX = f"test-{os.getpid()}-"

# A file of its own for every run, as in real life: threads and worker processes can write to it.
# Its writers wait as long as it takes: how fast this machine is, is for the bench to say.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"]["timeout"] = 300
    # TEST_DATABASE names a file to keep, for `--reuse-db` while one writes.
    own = Path(tempfile.gettempdir()) / f"digipunt-test-{os.getpid()}.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_DATABASE") or str(own)}
