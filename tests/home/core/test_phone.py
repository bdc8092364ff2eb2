"""Tests of telephone numbers: what is stored, shown, searched, compared and refused."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import connection

from home.core.personal_data import NationalNumberRefused
from home.core.phone import PhoneField, PhoneNumber, dial_string, last_digits, to_phone_number
from home.messages.models import Message
from tests.factories import messages

WRITINGS = [
    ("0470/12.34.56", "+32470123456", "0470 12 34 56"),
    ("0032 470 12 34 56", "+32470123456", "0470 12 34 56"),
    (" +32 470 12 34 56 ", "+32470123456", "0470 12 34 56"),
    ("053 73 00 00", "+3253730000", "053 73 00 00"),
    ("0031 20 123 45 67", "+31201234567", "+31 20 123 4567"),
]
OTHER_TEXTS = ["02 000 00 00", "1700", "112", "053 73 00 00 ext. 12", "vraag naar Lotte"]


def stored_text(message):
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM home_message WHERE key = %s", [message.key])
        return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "stored", "shown"), WRITINGS)
def test_number_is_stored_in_e164_and_shown_as_people_write_it(typed, stored, shown):
    message = messages.message(phone=typed)
    assert stored_text(message) == stored
    message.refresh_from_db()
    assert str(message.phone) == shown
    assert Message.objects.filter(phone=typed).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("text", OTHER_TEXTS)
def test_other_text_is_stored_and_shown_as_typed(text):
    message = messages.message(phone=text)
    assert stored_text(message) == text
    message.refresh_from_db()
    assert str(message.phone) == text


@pytest.mark.django_db
def test_empty_number_is_empty_text():
    message = messages.message(phone="")
    message.refresh_from_db()
    assert message.phone == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("0470 12", True),
        ("0470/12.34", True),
        ("470123456", True),
        ("+32 470", True),
        ("0032470", True),
        ("3456", True),
        ("0471", False),
        ("12", True),
        ("Lotte", False),
        ("H-2026-0470", False),
        ("%", False),
    ],
)
def test_search_finds_number_in_any_writing(query, is_found):
    messages.message(phone="0470 12 34 56")
    assert Message.objects.filter(phone__icontains=query).exists() is is_found


@pytest.mark.django_db
def test_search_finds_text_that_is_not_a_number():
    messages.message(phone="02 000 00 00")
    assert Message.objects.filter(phone__icontains="02 000").exists()


@pytest.mark.django_db
def test_national_register_number_is_refused():
    with pytest.raises(NationalNumberRefused):
        messages.message(phone="85.07.30-033.28")


def test_numbers_are_equal_in_any_writing():
    numbers = {to_phone_number(typed) for typed in ("0470/12.34.56", "+32470123456")}
    assert numbers == {to_phone_number("0470 12 34 56")}
    assert to_phone_number("0470 12 34 56") != to_phone_number("0470 12 34 57")


@pytest.mark.parametrize(("typed", "_stored", "shown"), WRITINGS)
def test_form_field_accepts_any_writing(typed, _stored, shown):
    number = PhoneField().clean(typed)
    assert isinstance(number, PhoneNumber)
    assert str(number) == shown


@pytest.mark.parametrize("typed", ["0470 12", "12", "1700", "Lotte", "02 000 00 00"])
def test_form_field_refuses_other_text(typed):
    with pytest.raises(ValidationError, match="0470 12 34 56") as error:
        PhoneField().clean(typed)
    assert len(error.value.messages) == 1


def test_form_field_may_be_empty():
    assert PhoneField(required=False).clean("") == ""


def test_model_form_field_is_a_text_field():
    field = Message._meta.get_field("phone").formfield()
    assert type(field) is forms.CharField
    assert field.clean("1700") == "1700"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("02 000 00 00", "+3220000000"),
        ("0470/00.00.00", "+32470000000"),
        ("0032 2 000 00 00", "+3220000000"),
        ("053 73 00 00 ext. 12", "+3253730000"),
        ("+31 20 123 4567", "+31201234567"),
        ("112", "112"),
        ("1700", "1700"),
        ("", ""),
    ],
)
def test_link_dials_the_number(number, expected):
    assert dial_string(number) == expected
    assert dial_string(to_phone_number(number)) == expected


@pytest.mark.parametrize(("count", "expected"), [(2, "56"), (3, "456")])
def test_last_digits(count, expected):
    assert last_digits(to_phone_number("0470 12 34 56"), count) == expected
    assert last_digits("") == ""
