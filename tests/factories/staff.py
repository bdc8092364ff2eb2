"""Staff accounts, and the rows that they work with, created through the operations."""

import uuid
from datetime import time

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from lending.core.states import State
from lending.devices.models import DeviceModel, DeviceType, Erasure, StorageMedium
from lending.devices.operations import devices, erasures, inspections
from lending.devices.operations import media as media_operations  # noqa: F401
from lending.donations.operations import donations
from lending.loans.handover import HANDOVER_POINTS
from lending.loans.models import LoanPolicy
from lending.loans.operations import borrowers, loans
from locations.opening_hours.models import OpeningRule
from locations.places.models import Assignment, Location, Service


def place(code="AAL", name="Digipunt Aalst", *, open_days=range(7), **fields):
    """Return a lending and collection point that lends every day by default."""
    fields = {"is_lending_point": True, "is_collection_point": True, "city": name} | fields
    location = Location.objects.create(code=code, name=name, **fields)
    service, _ = Service.objects.get_or_create(code=Service.LENDING, defaults={"name": "Lenen"})
    for day in open_days:
        OpeningRule.objects.create(
            location=location, service=service, weekday=day, opens=time(9), closes=time(17)
        )
    return location


def policy(location, name="Standaard", **fields):
    return LoanPolicy.objects.create(location=location, name=name, **fields)


def someone(username, role=None, *places, superuser=False):
    """Return an account with a role that works for these locations."""
    user = get_user_model().objects.create_user(
        username, password="x", is_superuser=superuser, is_staff=superuser
    )
    if role:
        user.groups.add(Group.objects.get(name=role))
    for location in places:
        Assignment.objects.create(user=user, location=location)
    return user


def device_type(code="laptop", name="Laptop", **fields):
    device_type, _ = DeviceType.objects.get_or_create(code=code, defaults={"name": name} | fields)
    return device_type


def model(brand="Lenovo", name="ThinkPad T480", **fields):
    fields = {"type": fields.pop("type", None) or device_type()} | fields
    device_model, _ = DeviceModel.objects.get_or_create(brand=brand, name=name, defaults=fields)
    return device_model


def bought(location, *, serial="", disk="", accessories="lader, tas", of=None, new=True):
    """Return a bought laptop with one disk, which is new and unused or has to be erased."""
    details = devices.DeviceDetails(
        of or model(),
        serial=serial or f"PF{uuid.uuid4().hex[:8].upper()}",
        accessories=accessories,
        media=[{"kind": "ssd", "serial": disk or f"D{uuid.uuid4().hex[:10]}", "size_gb": 256}],
    )
    return devices.receive_purchase(
        details, location=location, unused_reason="nieuw in doos" if new else ""
    )


def erasure_record(**fields):
    """Return the record of a verified erasure at this moment, unless the fields say otherwise."""
    passed = {
        "result": Erasure.Result.PASSED,
        "level": Erasure.Level.CLEAR,
        "method": Erasure.Method.OVERWRITE,
        "tool": "nwipe 0.33",
        "verification": "laatste ronde teruggelezen",
    }
    return erasures.ErasureRecord(**passed | fields)


def erased(device, *, by=None):
    for medium in device.media.fitted():
        erasures.record_erasure(medium, erasure_record(), user=by)
    device.refresh_from_db()
    return device


def ready(location, *, by=None, **fields):
    device = bought(location, **fields)
    devices.transition_to(device, State.TRIAGE)
    erased(device, by=by)
    inspections.record_inspection(device, grade="B", tests={"screen": True})
    device.refresh_from_db()
    return device


def available(location, **fields):
    device = ready(location, **fields)
    devices.move_to_location(device, location, state=State.AVAILABLE)
    device.refresh_from_db()
    return device


def borrower(location, name="Lotte Peeters", **fields):
    fields = {"phone": "0470 00 00 12"} | fields
    return borrowers.create_borrower(name=name, location=location, **fields)


def lent(device, to):
    loan = loans.check_out(device, borrower=to, points=list(HANDOVER_POINTS))
    device.refresh_from_db()
    return loan


def donation(location, *, lines=None, name="Wim Claes", **fields):
    lines = lines or [{"type": device_type(), "brand": "Dell", "model_name": "Latitude 5490"}]
    return donations.register_donation(
        donor={"name": name, "phone": "0470 00 00 34"} | fields.pop("donor", {}),
        lines=lines,
        collection_point=location,
        declarations={
            "is_owner": True,
            "gives_up_ownership": True,
            "privacy_read": True,
            "wants_attest": fields.pop("wants_attest", True),
        },
        **fields,
    )


def accepted(line, *, disk="", by=None):
    details = devices.DeviceDetails(
        model("Dell", "Latitude 5490"),
        serial=f"DL{uuid.uuid4().hex[:8].upper()}",
        media=[{"kind": StorageMedium.Kind.HDD, "serial": disk or uuid.uuid4().hex[:12]}],
    )
    return donations.accept_line(line, details, user=by)
