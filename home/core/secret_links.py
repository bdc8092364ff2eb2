"""Secret links: whoever has one may do the one thing it was made for, without an account."""

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner


class WrongLink(Exception):
    """We never made this link, or a piece of it is missing."""


class OldLink(WrongLink):
    """We made this link, but too long ago."""


def secret_for(purpose, value):
    """What stands in the address: the value with a seal on it; of no use for another purpose."""
    return _signer(purpose).sign(value)


def value_in(purpose, secret, *, max_age=None):
    """The value that was sealed; raises OldLink after `max_age` (a timedelta), else WrongLink."""
    try:
        return _signer(purpose).unsign(secret, max_age=max_age)
    except SignatureExpired as error:
        raise OldLink from error
    except BadSignature as error:
        raise WrongLink from error


def _signer(purpose):
    return TimestampSigner(sep=".", salt=f"home.confirm.{purpose}")


def absolute(path):
    """An address that works in a mail."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path
