"""Logging in, with patience for who mistypes and none for who guesses."""

from django import forms
from django.contrib.auth.backends import ModelBackend
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm

ATTEMPTS = 10
WINDOW = 15 * 60  # seconds


class Guesses:
    """Wrong passwords for one name from one address; who they are is kept as a keyed hash."""

    def __init__(self, request, username):
        address = request.META.get("REMOTE_ADDR", "") if request else ""
        secret = salted_hmac("login", f"{address}\n{(username or '').lower()}", algorithm="sha256")
        self.key = f"login:{secret.hexdigest()}"
        self.cache = caches["shared"]

    def are_too_many(self):
        return self.cache.get(self.key, 0) >= ATTEMPTS

    def add(self):
        self.cache.add(self.key, 0, WINDOW)
        try:
            self.cache.incr(self.key)
        except ValueError:  # it ran out between the two
            self.cache.set(self.key, 1, WINDOW)

    def forget(self):
        self.cache.delete(self.key)


class PatientBackend(ModelBackend):
    """Stands behind every door there is, and does not even look at the eleventh password."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        if username is None or password is None:
            return super().authenticate(request, username, password, **kwargs)
        guesses = Guesses(request, username)
        if guesses.are_too_many():
            raise PermissionDenied
        user = super().authenticate(request, username, password, **kwargs)
        if user is None:
            guesses.add()
        else:
            guesses.forget()
        return user


class LoginForm(WagtailLoginForm):
    def get_invalid_login_error(self):
        if Guesses(self.request, self.cleaned_data.get("username")).are_too_many():
            return forms.ValidationError(
                _(
                    "Too many wrong passwords. Wait a quarter of an hour, "
                    "or ask for a new password below."
                ),
                code="too_many",
            )
        return super().get_invalid_login_error()
