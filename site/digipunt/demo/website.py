"""Home page, stories, content pages, help, footer and sponsors."""

from datetime import timedelta

from wagtail.models import Page, Site

from digipunt.demo import home_texts, images, page_texts
from home.pages.models import (
    ContentPage,
    FooterLink,
    HelpChannel,
    HomePage,
    SponsorLogo,
    StoryIndexPage,
    StoryPage,
)


def load_home():
    """Create the home page as the root of the default site."""
    home = HomePage.objects.first()
    if home:
        return home
    root = Page.objects.get(depth=1)
    Page.objects.filter(depth=2, slug="home").exclude(pk__in=HomePage.objects.values("pk")).update(
        slug="welkom-bij-wagtail"
    )
    home = root.add_child(
        instance=HomePage(title="Digipunt", slug="home", drawing="aan-tafel", **home_texts.HOME)
    )
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        site = Site(hostname="localhost", is_default_site=True)
    site.root_page, site.site_name = home, "Digipunt"
    site.save()
    for welcome in Page.objects.filter(depth=2, slug="welkom-bij-wagtail"):
        welcome.delete()
    return HomePage.objects.get(pk=home.pk)


def page(parent, model, *, slug, **fields):
    """Return the page with this slug, and publish it first if it does not exist."""
    found = model.objects.child_of(parent).filter(slug=slug).first()
    if found:
        return found
    made = parent.add_child(instance=model(slug=slug, **fields))
    made.save_revision().publish()
    return model.objects.get(pk=made.pk)


def load_stories(home, today):
    index = page(home, StoryIndexPage, slug="verhalen", **home_texts.STORIES)
    for story in home_texts.STORY_PAGES:
        facts = {key: value for key, value in story.items() if key not in ("days_ago", "tags")}
        is_new = not StoryPage.objects.child_of(index).filter(slug=story["slug"]).exists()
        made = page(index, StoryPage, date=today - timedelta(days=story["days_ago"]), **facts)
        if is_new:
            made.tags.add(*story["tags"])
            made.save_revision().publish()
    return index


def load_content(home):
    pages = {}
    for content in page_texts.CONTENT_PAGES:
        pages[content["slug"]] = page(home, ContentPage, **content)
    return pages


def load_site_layout(pages):
    """Create help channels, footer links and sponsors."""
    for position, channel in enumerate(home_texts.HELP):
        HelpChannel.objects.get_or_create(
            title=channel["title"], defaults={**channel, "position": position}
        )
    for position, (column, title, slug, address) in enumerate(home_texts.FOOTER):
        FooterLink.objects.get_or_create(
            column=column,
            title=title,
            defaults={"page": pages.get(slug), "address": address, "position": position},
        )
    for position, (name, colour, starts_on, ends_on) in enumerate(home_texts.SPONSORS):
        picture = images.get_or_store(f"Logo {name}", f"Logo van {name}", images.logo(name, colour))
        SponsorLogo.objects.get_or_create(
            name=name,
            defaults={
                "logo": picture,
                "alt": name,
                "starts_on": starts_on,
                "ends_on": ends_on,
                "position": position,
            },
        )


def finish_home(home, catalogue, digipunten, workshops, story):
    """Link the home page to the pages that exist by now."""
    if home.body:
        return
    home.body = home_texts.home_body(
        catalogue=catalogue,
        digipunten=digipunten,
        workshops=workshops,
        giving=ContentPage.objects.child_of(home).get(slug="schenken"),
        story=story,
    )
    home.save_revision().publish()
