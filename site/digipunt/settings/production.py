"""For the public: insists on what only its owner can know, and on https."""

import os
import sys
from urllib.parse import urlsplit

from .base import *  # noqa: F403
from .base import EMAIL_FILE_PATH, STATIC_ROOT, TRUST_PROXY

NEEDED = {
    "SECRET_KEY": "a secret of at least 50 characters",
    "BASE_URL": "the address of the site, such as https://www.digipunt.example",
    "DATABASE_URL": "where the data is, such as postgres://name@host/database",
}


def insist(condition, sentence):
    if not condition:
        sys.exit(sentence)


missing = [f"{name} ({what})" for name, what in NEEDED.items() if not os.environ.get(name)]
insist(not missing, f"The environment lacks {', '.join(missing)}. See docs/installation.md.")

SECRET_KEY = os.environ["SECRET_KEY"]
insist(len(SECRET_KEY) >= 50, f"SECRET_KEY has to be {NEEDED['SECRET_KEY']}.")
address = urlsplit(os.environ["BASE_URL"])
insist(
    address.scheme in ("http", "https") and address.hostname and address.path in ("", "/"),
    f"BASE_URL has to be {NEEDED['BASE_URL']}.",
)

DEBUG = False
ALLOWED_HOSTS = [address.hostname, *os.environ.get("ALLOWED_HOSTS", "").split()]
CSRF_TRUSTED_ORIGINS = [f"{address.scheme}://{address.netloc}"]
WAGTAILADMIN_BASE_URL = f"{address.scheme}://{address.netloc}"

SECURE_SSL_REDIRECT = True
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = int(os.environ.get("HSTS_SECONDS", 365 * 24 * 3600))
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "digipunt.static_files.BundledStaticFilesStorage"},
}
for folder in (EMAIL_FILE_PATH, STATIC_ROOT):
    folder.mkdir(parents=True, exist_ok=True)
