"""Plain values of the site layout, so that a cached layout needs no query."""

from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from django.utils import timezone


@dataclass(frozen=True)
class LayoutLink:
    title: str
    url: str
    language: str = ""
    direction: str = "ltr"


@dataclass(frozen=True)
class FooterColumn:
    title: str
    links: tuple[LayoutLink, ...]


@dataclass(frozen=True)
class LayoutChannel:
    kind: str
    title: str
    value: str
    url: str
    hours: str


@dataclass(frozen=True)
class LayoutSponsor:
    pk: int
    name: str
    alt: str
    url: str
    image_url: str
    width: int
    height: int
    starts_on: date | None
    ends_on: date | None
    in_footer: bool = True

    def is_shown(self, today):
        return (self.starts_on is None or self.starts_on <= today) and (
            self.ends_on is None or today <= self.ends_on
        )


@dataclass(frozen=True, eq=False)
class SiteLayout:
    """The menu, the footer, the help channels, the sponsors and the tree of sections.

    `sections` maps the path of a page with subpages to its title and URL. `private_paths` are the
    paths of pages with a view restriction. Layouts with the same `version` are equal; each layout
    that is loaded again has another one.
    """

    menu: tuple[LayoutLink, ...] = ()
    columns: tuple[FooterColumn, ...] = ()
    channels: tuple[LayoutChannel, ...] = ()
    all_sponsors: tuple[LayoutSponsor, ...] = ()
    sections: dict[str, tuple[str, str]] = field(default_factory=dict)
    error_report_url: str = ""
    private_paths: tuple[str, ...] = ()
    version: str = field(default_factory=lambda: uuid4().hex)

    def __eq__(self, other):
        return isinstance(other, SiteLayout) and self.version == other.version

    def __hash__(self):
        return hash(self.version)

    def shown_sponsors(self, today=None):
        """Return the sponsors that are shown today; their dates are never cached."""
        today = today or timezone.localdate()
        return [sponsor for sponsor in self.all_sponsors if sponsor.is_shown(today)]

    def footer_sponsors(self):
        """Return the sponsors that are shown today in the footer."""
        return [sponsor for sponsor in self.shown_sponsors() if sponsor.in_footer]

    def channel(self, kind):
        """Return the first help channel of this kind, or None."""
        return next((channel for channel in self.channels if channel.kind == kind), None)

    @property
    def mail(self):
        return self.channel("mail")
