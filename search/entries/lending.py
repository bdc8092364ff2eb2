"""Search entries of lending: catalogue pages."""

from lending.catalogue.models import CataloguePage
from search.entries.entry_type import EntryType
from search.models import Kind


def describe_catalogue_page(page, now):
    """Return the entry fields of a catalogue page."""
    return {
        "summary": page.introduction,
        "body": [page.price, page.loan_period, page.conditions, page.body],
    }


ENTRY_TYPES = [EntryType(CataloguePage, Kind.CATALOGUE, describe_catalogue_page)]
RELATED_PAGES = {}
