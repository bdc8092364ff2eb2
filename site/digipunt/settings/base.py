"""Settings that apply everywhere; what differs per site comes from the environment."""

import os
import sys
from datetime import time
from importlib.util import find_spec
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from digipunt import content_security

PROJECT_DIR = Path(__file__).resolve().parents[3]
DATA_DIR = Path(os.environ.get("DATA_DIR", PROJECT_DIR / "var"))

INSTALLED_APPS = [
    "home",
    "locations",
    "lending",
    "search",
    "digipunt",
    "digipunt.accounts",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "csp",
    "js_lib_leaflet",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "digipunt.proxy.ForwardedForMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "digipunt.content_security.AdminPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "home.pages.routing.CachedPageRouteMiddleware",
]

ROOT_URLCONF = "digipunt.urls"
WSGI_APPLICATION = "digipunt.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]


def database(url):
    """Return the settings of the database at a URL, with many concurrent writers in mind."""
    try:
        settings = dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)
    except ValueError:
        sys.exit("DATABASE_URL has to be an address such as postgres://name@host/database.")
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    return settings


DATABASES = {
    "default": database(os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["digipunt.accounts.login.RateLimitedBackend"]
WAGTAILADMIN_USER_LOGIN_FORM = "digipunt.accounts.login.LoginForm"
SESSION_COOKIE_AGE = 12 * 3600  # seconds; a working day, because desks share computers
TRUST_PROXY = os.environ.get("TRUST_PROXY") == "1"  # to set the address of the visitor
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch"))]
PHONENUMBER_DEFAULT_REGION = "BE"
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
LOCALE_PATHS = [PROJECT_DIR / "site" / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [("digipunt/fonts", Path(find_spec("fontpkg_figtree").origin).parent / "files")]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"

# Room for a photo from a phone, and for a form with a whole office of devices.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"


def caches(redis):
    """Return `default`, which may lose values, and `shared`, one for all processes (throttling)."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    limits = {"OPTIONS": {"MAX_ENTRIES": 5000}}
    if redis:
        server = {"BACKEND": "digipunt.redis_cache.FailFastRedisCache", "LOCATION": redis}
        return {"default": server, "shared": {**server, "KEY_PREFIX": "shared"}}
    return {
        "default": {**memory, **limits},
        "shared": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "shared_cache",
            **limits,
        },
    }


CACHES = caches(os.environ.get("REDIS_URL"))

# Optional map tiles of a third party; without them no third party learns about visitors.
MAP_TILES_URL = os.environ.get("MAP_TILES_URL", "")
MAP_TILES_ATTRIBUTION = os.environ.get("MAP_TILES_ATTRIBUTION", "")
if MAP_TILES_URL and not content_security.tile_host(MAP_TILES_URL):
    sys.exit("MAP_TILES_URL has to be an address such as https://tiles.example/{z}/{x}/{y}.png.")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": content_security.allow_tiles(content_security.PUBLIC, MAP_TILES_URL)
}
X_FRAME_OPTIONS = "DENY"  # except for the previews of Wagtail

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "null": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # A path that is not found may contain a secret or a search query.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": ["null"], "propagate": False},
    },
}

WAGTAIL_SITE_NAME = "Digipunt"
WAGTAILADMIN_BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8000")
WAGTAILIMAGES_IMAGE_MODEL = "home.CustomImage"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "modelsearch.backends.database", "SEARCH_CONFIG": "dutch"}
}
ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "")
SEARCH_INDEX_PREFIX = os.environ.get("SEARCH_INDEX_PREFIX", "digipunt-")

# Without a mail server, messages are written to files.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_SECURITY") == "starttls"
EMAIL_USE_SSL = os.environ.get("EMAIL_SECURITY") == "tls"
EMAIL_TIMEOUT = float(os.environ.get("EMAIL_TIMEOUT", "5"))
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "home.messages.file_backend.EmailBackend"
)
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Digipunt <digipunt@localhost>")
# The foot of every message.
HELP_PHONE = os.environ.get("HELP_PHONE", "02 000 00 00")
HELP_PHONE_HOURS = os.environ.get("HELP_PHONE_HOURS", "maandag tot vrijdag van 9 tot 17 uur")
QUIET_HOURS = (time(21), time(8))  # default, until a coordinator sets others
MESSAGE_SENDER = os.environ.get(
    "MESSAGE_SENDER", "Digipunt (demo), Stationsplein 1 (demo), 9300 Aalst"
)
