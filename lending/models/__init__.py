"""The nouns of the lending service."""

from lending.models.catalogue import DeviceModel, DeviceType
from lending.models.device import Device, DeviceEvent, StorageMedium
from lending.models.donation import Attest, Donation, DonationLine, Donor
from lending.models.erasure import Erasure, ErasureLog, Inspection
from lending.models.loan import Agreement, Borrower, Loan, LoanPolicy, Reservation
from lending.models.pages import CatalogueIndexPage, CataloguePage

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
