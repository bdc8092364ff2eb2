"""From what somebody types to a place, or to a question back."""

import pytest

from locations.places import operations
from locations.places.geocoding import NearbyLocation, geocode, normalize_place_name, rank_locations
from locations.places.models import Municipality
from tests.factories.locations import location, partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def towns():
    operations.load_postcodes()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("HALLE", "halle"),
        (" Sint-Niklaas ", "sint niklaas"),
        ("Liège", "liege"),
        ("'s Gravenwezel", "s gravenwezel"),
        ("\x00", ""),
        ("", ""),
    ],
)
def test_a_name_is_compared_without_capitals_accents_and_hyphens(typed, name):
    assert normalize_place_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("1755", "1755 Gooik"),
        ("9100", "9100 Sint-Niklaas"),
        ("Halle (2980)", "2980 Halle"),
        ("1500 Halle", "1500 Halle"),
        ("Gooik", "Gooik"),
        ("gooik", "Gooik"),
        ("pajottegem", "Pajottegem"),
        ("Antwerpen", "Antwerpen"),
        ("sint niklaas", "Sint-Niklaas"),
        ("Schaarbeek", "Schaarbeek"),
    ],
)
def test_what_has_one_meaning_is_understood(towns, typed, label):
    assert geocode(typed).origin.label == label


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("Halle", ("Halle (1500)", "Halle (2980)")),
        ("aalst", ("Aalst (3800)", "Aalst (9300)")),
    ],
)
def test_what_has_two_meanings_is_asked_back(towns, typed, choices):
    found = geocode(typed)

    assert found.origin is None
    assert found.choices == choices


def test_the_beginning_of_a_name_is_completed_or_asked_back(towns):
    assert geocode("Holsb").origin.label == "Holsbeek"
    assert geocode("Bonh").origin.label == "Bonheiden"
    assert {"Aalst (3800)", "Aalst (9300)", "Aalter (9880)"} <= set(geocode("aal").choices)


@pytest.mark.parametrize(
    "typed",
    ["9999", "xyzzy", "'\"); DROP TABLE", "%", "\x00\x00", "a" * 10_000, "☃", "12345", "-"],
)
def test_what_is_not_known_is_said_and_never_crashes(towns, typed):
    found = geocode(typed)

    assert found.origin is None
    assert found.choices == ()
    assert found.is_unknown is bool(typed.replace("\x00", " ").strip())


def test_nothing_typed_is_no_question(towns):
    assert not geocode("  ").is_unknown


def test_own_municipality_then_partnership_then_distance(towns):
    here = partnership("Digiplek")
    here.municipalities.set(Municipality.objects.filter(name__in=["Pajottegem", "Halle"]))
    near = location(name="Near", postcode="1760", lat=50.80, lon=4.10)
    member = location(name="Member", postcode="1500", lat=50.73, lon=4.23, partnership=here)
    own = location(name="Own", postcode="1540", lat=50.74, lon=4.09)
    nowhere = location(name="Nowhere", postcode="1760")

    found = rank_locations([nowhere, near, member, own], geocode("1755").origin)

    assert [one.location for one in found] == [own, member, near, nowhere]
    assert [one.in_municipality for one in found] == [True, False, False, False]
    assert found[2].kilometres < 1
    assert found[3].kilometres is None


def test_without_a_place_to_ask_from_the_order_stays():
    places = [location(), location()]

    assert rank_locations(places, None) == [NearbyLocation(place) for place in places]


@pytest.mark.parametrize("typed", ["1755", "Halle", "Pajottegem"])
def test_understanding_takes_one_query(towns, typed, django_assert_num_queries):
    with django_assert_num_queries(1):
        geocode(typed)


def test_loading_postcodes_again_changes_nothing(towns):
    before = Municipality.objects.count()

    assert operations.load_postcodes() == 541
    assert Municipality.objects.count() == before
