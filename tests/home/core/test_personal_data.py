"""A national register number is refused wherever a person types, and nothing else is."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from home.core.personal_data import (
    FreeCharField,
    FreeTextField,
    NationalNumberRefused,
    contains_national_number,
    remove_national_numbers,
    validate_no_national_number,
)
from home.messages.models import Message
from tests.factories.messages import message

NUMBER = "85.07.30-033.28"


@pytest.mark.parametrize(
    "text",
    [
        "85.07.30-033.28",
        "85 07 30 033 28",
        "85.07.30-033 28",
        "85.07.30-03328",
        "12.34.56-789.01",
        "85073003328",
        "850730-033.28",
        "850730 03328",
        "85/07/30 033/28",
        "85.07.30 – 033.28",
        "85_07_30_033_28",
        "85.07.30\u2013033.28",
        "85\u00a007\u00a030\u00a0033\u00a028",
        "85.07.30-\u200b033.28",
        "８５０７３００３３２８",
        "rr85073003328",
        "RRN: 85073003328.",
        "INSZ85073003328",
        "40000095579",
        "85473003317",
        "17073003384",
        "85.07.30-033.28 bis",
        "tel 0470 12 34 56, rr 85.07.30-033.28",
        "4 85073003328",
    ],
)
def test_national_number_is_refused_in_every_notation(text):
    with pytest.raises(NationalNumberRefused):
        validate_no_national_number(text)
    left = remove_national_numbers(f"Vooraan {text} achteraan")
    assert not contains_national_number(left)
    assert left.startswith("Vooraan ")
    assert left.endswith(" achteraan")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lotte komt op 30.07.1985",
        "85.07.30",
        "12345678901",
        "85073003329",
        "85730733",
        "185073003328",
        "850730033280",
        "SN85073003328",
        "85073003328X",
        "+32 470 12 34 56",
        "+32470123456",
        "0032 470 12 34 56",
        "0470/12.34.56",
        "053 21 34 56",
        "BE 0403.019.261",
        "BE68 5390 0754 7034",
        "5390 0754 7034",
        "2026-11-25 123",
        "DP-00071 S-2026-0001 W-2026-0001",
        "PF0X1234, 5CG9380KQN, 00330-80000-00000-AA123",
        "85,07,30 en 033 en 28",
    ],
)
def test_other_numbers_are_accepted(text):
    validate_no_national_number(text)
    assert remove_national_numbers(text) == text


def test_values_other_than_text_are_accepted():
    assert validate_no_national_number(None) is None
    assert validate_no_national_number(85073003328) is None


@given(st.text(alphabet="0123456789.- /ab+\n…", max_size=80))
def test_text_is_accepted_after_its_numbers_are_removed(text):
    assert not contains_national_number(remove_national_numbers(text))


@given(
    st.dates(
        min_value=date(1930, 1, 1),
        max_value=date(2020, 12, 31),
    ),
    st.integers(min_value=1, max_value=997),
    st.sampled_from(
        ["{}{}{}{}{}", "{}.{}.{}-{}.{}", "{} {} {} {} {}", "{}{}{}-{}-{}", "{}/{}/{}.{}.{}"]
    ),
    st.text(alphabet="abc é,;()\n", max_size=10),
)
def test_every_valid_national_number_is_refused(born, serial, shape, around):
    first = f"{born:%y%m%d}{serial:03d}"
    check = 97 - int(("2" if born.year >= 2000 else "") + first) % 97
    parts = (first[:2], first[2:4], first[4:6], first[6:], f"{check:02d}")
    text = f"{around} {shape.format(*parts)} {around}"
    assert contains_national_number(text)
    assert parts[3] + parts[4] not in remove_national_numbers(text)


def test_error_explains_what_to_do():
    with pytest.raises(ValidationError) as refused:
        validate_no_national_number(NUMBER)
    assert refused.value.code == "national_number"
    assert len(refused.value.messages) == 1


def test_model_validation_refuses_a_national_number():
    with pytest.raises(ValidationError) as refused:
        Message(outcome_note=NUMBER).clean_fields()
    assert "outcome_note" in refused.value.message_dict


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["outcome_note", "recipient_name"])
@pytest.mark.parametrize(
    "write",
    [
        lambda row, field: (setattr(row, field, NUMBER), row.save()),
        lambda row, field: Message.objects.filter(pk=row.pk).update(**{field: NUMBER}),
        lambda row, field: Message.objects.filter(pk=row.pk).update(
            **{field: Concat(F(field), Value(NUMBER))}
        ),
        lambda row, field: Message.objects.filter(pk=row.pk).update(**{field: Value(NUMBER)}),
        lambda row, field: (
            setattr(row, field, NUMBER),
            Message.objects.bulk_update([row], [field]),
        ),
        lambda row, field: message("test:2", **{field: NUMBER}),
        lambda row, field: Message.objects.bulk_create(
            [Message(pk=Message.id_for("b"), key="b", due_at=row.due_at, **{field: NUMBER})]
        ),
        lambda row, field: Message.objects.update_or_create(key=row.key, defaults={field: NUMBER}),
    ],
    ids=[
        "save",
        "update",
        "expression",
        "value",
        "bulk_update",
        "create",
        "bulk_create",
        "or_create",
    ],
)
def test_every_write_through_the_orm_refuses_a_national_number(write, field):
    row = message()
    with pytest.raises(NationalNumberRefused), transaction.atomic():
        write(row, field)
    assert not Message.objects.filter(**{f"{field}__contains": "033"}).exists()


@isolate_apps("home")
@pytest.mark.parametrize(
    ("field", "path"),
    [
        (FreeTextField(blank=True), "home.core.personal_data.FreeTextField"),
        (FreeCharField(max_length=9), "home.core.personal_data.FreeCharField"),
    ],
)
def test_field_deconstructs_to_the_same_path(field, path):
    name, field_path, args, kwargs = field.deconstruct()
    assert field_path == path
    assert "validators" not in kwargs
    again = type(field)(*args, **kwargs)
    assert again.deconstruct() == field.deconstruct()
    assert isinstance(again, models.Field)


def test_empty_value_is_stored_unchanged():
    assert FreeTextField().get_db_prep_save("", connection) == ""
    assert FreeTextField(null=True).get_db_prep_save(None, connection) is None
