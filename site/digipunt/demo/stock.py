"""The stock of the demo: every device in a state, with the history that led there.

Rows are made in memory and written in bulk, so that the large set for benchmarks goes the same
way as the small one. A device only becomes available after its erasure is in the database: the
database insists on that here too.
"""

import random
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from digipunt.demo.people import last_number
from digipunt.demo.stock_plan import small
from home.core.models import NumberSeries
from lending.core.states import EXIT_STATES, SANITIZED_STATES, State
from lending.devices.models import Device, DeviceEvent, Erasure, StorageMedium
from lending.donations.models import Donation, DonationLine, Donor
from lending.loans.models import Borrower, Loan, Reservation

BOUGHT = {"v15", "p2", "m7350"}
FIRST_NUMBER = 8  # the next device that is received becomes DP-00071
KINDS = {"laptop": "ssd", "chromebook": "emmc", "desktop": "hdd"}
CHUNK = 500


def turn(loans):
    """Return the days from one past loan to the next: 12, or less if there are many."""
    return min(timedelta(days=12), timedelta(days=300) / max(loans, 1))


def last_return(created, loans):
    """Return the moment at which the last past loan of a device ended."""
    return created + timedelta(days=4) + loans * turn(loans) if loans else created


def erased_at(device, plan):
    """Return the moment of the last erasure, or None for a device that was just returned."""
    return last_return(device.created_at, plan.loans) + timedelta(days=2)


