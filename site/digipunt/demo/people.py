"""Loan policies, borrowers and donors of the demo; all people are invented."""

import itertools

from django.db import transaction

from home.core.models import NumberSeries
from lending.donations.models import Donation, DonationLine
from lending.donations.operations import donations
from lending.loans.models import Borrower, LoanPolicy
from lending.loans.operations import borrowers

# location: (name of the policy, duration, unit, renewals, with a course)
POLICIES = {
    "HAL": ("Standaard", 183, "days", 2, False),
    "AAL": ("Langdurig", 24, "months", 0, True),
    "BOO": ("Standaard", 183, "days", 2, False),
    "SNK": ("Standaard", 183, "days", 2, False),
    "ROT": ("Standaard", 183, "days", 2, False),
}

# name, phone, e-mail, postcode, location
BORROWERS = [
    ("Amina Demo", "0470 00 00 01", "amina@digipunt.example", "1500", "HAL"),
    ("Jozef Demo", "016 00 00 02", "", "3120", "ROT"),
    ("Lotte Demo", "0470 00 00 03", "lotte@digipunt.example", "9300", "AAL"),
    ("Fatima Demo", "0470 00 00 04", "", "9300", "AAL"),
    ("Luc Demo", "", "luc@digipunt.example", "2850", "BOO"),
    ("Greet Demo", "03 000 00 05", "", "9100", "SNK"),
]


def load_policies(locations):
    """Create a loan policy per lending point, and return them by code."""
    policies = {}
    for code, (name, duration, unit, renewals, training) in POLICIES.items():
        policies[code], _new = LoanPolicy.objects.get_or_create(
            location=locations[code],
            name=name,
            defaults={
                "duration": duration,
                "duration_unit": unit,
                "renewals": renewals,
                "training_required": training,
            },
        )
    return policies


def load_borrowers(locations):
    if Borrower.objects.exists():
        return list(Borrower.objects.order_by("pk"))
    return [
        borrowers.create_borrower(
            name=name, phone=phone, email=email, postcode=postcode, location=locations[code]
        )
        for name, phone, email, postcode, code in BORROWERS
    ]


def load_many_borrowers(wanted, locations):
    """Create borrowers until there are `wanted`, spread over the lending points."""
    missing = wanted - Borrower.objects.count()
    if missing <= 0:
        return
    with transaction.atomic():
        first = NumberSeries.take("L", missing)
        Borrower.objects.bulk_create(
            (
                Borrower(
                    card=f"L-{number:05d}",
                    name=f"Persoon {number} Demo",
                    phone="0470 00 00 00",
                    postcode=locations[code].postcode,
                    location=locations[code],
                )
                for number, code in zip(
                    range(first, first + missing), itertools.cycle(POLICIES), strict=False
                )
            ),
            batch_size=1000,
        )


def load_donations(locations, models):
    """Register two donations: of a person, and of a company that wants an attest."""
    if Donation.objects.filter(state=Donation.State.REGISTERED).exists():
        return
    ticked = {"is_owner": True, "gives_up_ownership": True, "privacy_read": True}
    donations.register_donation(
        donor={
            "kind": "person",
            "name": "Wim Demo",
            "email": "wim@digipunt.example",
            "postcode": "2850",
        },
        lines=[
            {
                "type": models["t480"].type,
                "brand": "Lenovo",
                "model_name": "ThinkPad T480",
                "age": DonationLine.Age.UP_TO_7,
                "works": DonationLine.Works.YES,
                "charger": True,
            }
        ],
        collection_point=locations["BOO"],
        declarations={**ticked, "wants_attest": True},
    )
    donations.register_donation(
        donor={
            "kind": "company",
            "name": "An Demo",
            "organisation": "Demo Logistics bv",
            "enterprise_number": "0200123470",
            "phone": "053 00 00 99",
            "email": "an@digipunt.example",
            "postcode": "9300",
        },
        lines=[
            {
                "type": models["e7470"].type,
                "brand": "Dell",
                "model_name": "Latitude 5490",
                "serial": f"DEMO-L{number:03d}",
                "works": DonationLine.Works.YES,
                "charger": True,
            }
            for number in range(1, 7)
        ],
        collection_point=locations["KRA"],
        declarations={**ticked, "wants_attest": True},
    )


def last_number(prefix):
    """Return the last number of a series, or 0."""
    series = NumberSeries.objects.filter(prefix=prefix).first()
    return series.last if series else 0
