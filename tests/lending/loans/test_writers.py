"""64 people who lend at the same moment: nobody fails, nothing is lost, nothing is doubled."""

import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from lending.devices.models import Device, DeviceEvent
from lending.loans.handover import HANDOVER_POINTS
from lending.loans.models import Loan
from lending.loans.operations import loans
from tests.factories import staff as make

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, LOANS = 64, 300


def test_64_writers_create_300_loans():
    location = make.place()
    make.policy(location)
    router = make.model(
        "TP-Link", "M7350", type=make.device_type("mifi", "mifi", has_storage=False)
    )
    devices = Device.objects.bulk_create(
        Device(
            number=f"DP-{index:05d}",
            model=router,
            location=location,
            source="purchase",
            has_storage=False,
            state="available",
            grade="A",
        )
        for index in range(1, LOANS + 1)
    )
    people = [make.borrower(location, f"Lener {index}") for index in range(8)]
    gate = threading.Barrier(WRITERS)
    points = list(HANDOVER_POINTS)

    def lend(numbers):
        gate.wait()
        try:
            for number in numbers:
                # Every loan is asked twice, as by somebody who presses again.
                key = uuid.uuid4()
                for _press in range(2):
                    loans.check_out(
                        devices[number],
                        borrower=people[number % len(people)],
                        points=points,
                        request_key=key,
                    )
            return len(numbers)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        done = list(pool.map(lend, [range(n, LOANS, WRITERS) for n in range(WRITERS)]))
    assert sum(done) == LOANS
    assert Loan.objects.open().count() == Loan.objects.count() == LOANS
    assert Counter(DeviceEvent.objects.values_list("kind", flat=True))["lent"] == LOANS
