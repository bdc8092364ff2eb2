"""For the tests: quick hashing, mail in memory, plain static files."""

import os
from datetime import time

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

# Writers wait as long as it takes: how fast a machine is, the benchmarks measure.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"]["timeout"] = 300
