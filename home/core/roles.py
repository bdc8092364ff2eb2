"""The roles of staff: one user group each."""

from enum import StrEnum


class Role(StrEnum):
    """The names of the groups.

    A value is the name of a `Group` row, which the admin shows as it is; hence Dutch. The
    permissions of each role are listed in `digipunt.accounts.roles`.
    """

    EDITOR = "communicatie"
    HELPER = "digihelper"
    DESK = "balie"
    REFURBISHER = "refurbisher"
    LOGISTICS = "logistiek"
    REFERRER = "doorverwijzer"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "beheerder"
