"""Tests of the limit on failed logins."""

import pytest
from django.core.cache import caches
from django.urls import reverse

from digipunt.accounts.login import MAX_FAILURES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_failures():
    caches["shared"].clear()


@pytest.fixture
def bram(django_user_model):
    return django_user_model.objects.create_superuser("bram", password="right")


def log_in(client, password, name="bram", address="192.0.2.7", login_url="wagtailadmin_login"):
    return client.post(
        reverse(login_url), {"username": name, "password": password}, REMOTE_ADDR=address
    )


def fail_to_log_in(client, times, **kwargs):
    for number in range(times):
        response = log_in(client, f"wrong {number}", **kwargs)
    return response


def is_logged_in(client):
    return "_auth_user_id" in client.session


def test_login_succeeds_on_the_last_attempt(client, bram):
    fail_to_log_in(client, MAX_FAILURES - 1)
    log_in(client, "right")
    assert is_logged_in(client)


def test_right_password_is_refused_after_ten_failures(client, bram):
    response = fail_to_log_in(client, MAX_FAILURES)
    assert len(response.context["form"].non_field_errors()) == 1
    response = log_in(client, "right")
    assert not is_logged_in(client)
    assert response.context["form"].errors.as_data()["__all__"][0].code == "too_many"


@pytest.mark.parametrize("other", [{"address": "192.0.2.8"}, {"name": "els"}])
def test_another_address_or_name_is_not_refused(client, bram, django_user_model, other):
    django_user_model.objects.create_superuser("els", password="right")
    fail_to_log_in(client, MAX_FAILURES)
    log_in(client, "right", **other)
    assert is_logged_in(client)


def test_name_is_compared_case_insensitively(client, bram):
    fail_to_log_in(client, MAX_FAILURES, name="BRAM")
    log_in(client, "right")
    assert not is_logged_in(client)


def test_login_page_of_the_site_counts_as_well(client, bram):
    fail_to_log_in(client, MAX_FAILURES, login_url="wagtailcore_login")
    log_in(client, "right")
    assert not is_logged_in(client)


def test_successful_login_resets_the_count(client, bram):
    fail_to_log_in(client, MAX_FAILURES - 1)
    log_in(client, "right")
    client.logout()
    fail_to_log_in(client, MAX_FAILURES - 1)
    log_in(client, "right")
    assert is_logged_in(client)


def test_cache_key_contains_neither_name_nor_address(client, bram):
    fail_to_log_in(client, 1)
    keys = " ".join(caches["shared"]._cache)
    assert "login:" in keys
    assert "bram" not in keys
    assert "192.0.2.7" not in keys
