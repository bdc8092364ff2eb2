"""The site layout: what surrounds every page, and whether pages are public.

The layout is cached as plain values, so a warm cache costs no query. Any change that shows in it
clears the cache after the commit; processes with a cache of their own follow within a minute.

Other subjects contribute through the Wagtail hook `get_error_report_pages`: a function that returns
a queryset of pages on which visitors can report a mistake.
"""

from wagtail import hooks
from wagtail.models import PageViewRestriction, Site

from home.core.caching import cached
from home.pages.layout_values import LayoutLink, SiteLayout
from home.pages.models.site_layout import FooterLink, HelpChannel, SponsorLogo

STEP = 4  # characters of a page's path per level of the tree


@cached("pages.site_layout", seconds=60)
def get_site_layout():
    """Return the layout that surrounds every public page."""
    menu, sections = (), {}
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site:
        descendants = site.root_page.get_descendants().live().order_by("path")
        in_menu = descendants.filter(show_in_menus=True, depth=site.root_page.depth + 1).public()
        menu = tuple(LayoutLink(page.title, page.relative_url(site)) for page in in_menu)
        sections = {
            page.path: (page.title, page.relative_url(site))
            for page in descendants.filter(numchild__gt=0)
        }
    private_paths = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    report_pages = [page for find in hooks.get_hooks("get_error_report_pages") for page in find()]
    report_page = next(
        (page for page in report_pages if not page.path.startswith(private_paths)), None
    )
    return SiteLayout(
        menu=menu,
        columns=FooterLink.objects.columns(site),
        channels=tuple(channel.layout_value() for channel in HelpChannel.objects.shown()),
        all_sponsors=tuple(
            logo.layout_value() for logo in SponsorLogo.objects.select_related("logo")
        ),
        sections=sections,
        error_report_url=report_page.relative_url(site) if site and report_page else "",
        private_paths=private_paths,
    )


def get_site_roots():
    """Return the URL paths in the page tree at which sites begin; usually cached by Wagtail."""
    return [root.root_path for root in Site.get_site_root_paths()]


def page_url(url_path, roots=None):
    """Return the URL of the page with this `url_path`, without loading the page.

    Pass the result of `get_site_roots()` as `roots` for many pages at once.
    """
    for root in get_site_roots() if roots is None else roots:
        if url_path.startswith(root):
            return f"/{url_path.removeprefix(root)}"
    return ""


def get_breadcrumb(page):
    """Return (title, URL) of the pages between the home page and this page, the nearest last."""
    sections = get_site_layout().sections
    ancestors = [page.path[:end] for end in range(3 * STEP, len(page.path), STEP)]
    return tuple(sections[path] for path in ancestors if path in sections)


def live_and_public(pages):
    """Return the pages of this queryset that everybody may see: live, without view restriction."""
    pages = pages.filter(live=True)
    for path in get_site_layout().private_paths:
        pages = pages.exclude(path__startswith=path)
    return pages
