"""Tests of the bulk insert, also of ten thousand lines and of concurrent requests."""

import threading
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections

from home.core.models import NumberSeries
from home.messages.models import Message
from lending.core.bulk_insert import PreparedRows
from lending.donations.models import Donation, DonationLine, Donor
from tests.factories import staff as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def location():
    return make.place()


def lines(*serials, **fields):
    return [{"type": make.device_type(), "serial": serial} | fields for serial in serials]


def test_rows_get_defaults_of_model(location):
    offer = make.donation(location)
    rows = PreparedRows(DonationLine, [{"type": make.device_type(), "position": 7}])
    rows.insert(donation=offer)
    line = offer.lines.get(position=7)
    assert (line.state, line.works, line.charger, line.age) == ("offered", "unknown", False, "")
    assert line.decided_at is None


def test_invalid_value_is_refused_before_anything_is_stored(location):
    with pytest.raises(ValidationError):
        make.donation(location, lines=lines("S1", brand="85.07.30-033.28"))
    assert not Donor.objects.exists()


def test_no_line_is_stored_when_database_refuses_one(location):
    with pytest.raises(IntegrityError):
        make.donation(location, lines=lines(*map(str, range(2000)), "5"))
    for model in (Donor, Donation, DonationLine, Message):
        assert not model.objects.exists()
    assert not NumberSeries.objects.filter(prefix__startswith="S-").exists()


def test_query_count_is_the_same_for_many_lines(location, django_assert_max_num_queries):
    short, long = lines("A"), lines(*map(str, range(3000)))
    make.donation(location, lines=short)
    with django_assert_max_num_queries(12):
        make.donation(location, lines=long)


@pytest.mark.django_db(transaction=True)
def test_concurrent_requests_register_one_donation(location):
    offered, key = lines("S1"), uuid.uuid4()
    gate, answers = threading.Barrier(4), []

    def press():
        gate.wait()
        try:
            answers.append(make.donation(location, lines=offered, request_key=key).pk)
        except Exception as error:
            answers.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [Donation.objects.get().pk] * 4
    assert Donor.objects.count() == DonationLine.objects.count() == Message.objects.count() == 1
