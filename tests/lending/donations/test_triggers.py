"""Tests of the triggers and constraints on donations and attests."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from lending.donations.models import Attest
from lending.donations.operations import attests
from tests.factories import staff as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def location():
    point = make.place()
    make.policy(point)
    return point


def refused(statement):
    with pytest.raises(IntegrityError), transaction.atomic():
        statement()
    return True


def test_issued_attest_cannot_change(location):
    donation = make.donation(location)
    device = make.accepted(donation.lines.get())
    make.erased(device)
    attest = Attest.objects.get(donation=donation)
    attest.data["media"] = []
    assert refused(attest.save)
    assert refused(lambda: Attest.objects.update(code="AAAA-AAAA-AAAA"))
    assert attests.issue_attest(donation).pk == attest.pk


def test_refused_line_has_a_reason(location):
    donation = make.donation(location)
    assert refused(
        lambda: donation.lines.update(state="refused", reason="", decided_at=timezone.now())
    )