class Stock:
    """Writer that stores planned devices with their history, a chunk per transaction."""

    def __init__(self, *, locations, models, policies, borrowers, today, seed=2026):
        self.locations, self.models, self.policies = locations, models, policies
        self.borrowers = borrowers
        self.today = today
        self.noon = timezone.make_aware(
            timezone.datetime.combine(today, timezone.datetime.min.time())
        ) + timedelta(hours=8)
        self.random = random.Random(seed)

    def write(self, plans, report=lambda done: None):
        chunk, done = [], 0
        for plan in plans:
            chunk.append(plan)
            if len(chunk) == CHUNK:
                done += self._chunk(chunk)
                report(done)
                chunk = []
        if chunk:
            done += self._chunk(chunk)
            report(done)
        return done

    @transaction.atomic
    def _chunk(self, plans):
        first = NumberSeries.take("DP", len(plans))
        lines = self._donation_lines(plans)
        devices = [
            self._device(plan, first + index, line)
            for index, (plan, line) in enumerate(zip(plans, lines, strict=True))
        ]
        targets = [device.state for device in devices]
        for device in devices:
            if device.state in SANITIZED_STATES or device.state in EXIT_STATES:
                device.state = State.INSPECTION
        Device.objects.bulk_create(devices)
        self._erase(devices, plans)
        for device, target in zip(devices, targets, strict=True):
            device.state = target
            device.exited_at = device.since if target in EXIT_STATES else None
        Device.objects.bulk_update(devices, ["state", "exited_at"], batch_size=CHUNK)
        self._lend(devices, plans)
        DeviceEvent.objects.bulk_create(
            DeviceEvent(device=device, at=device.created_at, kind="received", state="received")
            for device in devices
        )
        DeviceEvent.objects.bulk_create(
            DeviceEvent(device=device, at=device.since, kind="moved", state=device.state)
            for device in devices
        )
        return len(devices)

    def _donation_lines(self, plans):
        """Return a donation line per donated device, and None for a purchased one."""
        donated = [plan for plan in plans if plan.key not in BOUGHT]
        if not donated:
            return [None] * len(plans)
        at = self.noon - timedelta(days=400)
        year = at.year
        donation = Donation.objects.create(
            number=f"S-{year}-{NumberSeries.take(f'S-{year}'):04d}",
            donor=Donor.objects.create(
                kind=Donor.Kind.ORGANISATION,
                name="Secretariaat",
                organisation="Demo School vzw",
                enterprise_number="0456789034",
                email="school@digipunt.example",
                postcode="9300",
            ),
            collection_point=self.locations["KRA"],
            state=Donation.State.RECEIVED,
            is_owner=True,
            gives_up_ownership=True,
            privacy_read=True,
            registered_at=at,
            received_at=at,
        )
        lines = iter(
            DonationLine.objects.bulk_create(
                DonationLine(
                    donation=donation,
                    position=position,
                    type=self.models[plan.key].type,
                    brand=self.models[plan.key].brand,
                    model_name=self.models[plan.key].name,
                    state=DonationLine.State.ACCEPTED,
                    decided_at=at,
                )
                for position, plan in enumerate(donated, start=1)
            )
        )
        return [None if plan.key in BOUGHT else next(lines) for plan in plans]

    def _device(self, plan, number, line):
        model = self.models[plan.key]
        created = self.noon - timedelta(days=self.random.randint(380, 399))
        age = timedelta(days=self.random.randint(1, 60), hours=self.random.randint(0, 8))
        returned = plan.state == State.RETURNED
        bag = self.random.choice(["oplader", "oplader, tas", "oplader, tas, muis"])
        return Device(
            number=f"DP-{number:05d}",
            model=model,
            serial=f"DEMO-{number:04d}",
            location=self.locations[plan.code],
            state=plan.state,
            since=self.noon - age,
            source=Device.Source.DONATION if line else Device.Source.PURCHASE,
            donation_line=line,
            has_storage=model.type.has_storage,
            last_outside_at=self.noon - age if returned else last_return(created, plan.loans),
            grade="" if plan.state in {State.REPAIR, State.ERASURE_FAILED} else "B",
            accessories=bag,
            created_at=created,
        )

    def _erase(self, devices, plans):
        with_storage = [
            (device, plan)
            for device, plan in zip(devices, plans, strict=True)
            if device.has_storage
        ]
        media = StorageMedium.objects.bulk_create(
            StorageMedium(
                device=device,
                kind=KINDS.get(device.model.type.code, "flash"),
                serial=f"DEMO-M{device.number[3:]}",
                size_gb=self.random.choice([64, 128, 256]),
                fitted_at=device.created_at,
            )
            for device, _plan in with_storage
        )
        Erasure.objects.bulk_create(
            Erasure(
                medium=medium,
                result="failed" if plan.state == State.ERASURE_FAILED else "passed",
                level="clear",
                method="overwrite",
                method_detail="Zero Fill",
                tool="nwipe 0.34",
                verification="" if plan.state == State.ERASURE_FAILED else "elk blok gelezen",
                finished_at=erased_at(device, plan),
                recorded_at=erased_at(device, plan),
            )
            for medium, (device, plan) in zip(media, with_storage, strict=True)
            if plan.state not in {State.RECEIVED, State.TRIAGE, State.ERASING}
        )

    def _lend(self, devices, plans):
        """Create open loans, past loans and reservations."""
        loans, reservations = [], []
        for device, plan in zip(devices, plans, strict=True):
            policy = self.policies.get(plan.code)
            if policy is None:
                continue
            for past in range(plan.loans):
                start = device.created_at + timedelta(days=4) + past * turn(plan.loans)
                end = start + turn(plan.loans) * 5 / 6
                loans.append(self._loan(device, policy, start, end))
            if plan.state == State.ON_LOAN:
                loan = self._loan(device, policy, device.since, None)
                late = timedelta(days=-9 if plan.overdue else self.random.randint(8, 170))
                loan.due_on = self.today + late
                loans.append(loan)
            elif plan.state == State.STOLEN:
                loan = self._loan(device, policy, device.since - timedelta(days=40), device.since)
                loan.outcome = Loan.Outcome.STOLEN
                loans.append(loan)
            elif plan.state == State.SET_ASIDE:
                until = self.today + timedelta(days=7)
                reservations.append(
                    Reservation(device=device, borrower=self._someone(plan.code), until=until)
                )
        Loan.objects.bulk_create(loans, batch_size=CHUNK)
        Reservation.objects.bulk_create(reservations)

    def _loan(self, device, policy, start, end):
        return Loan(
            device=device,
            borrower=self._someone(device.location.code),
            policy=policy,
            lent_at=start,
            due_on=(start + timedelta(days=183)).date(),
            returned_at=end,
            outcome=Loan.Outcome.RETURNED if end else "",
        )

    def _someone(self, code):
        here = self.borrowers.get(code)
        return self.random.choice(here if here else next(iter(self.borrowers.values())))


def load_small(**around):
    """Create the 63 devices of the demo, once."""
    if Device.objects.exists():
        return 0
    last = last_number("DP")
    if last < FIRST_NUMBER - 1:
        NumberSeries.take("DP", FIRST_NUMBER - 1 - last)
    return Stock(**around).write(small())


def borrowers_by_location():
    """Return {code of the location: [Borrower, ...]}."""
    found = {}
    for borrower in Borrower.objects.select_related("location"):
        found.setdefault(borrower.location.code, []).append(borrower)
    return found
