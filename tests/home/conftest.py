"""Fixtures for mail over SMTP."""

import pytest

from tests.home.messages.mail_server import Inbox, mail_server

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def by_smtp(settings):
    settings.EMAIL_BACKEND = SMTP
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_TIMEOUT = 5
    settings.DEFAULT_FROM_EMAIL = "Digipunt <post@digipunt.example>"

    def to(port):
        settings.EMAIL_PORT = port

    return to


@pytest.fixture
def inbox(by_smtp):
    handler = Inbox()
    with mail_server(handler) as server:
        by_smtp(server.port)
        yield handler
