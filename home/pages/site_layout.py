"""What stands around every page: menu, way back, help, footer, sponsors; kept ready in the cache.

Everything here is plain values, so a warm cache costs no query at all. Saving or deleting any of
it empties the cache after the commit; where each process has a cache of its own, the others follow
within `KEEP` seconds.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

KEY = "home.furniture"
KEEP = 60
STEP = 4  # letters of a page's path for each level


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


@dataclass(frozen=True)
class Furniture:
    menu: tuple[Link, ...] = ()
    columns: tuple[Column, ...] = ()
    channels: tuple[Channel, ...] = ()
    all_sponsors: tuple[Sponsor, ...] = ()
    sections: dict[str, tuple[str, str]] = field(default_factory=dict)  # path: title, address
    mistakes: str = ""  # address of the form for who saw a mistake on a page
    private: tuple[str, ...] = ()  # the paths of pages that not everybody may see
    stamp: str = field(default_factory=lambda: uuid4().hex)  # of this collection, and no other

    def shown_sponsors(self, today=None):
        """The sponsors whose dates hold today; the cache never decides that."""
        today = today or timezone.localdate()
        return [sponsor for sponsor in self.all_sponsors if sponsor.is_shown(today)]

    def sponsors(self):
        return [sponsor for sponsor in self.shown_sponsors() if sponsor.in_footer]

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
    from wagtail.models import Page, PageViewRestriction, Site

    from home.pages.models import FooterLink, HelpChannel, SponsorLogo

    if issubclass(sender, (Page, PageViewRestriction, Site, FooterLink, HelpChannel, SponsorLogo)):
        forget()


def address_of(url_path, roots=None):
    """The address of the page that stands here in the tree, without having the page itself.

    `roots` are what `site_roots()` gives, for who asks for many.
    """
    for root in site_roots() if roots is None else roots:
        if url_path.startswith(root):
            return f"/{url_path.removeprefix(root)}"
    return ""


def site_roots():
    """Where in the tree of pages the sites begin; from the cache."""
    from wagtail.models import Site

    return [root.root_path for root in Site.get_site_root_paths()]


def trail_of(page):
    """Titles and addresses of the pages between the start and this page, the nearest last."""
    sections = furniture().sections
    above = [page.path[:end] for end in range(3 * STEP, len(page.path), STEP)]
    return tuple(sections[path] for path in above if path in sections)


def open_to_all(pages):
    """Those of a queryset of pages that everybody may see: live, and not behind a password."""
    pages = pages.filter(live=True)
    for path in furniture().private:
        pages = pages.exclude(path__startswith=path)
    return pages


class OpenUnlessPrivate:
    """A page that does not ask the database who may see it as long as no page is private."""

    def get_view_restrictions(self):
        from wagtail.models import PageViewRestriction

        if not furniture().private:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()


def _collect():
    from wagtail.models import PageViewRestriction, Site

    from home.forms.models import FormPage
    from home.pages.models import FooterLink, HelpChannel, SponsorLogo

    menu, sections = (), {}
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site:
        below = site.root_page.get_descendants().live().order_by("path")
        in_menu = below.filter(show_in_menus=True, depth=site.root_page.depth + 1).public()
        menu = tuple(Link(page.title, page.relative_url(site)) for page in in_menu)
        sections = {
            page.path: (page.title, page.relative_url(site))
            for page in below.filter(numchild__gt=0)
        }
    private = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    forms = FormPage.objects.live().filter(takes_mistakes=True).order_by("path")
    mistakes = next((form for form in forms if not form.path.startswith(private)), None)
    return Furniture(
        menu=menu,
        columns=FooterLink.objects.columns(site),
        channels=tuple(channel.for_visitors() for channel in HelpChannel.objects.shown()),
        all_sponsors=tuple(
            logo.for_visitors() for logo in SponsorLogo.objects.select_related("logo")
        ),
        sections=sections,
        mistakes=mistakes.relative_url(site) if site and mistakes else "",
        private=private,
    )
