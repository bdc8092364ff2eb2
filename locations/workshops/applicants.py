"""Value objects for a new registration: the person, and how the registration comes in."""

import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from home.core.phone import to_phone_number
from locations.core import person_hashes
from locations.workshops.models import Registration


@dataclass(frozen=True)
class Applicant:
    """A person who wants to take part."""

    name: str
    phone: str = ""
    email: str = ""
    postcode: str = ""
    language: str = ""
    remark: str = ""

    def normalized(self):
        """Return the applicant with tidy spaces and a parsed phone number."""
        return replace(
            self,
            name=" ".join(self.name.split()),
            phone=to_phone_number(self.phone),
            email=self.email.strip(),
            remark=self.remark.strip(),
        )

    @property
    def is_reachable(self):
        """Return whether there is a name, and a phone number or an e-mail address."""
        return bool(person_hashes.normalize_person_name(self.name) and (self.phone or self.email))

    @property
    def person(self):
        """Return the hash that recognises the same person elsewhere."""
        return person_hashes.hash_person(self.name, phone=self.phone, email=self.email)


@dataclass(frozen=True)
class Origin:
    """How a registration comes in.

    A form that is sent twice with the same `request_key` makes one registration.
    """

    source: str = Registration.Source.WEB
    user: Any = None
    partner: Any = None
    consent: bool = False
    request_key: uuid.UUID | None = None

    @property
    def lacks_consent(self):
        """Return whether an organisation registers a person without consent."""
        return self.source == Registration.Source.REFERRER and not self.consent


def is_registered(run, *, name, phone, email, person):
    """Return whether this person has an active registration for `run`.

    That is someone with the same name, and the same phone number, e-mail address or hash.
    """
    same = Q(pk=None)
    if person:
        same |= Q(person=person)
    if phone:
        same |= Q(phone=phone)
    if email:
        same |= Q(email__iexact=email)
    names = run.registrations.active().filter(same).values_list("name", flat=True)
    return person_hashes.normalize_person_name(name) in map(
        person_hashes.normalize_person_name, names
    )
