"""A violated constraint is recognised by its name, on SQLite and PostgreSQL."""

import pytest
from django.db import IntegrityError, transaction

from home.core.constraints import violates
from home.messages.models import MessageText
from lending.devices.models import Erasure
from tests.factories import staff

pytestmark = pytest.mark.django_db


def error_of(write):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    return caught.value


def text(**fields):
    fields = {"kind": "x", "language": "nl", "subject": "x", "body": "x"} | fields
    return MessageText.objects.create(**fields)


def test_check_constraint_is_recognised():
    error = error_of(lambda: text(subject=""))
    assert violates(error, "message_text_says_something")
    assert not violates(error, "one_text_per_kind_and_language")


def test_unique_constraint_is_recognised():
    text()
    error = error_of(text)
    assert violates(error, "one_text_per_kind_and_language")
    assert not violates(error, "message_text_says_something")
    assert not violates(error, "one_fitted_medium_per_serial")


def test_trigger_is_recognised():
    device = staff.ready(staff.place())
    erasure = Erasure.objects.filter(medium__device=device).first()
    error = error_of(lambda: Erasure.objects.filter(pk=erasure.pk).update(tool="other"))
    assert violates(error, "erasure_never_changes")
    assert not violates(error, "message_text_says_something")


def test_error_without_a_database_error_is_not_recognised():
    assert not violates(IntegrityError("something"), "message_text_says_something")
