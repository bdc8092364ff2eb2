"""Who guesses passwords is stopped; who mistypes one is not."""

import pytest
from django.core.cache import caches
from django.urls import reverse

from digipunt.accounts.login import ATTEMPTS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_guesses_yet():
    caches["shared"].clear()


@pytest.fixture
def bram(django_user_model):
    return django_user_model.objects.create_superuser("bram", password="right")


def log_in(client, password, name="bram", address="192.0.2.7", door="wagtailadmin_login"):
    return client.post(reverse(door), {"username": name, "password": password}, REMOTE_ADDR=address)


def guess_wrong(client, times, **kwargs):
    for number in range(times):
        answer = log_in(client, f"wrong {number}", **kwargs)
    return answer


def is_in(client):
    return "_auth_user_id" in client.session


def test_the_last_attempt_may_still_be_the_right_one(client, bram):
    guess_wrong(client, ATTEMPTS - 1)
    log_in(client, "right")
    assert is_in(client)


def test_after_ten_wrong_passwords_the_right_one_does_not_help(client, bram):
    answer = guess_wrong(client, ATTEMPTS)
    assert len(answer.context["form"].non_field_errors()) == 1
    answer = log_in(client, "right")
    assert not is_in(client)
    assert answer.context["form"].errors.as_data()["__all__"][0].code == "too_many"


@pytest.mark.parametrize("other", [{"address": "192.0.2.8"}, {"name": "els"}])
def test_somebody_else_is_not_stopped(client, bram, django_user_model, other):
    django_user_model.objects.create_superuser("els", password="right")
    guess_wrong(client, ATTEMPTS)
    log_in(client, "right", **other)
    assert is_in(client)


def test_letters_in_capitals_are_the_same_name(client, bram):
    guess_wrong(client, ATTEMPTS, name="BRAM")
    log_in(client, "right")
    assert not is_in(client)


def test_the_visitors_door_is_no_way_round(client, bram):
    guess_wrong(client, ATTEMPTS, door="wagtailcore_login")
    log_in(client, "right")
    assert not is_in(client)


def test_who_got_in_starts_anew(client, bram):
    guess_wrong(client, ATTEMPTS - 1)
    log_in(client, "right")
    client.logout()
    guess_wrong(client, ATTEMPTS - 1)
    log_in(client, "right")
    assert is_in(client)


def test_neither_name_nor_address_is_kept(client, bram):
    guess_wrong(client, 1)
    kept = " ".join(caches["shared"]._cache)
    assert "login:" in kept
    assert "bram" not in kept
    assert "192.0.2.7" not in kept
