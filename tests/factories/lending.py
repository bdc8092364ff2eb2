"""What the public side of lending needs: collection points, postcodes, filled-in forms."""

import time
import uuid

from home.core import public_forms
from lending.core.states import State
from lending.devices.operations.devices import transition_to
from lending.devices.operations.erasures import record_erasure
from lending.donations.models import Attest
from lending.donations.operations import attests
from locations.places.models import Municipality, Postcode
from tests.factories.staff import accepted, donation, erasure_record, place

AALST = (50.9378, 4.0403)
BOOM = (51.0874, 4.3664)


def postcode(code="9300", name="Aalst", at=AALST):
    municipality, _ = Municipality.objects.get_or_create(
        nis=f"4{code}", defaults={"name": name, "normalized_name": name.lower()}
    )
    found, _ = Postcode.objects.get_or_create(
        code=code,
        defaults={
            "locality": name,
            "normalized_name": name.lower(),
            "municipality": municipality,
            "lat": at[0],
            "lon": at[1],
        },
    )
    return found


def collection_point(code="AAL", name="Inzamelpunt Aalst", at=AALST, **fields):
    fields = {
        "street": "Stationsplein",
        "number": "1",
        "postcode": "9300",
        "phone": "053 00 00 00",
    } | fields
    return place(code, name, lat=at[0], lon=at[1], **fields)


def opened(ago=60):
    """The stamp of a form that was opened so many seconds ago."""
    return public_forms._signer.sign(str(int(time.time() - ago)))


def line(number=0, **changes):
    """The fields of one line of the form."""
    facts = {
        "type": "laptop",
        "age": "5-7",
        "brand": "Lenovo",
        "model_name": "ThinkPad T480",
        "quantity": "1",
        "works": "yes",
        "charger": "yes",
    } | changes
    return {f"line-{number}-{name}": value for name, value in facts.items()}


def donor(**changes):
    facts = {
        "kind": "person",
        "name": "Wim Claes",
        "phone": "0470/00.00.34",
        "email": "",
        "postcode": "9300",
        "is_owner": "on",
        "gives_up_ownership": "on",
        "privacy_read": "on",
        "wants_attest": "on",
        "request_key": str(uuid.uuid4()),
        "opened": opened(),
        "website": "",
    } | changes
    return {name: value for name, value in facts.items() if value is not None}


def registration(*lines, **changes):
    """Everything that the browser sends."""
    lines = lines or (line(),)
    sent = {"line-TOTAL_FORMS": str(len(lines)), "line-INITIAL_FORMS": "0"}
    for facts in lines:
        sent |= facts
    return sent | donor(**changes)


def attested(location=None, **fields):
    """A donation of one laptop that is erased, with its attest."""
    given = donation(location or collection_point(), **fields)
    device = accepted(given.lines.get())
    transition_to(device, State.ERASING)
    for medium in device.media.all():
        record_erasure(medium, erasure_record(tool="nwipe 0.35", verification="teruggelezen"))
    given.refresh_from_db()
    return Attest.objects.filter(donation=given).first() or attests.issue_attest(given)
