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
def place():
    point = make.place()
    make.policy(point)
    return point


def free(page):
    return availability_of([page])[page.pk].free


def test_the_number_follows_the_desk(laptop, place):
    assert free(laptop) == 0
    device = make.ready(place)
    assert free(laptop) == 0
    devices.move_to_location(device, place, state=State.AVAILABLE)
    assert free(laptop) == 1
    make.lent(device, make.borrower(place))
    assert free(laptop) == 0
    loans.check_in(device)
    assert free(laptop) == 0


def test_what_is_set_aside_or_on_its_way_is_not_free(laptop, place):
    kept, sent = make.available(place), make.available(place)
    reservations.reserve(kept, borrower=make.borrower(place))
    devices.move_to_location(sent, place, state=State.IN_TRANSIT)
    assert free(laptop) == 0


@pytest.mark.parametrize("kind", ["workshop", "warehouse"])
def test_what_stands_out_of_sight_is_not_free(laptop, place, kind):
    make.available(place)
    assert free(laptop) == 1
    place.kind = kind
    place.save()
    assert free(laptop) == 0
    assert count_free_devices() == 0


def test_a_place_that_no_longer_lends_has_nothing_free(laptop, place):
    make.available(place)
    place.is_lending_point = False
    place.save()
    assert free(laptop) == 0


def test_nothing_is_made_available_where_nothing_is_lent(place):
    from lending.devices.errors import NotALendingPoint

    store = make.place("MAG", "Magazijn", is_lending_point=False)
    with pytest.raises(NotALendingPoint):
        devices.move_to_location(make.ready(store), store, state=State.AVAILABLE)


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, False), (0, True), (5, True)], ids=["overdue", "today", "later"]
)
def test_the_next_is_expected_when_the_first_is_due_unless_it_is_overdue(
    laptop, place, days, expected
):
    loan = make.lent(make.available(place), make.borrower(place))
    due = timezone.localdate() + timedelta(days=days)
    Loan.objects.filter(pk=loan.pk).update(due_on=due)
    answer = availability_of([laptop])[laptop.pk]
    assert answer.next_on == (due if expected else None)
    assert [point.out for point in answer.locations] == [1]


def test_every_place_answers_for_itself(laptop, place):
    other = make.place("BOO", "Boom")
    make.available(place)
    make.available(other)
    make.available(other)
    answer = availability_of([laptop])[laptop.pk]
    assert [(point.location.code, point.free) for point in answer.locations] == [
        ("BOO", 2),
        ("AAL", 1),
    ]
    assert {
        pk: [n for _page, n in kinds] for pk, kinds in free_by_location([place, other]).items()
    } == {
        place.pk: [1],
        other.pk: [2],
    }


def test_the_number_of_queries_does_not_grow(laptop, place, django_assert_num_queries):
    make.lent(make.available(place), make.borrower(place))
    get_site_layout()  # which pages are private is known already, as on every page
    with django_assert_num_queries(4):
        availability_of([laptop])
    other = make.place("BOO", "Boom")
    for point in (other, other, other):
        make.available(point)
    with django_assert_num_queries(4):
        availability_of([laptop])


def test_the_page_shows_the_number_of_this_moment(laptop, place, client):
    from wagtail.models import Site

    Site.objects.update(root_page=Page.objects.get(depth=1))
    Site.clear_site_root_paths_cache()
    address = laptop.get_url()
    device = make.available(place)
    assert "Nu beschikbaar: 1" in client.get(address).content.decode()
    make.lent(device, make.borrower(place))
    page = client.get(address).content.decode()
    assert "Nu beschikbaar: 1" not in page
    assert "Verwacht:" in page
