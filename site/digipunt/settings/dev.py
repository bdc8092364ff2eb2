"""On a developer's own machine, and for the demo: everything works without an environment."""

import os

from .base import *  # noqa: F403
from .base import DATA_DIR, EMAIL_FILE_PATH

DEBUG = os.environ.get("DEBUG", "1") == "1"
SECRET_KEY = "only-for-development"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *os.environ.get("ALLOWED_HOSTS", "").split()]
WHITENOISE_USE_FINDERS = True
EMAIL_FILE_PATH.mkdir(parents=True, exist_ok=True)
DATA_DIR.mkdir(parents=True, exist_ok=True)
