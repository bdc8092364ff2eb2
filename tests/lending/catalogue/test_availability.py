"""The number on the page is the state of the stock."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from home.pages.site_layout import get_site_layout
from lending.catalogue.availability import availability_of, count_free_devices, free_by_location
from lending.catalogue.models import CatalogueIndexPage, CataloguePage
from lending.core.states import State
from lending.devices.operations import devices
from lending.loans.models import Loan
from lending.loans.operations import loans, reservations
from tests.factories import staff as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def laptop():
    root = Page.objects.get(depth=1)
    index = root.add_child(instance=CatalogueIndexPage(title="Leen een toestel", slug="leen"))
    page = index.add_child(instance=CataloguePage(title="Laptop", slug="laptop"))
    model = make.model()
    model.catalogue_page = page
    model.save()
    return page


@pytest.fixture
def location():
    location = make.place()
    make.policy(location)
    return location


def free(page):
    return availability_of([page])[page.pk].free


def test_availability_follows_the_desk(laptop, location):
    assert free(laptop) == 0
    device = make.ready(location)
    assert free(laptop) == 0
    devices.move_to_location(device, location, state=State.AVAILABLE)
    assert free(laptop) == 1
    make.lent(device, make.borrower(location))
    assert free(laptop) == 0
    loans.check_in(device)
    assert free(laptop) == 0


def test_reserved_or_transported_device_is_not_free(laptop, location):
    kept, sent = make.available(location), make.available(location)
    reservations.reserve(kept, borrower=make.borrower(location))
    devices.move_to_location(sent, location, state=State.IN_TRANSIT)
    assert free(laptop) == 0


@pytest.mark.parametrize("kind", ["workshop", "warehouse"])
def test_device_at_non_public_location_is_not_free(laptop, location, kind):
    make.available(location)
    assert free(laptop) == 1
    location.kind = kind
    location.save()
    assert free(laptop) == 0
    assert count_free_devices() == 0


def test_location_that_no_longer_lends_has_no_free_devices(laptop, location):
    make.available(location)
    location.is_lending_point = False
    location.save()
    assert free(laptop) == 0


def test_device_cannot_become_available_where_nothing_is_lent(location):
    from lending.devices.errors import NotALendingPoint

    store = make.place("MAG", "Magazijn", is_lending_point=False)
    with pytest.raises(NotALendingPoint):
        devices.move_to_location(make.ready(store), store, state=State.AVAILABLE)


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, False), (0, True), (5, True)], ids=["overdue", "today", "later"]
)
def test_next_date_is_the_first_due_date_unless_overdue(laptop, location, days, expected):
    loan = make.lent(make.available(location), make.borrower(location))
    due = timezone.localdate() + timedelta(days=days)
    Loan.objects.filter(pk=loan.pk).update(due_on=due)
    answer = availability_of([laptop])[laptop.pk]
    assert answer.next_on == (due if expected else None)
    assert [location.out for location in answer.locations] == [1]


def test_locations_are_counted_separately(laptop, location):
    other = make.place("BOO", "Boom")
    make.available(location)
    make.available(other)
    make.available(other)
    answer = availability_of([laptop])[laptop.pk]
    assert [(location.location.code, location.free) for location in answer.locations] == [
        ("BOO", 2),
        ("AAL", 1),
    ]
    assert {
        pk: [n for _page, n in kinds] for pk, kinds in free_by_location([location, other]).items()
    } == {
        location.pk: [1],
        other.pk: [2],
    }


def test_query_count_does_not_grow(laptop, location, django_assert_num_queries):
    make.lent(make.available(location), make.borrower(location))
    get_site_layout()  # which pages are private is known already, as on every page
    with django_assert_num_queries(4):
        availability_of([laptop])
    other = make.place("BOO", "Boom")
    for location in (other, other, other):
        make.available(location)
    with django_assert_num_queries(4):
        availability_of([laptop])


def test_page_shows_the_current_number(laptop, location, client):
    from wagtail.models import Site

    Site.objects.update(root_page=Page.objects.get(depth=1))
    Site.clear_site_root_paths_cache()
    address = laptop.get_url()
    device = make.available(location)
    assert "Nu beschikbaar: 1" in client.get(address).content.decode()
    make.lent(device, make.borrower(location))
    page = client.get(address).content.decode()
    assert "Nu beschikbaar: 1" not in page
    assert "Verwacht:" in page
