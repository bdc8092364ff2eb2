"""What stands around every page: menu, help, footer and sponsors, kept ready in the cache.

Everything here is plain values, so a warm cache costs no query at all. Saving or deleting any of
it empties the cache after the commit; where each process has a cache of its own, the others follow
within `KEEP` seconds.
"""

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

KEY = "home.furniture"
KEEP = 60


@dataclass(frozen=True)
class Link:
    title: str
    url: str
    language: str = ""
    direction: str = "ltr"


@dataclass(frozen=True)
class Column:
    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Channel:
    kind: str
    title: str
    value: str
    url: str
    hours: str


@dataclass(frozen=True)
class Sponsor:
    name: str
    alt: str
    url: str
    image_url: str
    width: int
    height: int
    starts_on: date | None
    ends_on: date | None

    def is_shown(self, today):
        return (self.starts_on is None or self.starts_on <= today) and (
            self.ends_on is None or today <= self.ends_on
        )


@dataclass(frozen=True)
class Furniture:
    menu: tuple[Link, ...] = ()
    columns: tuple[Column, ...] = ()
    channels: tuple[Channel, ...] = ()
    all_sponsors: tuple[Sponsor, ...] = ()

    def sponsors(self, today=None):
        """The sponsors whose dates hold today; the cache never decides that."""
        today = today or timezone.localdate()
        return [sponsor for sponsor in self.all_sponsors if sponsor.is_shown(today)]

    def channel(self, kind):
        return next((channel for channel in self.channels if channel.kind == kind), None)

    @property
    def mail(self):
        return self.channel("mail")


def furniture():
    found = cache.get(KEY)
    if found is None:
        found = _collect()
        cache.set(KEY, found, KEEP)
    return found


def forget():
    """Build it anew for the next visitor, and again once what changed is committed."""
    cache.delete(KEY)
    transaction.on_commit(lambda: cache.delete(KEY))


def forget_if_it_shows(sender, **kwargs):
    """Receiver for signals: a page, a site or anything that stands around pages has changed."""
    from wagtail.models import Page, Site

    from home.models import FooterLink, HelpChannel, SponsorLogo

    if issubclass(sender, (Page, Site, FooterLink, HelpChannel, SponsorLogo)):
        forget()


def trail_of(page):
    """Titles and addresses of the pages between the start and this page, the nearest last."""
    if page.depth <= 3:
        return ()
    above = page.get_ancestors().filter(depth__gt=2).order_by("depth")
    prefix = _home_prefix()
    return tuple(
        (title, "/" + url_path.removeprefix(prefix))
        for title, url_path in above.values_list("title", "url_path")
    )


def _home_prefix():
    from wagtail.models import Site

    roots = Site.get_site_root_paths()
    return roots[0].root_path if roots else "/"


def _collect():
    from wagtail.models import Site

    from home.models import FooterLink, HelpChannel, SponsorLogo

    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    menu = ()
    if site:
        pages = site.root_page.get_children().live().public().in_menu().order_by("path")
        menu = tuple(Link(page.title, page.relative_url(site)) for page in pages)
    return Furniture(
        menu=menu,
        columns=FooterLink.objects.columns(site),
        channels=tuple(channel.for_visitors() for channel in HelpChannel.objects.shown()),
        all_sponsors=tuple(
            logo.for_visitors()
            for logo in SponsorLogo.objects.filter(in_footer=True).select_related("logo")
        ),
    )
