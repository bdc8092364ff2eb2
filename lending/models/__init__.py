"""Models of the app, gathered from its subjects: Django imports this package."""

from lending.catalogue.models import CatalogueIndexPage, CataloguePage
from lending.devices.models import (
    Device,
    DeviceEvent,
    DeviceModel,
    DeviceType,
    Erasure,
    ErasureLog,
    Inspection,
    StorageMedium,
)
from lending.donations.models import Attest, Donation, DonationLine, Donor
from lending.loans.models import Agreement, Borrower, Loan, LoanPolicy, Reservation

__all__ = [
    "Agreement",
    "Attest",
    "Borrower",
    "CatalogueIndexPage",
    "CataloguePage",
    "Device",
    "DeviceEvent",
    "DeviceModel",
    "DeviceType",
    "Donation",
    "DonationLine",
    "Donor",
    "Erasure",
    "ErasureLog",
    "Inspection",
    "Loan",
    "LoanPolicy",
    "Reservation",
    "StorageMedium",
]
