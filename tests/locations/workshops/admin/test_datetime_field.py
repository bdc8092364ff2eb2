"""Tests of the field for a day and an hour."""

import pytest
from django.core.exceptions import ValidationError

from locations.opening_hours.admin.datetime_field import LocalDateTimeField


@pytest.mark.parametrize(
    ("typed", "is_ours"),
    [
        ("0001-01-01T00:00", False),
        ("1999-12-31T23:59", False),
        ("2000-01-01T00:00", True),
        ("2099-12-31T23:59", True),
        ("2100-01-01T00:00", False),
        ("9999-12-31T23:59", False),
    ],
)
def test_datetime_is_of_this_century(typed, is_ours):
    if is_ours:
        assert LocalDateTimeField().clean(typed).year == int(typed[:4])
    else:
        with pytest.raises(ValidationError) as refused:
            LocalDateTimeField().clean(typed)
        assert refused.value.code == "century"
