"""What lending asks of the database: counted, never timed."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lending.loans.handover import HANDOVER_POINTS
from lending.loans.operations import loans
from tests.factories import staff as make

pytestmark = pytest.mark.django_db

CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


@pytest.fixture
def location():
    location = make.place()
    make.policy(location)
    return location


def asked(deed):
    """The statements of a deed, without those that only mark out the transaction."""
    with CaptureQueriesContext(connection) as captured:
        deed()
    said = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in said if not sql.startswith(CONTROL)]


def writes(statements):
    return [sql for sql in statements if sql.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_check_out_takes_at_most_14_queries_and_6_writes(location):
    device, person = make.available(location), make.borrower(location)
    statements = asked(
        lambda: loans.check_out(
            device, borrower=person, points=list(HANDOVER_POINTS), request_key=uuid.uuid4()
        )
    )
    assert len(statements) <= 14
    assert len(writes(statements)) <= 6


def test_check_in_takes_at_most_14_queries_and_6_writes(location):
    device = make.available(location)
    make.lent(device, make.borrower(location))
    statements = asked(lambda: loans.check_in(device))
    assert len(statements) <= 14
    assert len(writes(statements)) <= 6
