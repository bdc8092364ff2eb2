"""From a public page to its row: which kinds of pages can be found, and by which of their words."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, Q, prefetch_related_objects
from wagtail.models import Page

from home.forms.models import FormPage
from home.pages.models import ContentPage, StoryPage
from lending.catalogue.models import CataloguePage
from locations.brochures.models import BrochurePage
from locations.directory.models import LocationPage
from locations.workshops.models import WorkshopPage, WorkshopRun

from .models import Kind, SearchEntry
from .texts import words_in

LONGEST_BODY = 100_000


@dataclass(frozen=True)
class Findable:
    """How pages of one class become rows; `needs` are the relations that `describe` reads."""

    kind: Kind
    describe: Callable[..., dict]
    needs: Callable[..., list] = lambda now: []


def page_key(pk):
    return f"page:{pk}"


def _content(page, now):
    return {"summary": page.introduction, "body": [page.body, page.aside]}


def _form(page, now):
    return {"summary": page.introduction, "body": [page.aside]}


def _brochure(page, now):
    return {
        "summary": page.introduction,
        "body": [page.partnership.name, f"{page.get_season_display()} {page.year}", page.closing],
    }


def _story(page, now):
    return {
        "summary": page.introduction,
        "body": [page.quote, page.teller, page.teller_is, page.body, page.aside],
        "facets": {"tag": sorted(tagged.tag.slug for tagged in page.tagged_items.all())},
    }


def _catalogue(page, now):
    return {
        "summary": page.introduction,
        "body": [page.price, page.loan_period, page.conditions, page.body],
    }


def _location(page, now):
    """None for a place that citizens need not know of, whatever its page says."""
    place = page.location
    if place is None or not place.is_public:
        return None
    services = [offered.service for offered in place.location_services.all()]
    return {
        "summary": page.introduction,
        "body": [
            place.name,
            place.address,
            *[part for service in services for part in (service.name, service.description)],
            page.body,
        ],
        "place": place.city,
        "postcode": place.postcode,
        "lat": place.lat,
        "lon": place.lon,
        "facets": {
            "service": sorted(service.code for service in services),
            "place": [place.kind],
        },
    }


def _needs_of_workshop(now):
    """Cancelled editions and those that are over say nothing any more; what was moved does."""
    coming = WorkshopRun.objects.upcoming(now).exclude(status=WorkshopRun.Status.CANCELLED)
    return [
        *("topic", "partner", "audiences"),
        Prefetch("runs", coming.select_related("location"), to_attr="coming_runs"),
    ]


def _workshop(page, now):
    runs = [run for run in page.coming_runs if run.location.is_public]
    places = list(dict.fromkeys(run.location for run in runs))
    audiences = list(page.audiences.all())
    return {
        "summary": page.introduction,
        "body": [
            *[part for place in places for part in (place.name, place.city)],
            *[about.name for about in (page.topic, page.partner) if about],
            *[one.name for one in audiences],
            page.price,
            page.get_language_display(),
            page.language_note,
            page.learn,
            page.body,
            page.bring,
        ],
        "place": ", ".join(dict.fromkeys(place.city for place in places)),
        "postcode": " ".join(dict.fromkeys(place.postcode for place in places)),
        "starts_at": runs[0].starts_at if runs else None,
        "ends_at": runs[-1].ends_at if runs else None,
        "facets": {
            "topic": [page.topic.slug] if page.topic else [],
            "language": [page.language],
            "level": [page.level],
            "audience": sorted(one.slug for one in audiences),
        },
    }


FINDABLE = {
    ContentPage: Findable(Kind.CONTENT, _content),
    FormPage: Findable(Kind.CONTENT, _form),
    BrochurePage: Findable(Kind.CONTENT, _brochure, lambda now: ["partnership"]),
    StoryPage: Findable(Kind.STORY, _story, lambda now: ["tagged_items__tag"]),
    CataloguePage: Findable(Kind.CATALOGUE, _catalogue),
    LocationPage: Findable(
        Kind.LOCATION, _location, lambda now: ["location__location_services__service"]
    ),
    WorkshopPage: Findable(Kind.WORKSHOP, _workshop, _needs_of_workshop),
}


def findable_pages(now):
    """Pages of these classes that anyone may read now: live, not expired, nothing private above."""
    types = ContentType.objects.get_for_models(*FINDABLE).values()
    return (
        Page.objects.live()
        .public()
        .filter(Q(expire_at=None) | Q(expire_at__gt=now), content_type__in=types)
    )


def entries_for(page_ids, now):
    """The rows, not saved and without version, of those pages among these that can be found now.

    The number of queries depends on the classes of the pages, not on how many there are.
    """
    pages = list(findable_pages(now).filter(pk__in=page_ids).specific())
    for model, findable in FINDABLE.items():
        same = [page for page in pages if type(page) is model]
        if same:
            prefetch_related_objects(same, *findable.needs(now))
    return [entry for page in pages if (entry := _entry(page, now))]


def _entry(page, now):
    findable = FINDABLE[type(page)]
    url = page.get_url()
    about = findable.describe(page, now) if url else None
    if about is None:
        return None
    return SearchEntry(
        key=page_key(page.pk),
        kind=findable.kind,
        page_id=page.pk,
        url=url,
        expires_at=page.expire_at,
        title=_clean(page.title)[:255],
        summary=_clean(about.pop("summary")),
        body=_clean(" ".join(words_in(about.pop("body"))))[:LONGEST_BODY],
        place=_clean(about.pop("place", ""))[:255],
        postcode=_clean(about.pop("postcode", ""))[:64],
        **about,
    )


def _clean(text):
    """One line of text without control characters: engines mark what matched with those."""
    kept = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text or "")
    return " ".join(kept.split())
