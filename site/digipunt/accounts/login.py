"""Login that limits failed attempts per user name and address."""

from django import forms
from django.contrib.auth.backends import ModelBackend
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm

MAX_FAILURES = 10
WINDOW = 15 * 60  # seconds


class LoginFailures:
    """Count of failed logins for a user name from an address, stored under a keyed hash."""

    def __init__(self, request, username):
        address = request.META.get("REMOTE_ADDR", "") if request else ""
        digest = salted_hmac("login", f"{address}\n{(username or '').lower()}", algorithm="sha256")
        self.key = f"login:{digest.hexdigest()}"
        self.cache = caches["shared"]

    def reached_limit(self):
        return self.cache.get(self.key, 0) >= MAX_FAILURES

    def add(self):
        self.cache.add(self.key, 0, WINDOW)
        try:
            self.cache.incr(self.key)
        except ValueError:  # the key expired between the two calls
            self.cache.set(self.key, 1, WINDOW)

    def clear(self):
        self.cache.delete(self.key)


class RateLimitedBackend(ModelBackend):
    """Authentication backend that refuses even the right password after too many failures."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        if username is None or password is None:
            return super().authenticate(request, username, password, **kwargs)
        failures = LoginFailures(request, username)
        if failures.reached_limit():
            raise PermissionDenied
        user = super().authenticate(request, username, password, **kwargs)
        if user is None:
            failures.add()
        else:
            failures.clear()
        return user


class LoginForm(WagtailLoginForm):
    """Login form that explains why a login is refused after too many failures."""

    def get_invalid_login_error(self):
        if LoginFailures(self.request, self.cleaned_data.get("username")).reached_limit():
            return forms.ValidationError(
                _(
                    "Too many failed attempts. Wait fifteen minutes, "
                    "or request a new password below."
                ),
                code="too_many",
            )
        return super().get_invalid_login_error()
