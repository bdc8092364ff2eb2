"""Tests of the filters of the list of workshops."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from tests.factories.workshops import listed_rows, listed_titles, local_datetime

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Itsme", "Phishing", "Foto's"]),
        ("onderwerp=itsme", ["Itsme"]),
        ("onderwerp=itsme&onderwerp=veilig", ["Itsme", "Phishing", "Foto's"]),
        ("niveau=starter", ["Itsme"]),
        ("niveau=starter&niveau=basic", ["Itsme", "Phishing"]),
        ("taal=fr", ["Phishing"]),
        ("voor=ouder", ["Itsme", "Phishing"]),
        ("voor=werkzoekend", ["Itsme", "Foto's"]),
        ("dag=wo", ["Itsme"]),
        ("dag=do&dag=za", ["Phishing", "Foto's"]),
        ("dag=ma", []),
        ("deel=voormiddag", ["Itsme"]),
        ("deel=namiddag&deel=avond", ["Phishing", "Foto's"]),
        ("dag=wo&deel=namiddag", []),
        ("van=2026-12-03", ["Phishing", "Foto's"]),
        ("tot=2026-12-03", ["Itsme", "Phishing"]),
        ("van=2026-12-03&tot=2026-12-03", ["Phishing"]),
        ("van=2026-12-04&tot=2026-12-11", []),
        ("digibank=digipunt-aalst", ["Phishing", "Foto's"]),
        ("q=9300", ["Phishing", "Foto's"]),
        ("q=2060", ["Itsme"]),
        ("q=2060&km=50", ["Itsme", "Phishing", "Foto's"]),
        ("q=9300&km=alle", ["Itsme", "Phishing", "Foto's"]),
        ("q=9300&km=50&orde=afstand", ["Phishing", "Foto's", "Itsme"]),
        ("q=zzzz", ["Itsme", "Phishing", "Foto's"]),
        ("niveau=starter&deel=voormiddag&q=2060&vrij=1", ["Itsme"]),
    ],
)
def test_filters_apply_alone_and_together(client, many, query, found):
    assert listed_titles(client, query) == found


@pytest.mark.parametrize(
    ("hour", "minute", "part"),
    [(11, 59, "voormiddag"), (12, 0, "namiddag"), (16, 59, "namiddag"), (17, 0, "avond")],
)
@pytest.mark.parametrize("day", [date(2026, 12, 2), date(2027, 6, 2)], ids=["winter", "summer"])
def test_part_of_the_day_is_in_local_time(client, create_run, day, hour, minute, part):
    create_run(starts_at=local_datetime(day.year, day.month, day.day, hour, minute))
    for other in ("voormiddag", "namiddag", "avond"):
        assert bool(listed_rows(client, f"deel={other}")) is (other == part)


@pytest.mark.parametrize(
    ("moment", "weekday"),
    [
        (local_datetime(2027, 3, 27, 23, 59), "za"),
        (local_datetime(2027, 3, 28, 0, 0), "zo"),
        (local_datetime(2027, 3, 28, 3, 0), "zo"),
        (local_datetime(2027, 10, 30, 23, 30), "za"),
        (local_datetime(2027, 10, 31, 0, 30), "zo"),
        (local_datetime(2027, 10, 31, 23, 30), "zo"),
        (local_datetime(2027, 11, 1, 0, 0), "ma"),
    ],
)
def test_weekday_is_in_local_time_when_the_clock_changes(client, create_run, moment, weekday):
    create_run(starts_at=moment)
    for other in ("vr", "za", "zo", "ma"):
        assert bool(listed_rows(client, f"dag={other}")) is (other == weekday)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("van=morgen", "van"),
        ("tot=2026-02-30", "tot"),
        ("van=2026-12-10&tot=2026-12-09", "tot"),
        ("niveau=x", "niveau"),
        ("onderwerp=x", "onderwerp"),
        ("taal=x", "taal"),
        ("voor=x", "voor"),
        ("dag=x", "dag"),
        ("deel=x", "deel"),
        ("km=7", "km"),
        ("orde=x", "orde"),
        ("digibank=x", "digibank"),
    ],
)
def test_invalid_value_is_reported_kept_and_ignored(client, many, query, name):
    response = client.get(f"/workshops/?{query}")
    (sentence,) = response.context["errors"][name]
    assert len(listed_titles(client, query)) == (1 if query.startswith("van=2026") else 3)
    text = response.content.decode()
    assert 'class="field__error"' in text
    if name in ("van", "tot"):
        typed = query.split("=")[-1]
        field = BeautifulSoup(text, "html.parser").find(
            attrs={"name": name, "aria-invalid": "true"}
        )
        assert field["value"] == typed
        assert sentence[-1] == "."


@pytest.mark.parametrize("typed", ['"<script>', "\x00", "x" * 5000, "'", "%00", "  ", "-1", "٣"])
def test_any_input_gets_a_response(client, many, typed):
    names = (
        "q km orde onderwerp niveau taal voor dag deel vrij van tot digibank workshop p toon maand"
    )
    for view in ("", "kalender"):
        asked = dict.fromkeys(names.split(), typed) | ({"toon": view} if view else {})
        response = client.get("/workshops/", asked)
        assert response.status_code == 200
        assert "<script>" not in response.content.decode().split("<main")[1]
    for feed in ("workshops.ics", "workshops.json", "workshops.uitdatabank.json"):
        assert client.get(f"/{feed}", dict.fromkeys(names.split(), typed)).status_code == 200


def test_ambiguous_place_name_is_asked_again(client, many):
    response = client.get("/workshops/?q=halle&niveau=basic")
    addresses = [address for _name, address in response.context["choices"]]
    assert [name for name, _address in response.context["choices"]] == [
        "Halle (1500)",
        "Halle (2980)",
    ]
    assert addresses[0] == "q=Halle+%281500%29&niveau=basic"
    assert [row.title for row in response.context["rows"]] == ["Phishing"]


def test_rows_show_the_distance_when_a_place_is_given(client, many):
    near = {row.title: row.nearness for row in listed_rows(client, "q=2060&km=50")}
    assert near["Itsme"]
    assert "40" in near["Phishing"]
    assert not listed_rows(client)[0].nearness


def test_result_sentence_mentions_the_filters(client, many):
    said = client.get("/workshops/?q=2060&deel=voormiddag").context["result"]
    assert said.startswith("1 ")
    assert said.endswith("2060 Antwerpen")
    text = client.get("/workshops/?q=2060&deel=voormiddag").content.decode()
    status = BeautifulSoup(text, "html.parser").find(id="gevonden", role="status")
    assert status.find("h2", class_="result-count").get_text(strip=True).startswith(said)


def test_empty_result_suggests_what_to_do(client, many):
    response = client.get("/workshops/?q=9300&niveau=starter")
    assert response.context["rows"] == []
    assert "km=alle" in response.content.decode()
    assert 'href="#hulp"' in response.content.decode()
