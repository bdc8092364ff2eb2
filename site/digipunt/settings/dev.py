"""On a developer's own machine, and for the demo: everything works without an environment."""

import os

from .base import *  # noqa: F403
from .base import EMAIL_FILE_PATH, STATIC_ROOT

DEBUG = os.environ.get("DEBUG", "1") == "1"
SECRET_KEY = "only-for-development"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *os.environ.get("ALLOWED_HOSTS", "").split()]
WHITENOISE_USE_FINDERS = True
for folder in (EMAIL_FILE_PATH, STATIC_ROOT):
    folder.mkdir(parents=True, exist_ok=True)
