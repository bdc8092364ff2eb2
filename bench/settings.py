"""Production, and two pages more that everything is measured against; never for the public."""

from digipunt.settings.production import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
SECURE_SSL_REDIRECT = False  # the load comes over plain http, from this machine
