"""Signed values in links: the holder of a link may do one thing, without an account."""

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner


class InvalidLink(Exception):
    """The signature is missing or wrong."""


class ExpiredLink(InvalidLink):
    """The signature is right, but too old."""


def sign_value(purpose, value):
    """Return `value` with a signature that is only valid for `purpose`."""
    return _signer(purpose).sign(value)


def unsign_value(purpose, signed_value, *, max_age=None):
    """Return the value; raise ExpiredLink after `max_age` (a timedelta), or else InvalidLink."""
    try:
        return _signer(purpose).unsign(signed_value, max_age=max_age)
    except SignatureExpired as error:
        raise ExpiredLink from error
    except BadSignature as error:
        raise InvalidLink from error


def _signer(purpose):
    return TimestampSigner(sep=".", salt=f"home.confirm.{purpose}")


def site_url(path):
    """Return a URL that works in a mail."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path
