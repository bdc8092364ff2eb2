"""Search entries of home: content pages, stories and forms."""

from home.forms.models import FormPage
from home.pages.models import ContentPage, StoryPage
from search.entries.entry_type import EntryType
from search.models import Kind


def describe_content_page(page, now):
    """Return the entry fields of a content page."""
    return {"summary": page.introduction, "body": [page.body, page.aside]}


def describe_form_page(page, now):
    """Return the entry fields of a form page."""
    return {"summary": page.introduction, "body": [page.aside]}


def describe_story_page(page, now):
    """Return the entry fields of a story."""
    return {
        "summary": page.introduction,
        "body": [page.quote, page.teller, page.teller_is, page.body, page.aside],
        "facets": {"tag": sorted(tagged.tag.slug for tagged in page.tagged_items.all())},
    }


ENTRY_TYPES = [
    EntryType(ContentPage, Kind.CONTENT, describe_content_page),
    EntryType(FormPage, Kind.CONTENT, describe_form_page),
    EntryType(StoryPage, Kind.STORY, describe_story_page, lambda now: ["tagged_items__tag"]),
]
RELATED_PAGES = {}
