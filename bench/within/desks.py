"""What sixty-four desks need before they can lend: devices, a borrower, and to be logged in.

python -m bench.within.desks DEVICES DESKS    (with bench.settings and a filled database)
"""

import json
import sys

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.within.inside import someone_at_the_desk
from digipunt.demo.stock import Stock, borrowers_by_place
from digipunt.demo.stock_plan import Plan
from lending.core.states import State
from lending.devices.models import Device, DeviceModel
from lending.loans.models import LoanPolicy
from lending.loans.operations import borrowers
from lending.loans.operations.loans import HANDOVER
from locations.places.models import Location

PLACE = "AAL"


def devices(count):
    """Numbers of new devices that are free."""
    last = Device.objects.order_by("-pk").first().pk
    stock = Stock(
        places={place.code: place for place in Location.objects.all()},
        models={"bench": DeviceModel.objects.order_by("pk").first()},
        policies={policy.location.code: policy for policy in LoanPolicy.objects.all()},
        borrowers=borrowers_by_place(),
        today=timezone.localdate(),
    )
    stock.write(Plan("bench", PLACE, State.AVAILABLE) for _each in range(count))
    return list(Device.objects.filter(pk__gt=last).order_by("pk").values_list("number", flat=True))


def sessions(count):
    user = someone_at_the_desk()
    for _each in range(count):
        client = Client()
        client.force_login(user)
        yield client.cookies[settings.SESSION_COOKIE_NAME].value


def main(count, desks):
    place = Location.objects.get(code=PLACE)
    person = borrowers.add(
        name="Bench", phone="0470 00 00 00", email="", postcode="", location=place
    )
    facts = {
        "devices": devices(count),
        "borrower": person.card,
        "points": list(HANDOVER),
        "desk": reverse("desk:index"),
        "sessions": list(sessions(desks)),
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
    }
    print(json.dumps(facts))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
