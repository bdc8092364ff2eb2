"""Tests of geocoding and of ranking locations by distance."""

import pytest

from locations.places import operations
from locations.places.geocoding import NearbyLocation, geocode, normalize_place_name, rank_locations
from locations.places.models import Municipality
from tests.factories.locations import location, partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def postcodes():
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
def test_place_name_is_normalized(typed, name):
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
def test_unambiguous_text_is_geocoded(postcodes, typed, label):
    assert geocode(typed).origin.label == label


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("Halle", ("Halle (1500)", "Halle (2980)")),
        ("aalst", ("Aalst (3800)", "Aalst (9300)")),
    ],
)
def test_ambiguous_name_returns_choices(postcodes, typed, choices):
    result = geocode(typed)

    assert result.origin is None
    assert result.choices == choices


def test_prefix_is_completed_or_returns_choices(postcodes):
    assert geocode("Holsb").origin.label == "Holsbeek"
    assert geocode("Bonh").origin.label == "Bonheiden"
    assert {"Aalst (3800)", "Aalst (9300)", "Aalter (9880)"} <= set(geocode("aal").choices)


@pytest.mark.parametrize(
    "typed",
    ["9999", "xyzzy", "'\"); DROP TABLE", "%", "\x00\x00", "a" * 10_000, "☃", "12345", "-"],
)
def test_unknown_text_is_reported_without_error(postcodes, typed):
    result = geocode(typed)

    assert result.origin is None
    assert result.choices == ()
    assert result.is_unknown is bool(typed.replace("\x00", " ").strip())


def test_empty_text_is_not_unknown(postcodes):
    assert not geocode("  ").is_unknown


def test_locations_rank_by_municipality_then_partnership_then_distance(postcodes):
    digiplek = partnership("Digiplek")
    digiplek.municipalities.set(Municipality.objects.filter(name__in=["Pajottegem", "Halle"]))
    near = location(name="Near", postcode="1760", lat=50.80, lon=4.10)
    member = location(name="Member", postcode="1500", lat=50.73, lon=4.23, partnership=digiplek)
    own = location(name="Own", postcode="1540", lat=50.74, lon=4.09)
    nowhere = location(name="Nowhere", postcode="1760")

    ranked = rank_locations([nowhere, near, member, own], geocode("1755").origin)

    assert [near.location for near in ranked] == [own, member, near, nowhere]
    assert [near.in_municipality for near in ranked] == [True, False, False, False]
    assert ranked[2].kilometres < 1
    assert ranked[3].kilometres is None


def test_order_is_kept_without_origin():
    unranked = [location(), location()]

    assert rank_locations(unranked, None) == [NearbyLocation(location) for location in unranked]


@pytest.mark.parametrize("typed", ["1755", "Halle", "Pajottegem"])
def test_geocoding_takes_one_query(postcodes, typed, django_assert_num_queries):
    with django_assert_num_queries(1):
        geocode(typed)


def test_loading_postcodes_again_adds_nothing(postcodes):
    before = Municipality.objects.count()

    assert operations.load_postcodes() == 541
    assert Municipality.objects.count() == before
