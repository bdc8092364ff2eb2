"""Create the data for the measurement of loans: devices, a borrower and sessions.

python -m bench.in_process.loan_data DEVICES DESKS    (with bench.settings and a filled database)
"""

import json
import sys

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.in_process.queries import desk_user
from digipunt.demo.stock import Stock, borrowers_by_location
from digipunt.demo.stock_plan import Plan
from lending.core.states import State
from lending.devices.models import Device, DeviceModel
from lending.loans.handover import HANDOVER_POINTS
from lending.loans.models import LoanPolicy
from lending.loans.operations import borrowers
from locations.places.models import Location

LOCATION_CODE = "AAL"


def create_devices(count):
    """Create available devices and return their numbers."""
    last = Device.objects.order_by("-pk").first().pk
    stock = Stock(
        places={place.code: place for place in Location.objects.all()},
        models={"bench": DeviceModel.objects.order_by("pk").first()},
        policies={policy.location.code: policy for policy in LoanPolicy.objects.all()},
        borrowers=borrowers_by_location(),
        today=timezone.localdate(),
    )
    stock.write(Plan("bench", LOCATION_CODE, State.AVAILABLE) for _ in range(count))
    return list(Device.objects.filter(pk__gt=last).order_by("pk").values_list("number", flat=True))


def create_sessions(count):
    user = desk_user()
    for _ in range(count):
        client = Client()
        client.force_login(user)
        yield client.cookies[settings.SESSION_COOKIE_NAME].value


def main(count, desks):
    place = Location.objects.get(code=LOCATION_CODE)
    person = borrowers.create_borrower(
        name="Bench", phone="0470 00 00 00", email="", postcode="", location=place
    )
    data = {
        "devices": create_devices(count),
        "borrower": person.card,
        "points": list(HANDOVER_POINTS),
        "desk": reverse("desk:index"),
        "sessions": list(create_sessions(desks)),
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
    }
    print(json.dumps(data))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
