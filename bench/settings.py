"""Production settings with two pages to measure against; never for a public site."""

from digipunt.settings.production import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
SECURE_SSL_REDIRECT = False  # the load comes over plain http, from this machine
