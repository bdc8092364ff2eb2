"""Factories of postcodes, collection points, attests and posted donation forms."""

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
    """Return the postcode, created in its municipality if it does not exist."""
    municipality, _ = Municipality.objects.get_or_create(
        nis=f"4{code}", defaults={"name": name, "normalized_name": name.lower()}
    )
    postcode, _ = Postcode.objects.get_or_create(
        code=code,
        defaults={
            "locality": name,
            "normalized_name": name.lower(),
            "municipality": municipality,
            "lat": at[0],
            "lon": at[1],
        },
    )
    return postcode


def collection_point(code="AAL", name="Inzamelpunt Aalst", at=AALST, **fields):
    """Return a new collection point."""
    fields = {
        "street": "Stationsplein",
        "number": "1",
        "postcode": "9300",
        "phone": "053 00 00 00",
    } | fields
    return place(code, name, lat=at[0], lon=at[1], **fields)


def form_timestamp(ago=60):
    """Return the timestamp of a form that was opened so many seconds ago."""
    return public_forms._signer.sign(str(int(time.time() - ago)))


def line_data(number=0, **changes):
    """Return the posted fields of a line."""
    fields = {
        "type": "laptop",
        "age": "5-7",
        "brand": "Lenovo",
        "model_name": "ThinkPad T480",
        "quantity": "1",
        "works": "yes",
        "charger": "yes",
    } | changes
    return {f"line-{number}-{name}": value for name, value in fields.items()}


def donor_data(**changes):
    """Return the posted fields of the donor."""
    fields = {
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
        "opened": form_timestamp(),
        "website": "",
    } | changes
    return {name: value for name, value in fields.items() if value is not None}


def registration_data(*lines, **changes):
    """Return all posted fields of the form."""
    lines = lines or (line_data(),)
    data = {"line-TOTAL_FORMS": str(len(lines)), "line-INITIAL_FORMS": "0"}
    for fields in lines:
        data |= fields
    return data | donor_data(**changes)


def issued_attest(location=None, **fields):
    """Return the attest of a donation of one laptop that is erased."""
    offer = donation(location or collection_point(), **fields)
    device = accepted(offer.lines.get())
    transition_to(device, State.ERASING)
    for medium in device.media.all():
        record_erasure(medium, erasure_record(tool="nwipe 0.35", verification="teruggelezen"))
    offer.refresh_from_db()
    return Attest.objects.filter(donation=offer).first() or attests.issue_attest(offer)
