"""The week of hours in the admin: what the preview promises is what visitors find."""

from datetime import date, time, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from locations.models import (
    AdjustedDays,
    AdjustedHours,
    ClosedDays,
    HoursVersion,
    OpeningRule,
    Partnership,
)
from locations.opening_hours import calendars, words
from locations.scope import Role
from tests.factories import locations as places
from tests.factories.place_forms import location_data

pytestmark = pytest.mark.django_db
TODAY = places.MONDAY_MORNING.date()
AJAX = {"X-Requested-With": "XMLHttpRequest"}
OVER_MIDNIGHT = (
    "Het einde moet na het begin komen. Uren over middernacht zijn twee lijnen, op twee dagen."
)
WEEKLY = {"weekday": "4", "opens": "14:00", "closes": "16:30"}
EVERY_OTHER = {"recurrence": "weeks", "weekday": "4", "interval": "2", "anchor": "2026-11-27"}
MONTHLY = {"recurrence": "monthly", "weekday": "2", "nth": "4", "by_appointment": "on"}
LOOSE = {"recurrence": "date", "weekday": "", "day": "2026-12-24", "opens": "10:00"}
SEASON = {"weekday": "1", "valid_from": "2026-12-10", "valid_until": "2026-12-31"}


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(places.MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def place():
    for code in ("help", "lending"):
        places.service(code)
    return places.location("AAL", name="Digipunt Aalst", partnership=places.partnership())


@pytest.fixture
def editor(client, place):
    user = places.staff(Role.COORDINATOR, place.partnership)
    client.force_login(user)
    return user


def typed(place, *rules, **fields):
    lines = [{"service": places.service().pk, **rule} for rule in rules]
    return {**location_data(place, lines), **fields}


def preview(client, place, *rules, **fields):
    address = f"/beheer/plaatsen/voorbeeld/{place.pk}/"
    return client.post(address, typed(place, *rules, **fields), headers=AJAX)


def save(client, place, *rules, **fields):
    return client.post(f"/beheer/plaatsen/edit/{place.pk}/", typed(place, *rules, **fields))


def days_of(response):
    """What the preview says, by day: the hours, and the notes beside them."""
    return {
        day.day: ([hours.words for hours in day.hours], [note.words for note in day.notes])
        for week in response.context["preview"].weeks
        for day in week.days
    }


def exceptions(place):
    """Closed days and other hours of the place and of its partnership, over one another."""
    ClosedDays.objects.create(
        location=place, first_day=date(2026, 12, 25), last_day=date(2026, 12, 25), reason="Kerstmis"
    )
    for about, first, last, opens in (
        ({"partnership": place.partnership}, 21, 31, time(10)),
        ({"location": place}, 24, 25, time(8)),
    ):
        days = AdjustedDays.objects.create(
            **about, first_day=date(2026, 12, first), last_day=date(2026, 12, last)
        )
        for weekday in (0, 3, 4):
            AdjustedHours.objects.create(
                adjusted_days=days, weekday=weekday, opens=opens, closes=time(11)
            )


@pytest.mark.parametrize(
    "rules",
    [
        [WEEKLY, {"weekday": "4", "opens": "09:00"}],
        [EVERY_OTHER],
        [MONTHLY],
        [LOOSE, SEASON],
        [WEEKLY, EVERY_OTHER, MONTHLY, LOOSE, SEASON],
    ],
    ids=["every week", "every other week", "monthly", "a date and a season", "all of them"],
)
def test_the_preview_says_what_the_calendar_says_once_it_is_saved(client, place, editor, rules):
    exceptions(place)
    promised = preview(client, place, *rules)
    assert not OpeningRule.objects.exists()
    assert save(client, place, *rules).status_code == 302

    calendar = calendars([place])[place.pk]
    coming = [TODAY + timedelta(days=ahead) for ahead in range(56)]
    assert {day: hours for day, (hours, _notes) in days_of(promised).items() if hours} == {
        day: [words.blocks(calendar.blocks(day))] for day in coming if calendar.blocks(day)
    }
    kept = preview(client, place, **of_saved_lines(client, place))
    assert days_of(kept) == days_of(promised)


def of_saved_lines(client, place):
    """The fields of the lines as the screen shows them again."""
    page = soup(client.get(f"/beheer/plaatsen/edit/{place.pk}/"))
    return {name: value for name, value in shown(page).items() if name.startswith("opening_rules")}


def soup(response):
    page = BeautifulSoup(response.content, "html.parser")
    for hidden in page.find_all(["noscript", "template"]):
        hidden.decompose()
    return page


def shown(page):
    found = {}
    for item in page.find_all(["input", "select"], attrs={"name": True}):
        if item.name == "select":
            found[item["name"]] = "".join(
                one["value"] for one in item.find_all("option", selected=True)
            )
        elif item.get("type") != "checkbox" or item.has_attr("checked"):
            found[item["name"]] = item.get("value", "on" if item.get("type") == "checkbox" else "")
    return found


def test_a_preview_changes_nothing(client, place, editor):
    before = HoursVersion.objects.count()
    preview(client, place, WEEKLY, name="Anders")

    place.refresh_from_db()
    assert place.name == "Digipunt Aalst"
    assert not OpeningRule.objects.exists()
    assert HoursVersion.objects.count() == before


def test_the_preview_says_which_hours_win_and_what_they_replace(client, place, editor):
    exceptions(place)
    rules = [{"weekday": str(weekday)} for weekday in range(5)]
    said = days_of(preview(client, place, *rules))

    assert said[date(2026, 12, 18)] == (["9 tot 12 uur"], [])
    assert said[date(2026, 12, 25)] == (
        [],
        ["Gesloten: Kerstmis. In plaats van 8 tot 11 uur."],
    )
    assert said[date(2026, 12, 24)] == (
        ["8 tot 11 uur"],
        [
            "Andere uren. In plaats van 9 tot 12 uur. "
            "Ze gaan voor op de andere uren van de hele samenwerking."
        ],
    )
    assert said[date(2026, 12, 22)] == ([], ["Andere uren. In plaats van 9 tot 12 uur."])


def test_what_holds_for_the_whole_place_is_said_once_and_hours_of_two_services_apart(
    client, place, editor
):
    ClosedDays.objects.create(
        location=place, first_day=date(2026, 12, 1), last_day=date(2026, 12, 1), reason="Ziek"
    )
    lending = {"service": places.service("lending").pk, "weekday": "1", "closes": "11:00"}
    response = preview(client, place, {"weekday": "1"}, lending)

    first = response.context["preview"].weeks[0].days[0]
    assert [(hours.name, hours.words) for hours in first.hours] == [
        ("Help", "9 tot 12 uur"),
        ("Lending", "9 tot 11 uur"),
    ]
    said = days_of(response)
    assert said[date(2026, 12, 1)] == ([], ["Gesloten: Ziek. In plaats van 9 tot 12 uur."])


def test_a_line_that_is_taken_away_or_still_empty_does_not_count(client, place, editor):
    gone = {**WEEKLY, "DELETE": "on"}
    empty = {"opens": "", "closes": "", "DELETE": "on"}
    response = preview(client, place, gone, empty)

    assert days_of(response) == {}
    assert response.context["preview"].wrong == ()


def test_as_a_page_for_who_has_no_script(client, place, editor):
    response = client.post(f"/beheer/plaatsen/voorbeeld/{place.pk}/", typed(place, WEEKLY))

    assert "locations/staff/hours/preview_page.html" in [one.name for one in response.templates]
    assert "14 tot 16.30 uur" in response.content.decode()


def test_a_new_place_has_a_preview_too(client, place, editor):
    response = client.post("/beheer/plaatsen/voorbeeld/", typed(place, WEEKLY), headers=AJAX)

    assert len(days_of(response)) == 8


def test_nobody_asks_about_another_place(client, place, editor):
    other = places.location("HAL", partnership=places.partnership("Anders"))
    ClosedDays.objects.create(location=other, first_day=TODAY, last_day=TODAY, reason="Geheim")

    response = preview(client, other, {"weekday": "0"})
    assert response.status_code == 404
    assert "Geheim" not in response.content.decode()
    assert client.get(f"/beheer/plaatsen/voorbeeld/{place.pk}/").status_code == 405


@pytest.mark.parametrize("is_mine", [True, False], ids=["my own", "another's"])
def test_closed_days_of_a_partnership_show_only_to_who_works_for_it(client, place, editor, is_mine):
    theirs = Partnership.objects.create(name="Rupel", slug="rupel")
    if is_mine:
        editor.assignments.create(partnership=theirs)
    ClosedDays.objects.create(partnership=theirs, first_day=TODAY, last_day=TODAY, reason="Geheim")
    response = preview(client, place, {"weekday": "0"}, partnership=theirs.pk)

    assert ("Geheim" in response.content.decode()) is is_mine
    assert (days_of(response)[TODAY][0] == []) is is_mine


@pytest.mark.parametrize("role", [Role.DESK, Role.EDITOR])
def test_who_may_not_change_places_may_not_ask(client, place, role):
    client.force_login(places.staff(role, place))

    assert preview(client, place, WEEKLY).status_code in (302, 403)


BAD = [
    ({"closes": "08:00"}, "closes", OVER_MIDNIGHT),
    ({"opens": "22:00", "closes": "02:00"}, "closes", OVER_MIDNIGHT),
    (
        {"valid_from": "2026-12-10", "valid_until": "2026-12-09"},
        "valid_until",
        "Het seizoen eindigt voor het begint.",
    ),
    (
        {**EVERY_OTHER, "anchor": "2026-11-26"},
        "anchor",
        "26/11/2026 is een donderdag. Kies een datum op de dag van deze lijn.",
    ),
    ({"recurrence": "monthly"}, "nth", "Kies de hoeveelste van de maand."),
    ({"recurrence": "date"}, "day", "Geef de datum."),
]


@pytest.mark.parametrize(("line", "field", "sentence"), BAD)
def test_a_mistake_is_told_at_its_field_and_nothing_typed_is_lost(
    client, place, editor, line, field, sentence
):
    rules = [{**WEEKLY, "weekday": "3"}, line]
    page = soup(save(client, place, *rules, street="Nieuwstraat"))

    wrong = page.find(id=f"id_opening_rules-1-{field}")
    assert wrong["aria-invalid"] == "true"
    assert f"{wrong['id']}_error" in wrong["aria-describedby"].split()
    assert page.find(id=f"{wrong['id']}_error").get_text(strip=True) == sentence
    still = shown(page)
    assert still["street"] == "Nieuwstraat"
    for number, rule in enumerate(rules):
        for name, value in rule.items():
            assert still[f"opening_rules-{number}-{name}"] == str(value)
    assert not OpeningRule.objects.exists()


@pytest.mark.parametrize(("line", "field", "sentence"), BAD)
def test_a_mistake_is_named_while_one_types_and_leads_to_its_field(
    client, place, editor, line, field, sentence
):
    (wrong,) = preview(client, place, WEEKLY, line).context["preview"].wrong

    assert wrong.name.startswith("Help")
    assert (wrong.field_id, wrong.sentence) == (f"id_opening_rules-1-{field}", sentence)


def test_two_lines_that_overlap_name_each_other(client, place, editor):
    rules = [WEEKLY, {**WEEKLY, "opens": "16:00", "closes": "17:00"}]
    sentence = (
        "Deze uren overlappen met een andere lijn: Help, vrijdag, 14 tot 16.30 uur. "
        "Maak er één lijn van."
    )
    (wrong,) = preview(client, place, *rules).context["preview"].wrong
    page = soup(save(client, place, *rules))

    assert wrong.sentence == sentence
    assert page.find(id="id_opening_rules-1-opens_error").get_text(strip=True) == sentence


def test_a_line_that_a_colleague_took_away_meanwhile_is_no_trouble(client, place, editor):
    places.rule(place, 3)
    data = of_saved_lines(client, place)
    OpeningRule.objects.all().delete()

    assert len(days_of(preview(client, place, **data))) == 8
    assert save(client, place, **data).status_code == 302
    assert OpeningRule.objects.get().weekday == 3


def test_without_script_empty_lines_stand_ready_and_one_that_is_filled_in_is_saved(
    client, place, editor
):
    address = f"/beheer/plaatsen/edit/{place.pk}/"
    page = BeautifulSoup(client.get(address).content, "html.parser")
    for template in page.find_all("template"):
        template.decompose()
    data = shown(page.find("form", id="w-editor-form"))
    first = "opening_rules-0"
    data |= {f"{first}-service": places.service().pk, f"{first}-weekday": "2"}
    data |= {f"{first}-opens": "10:00", f"{first}-closes": "12:00"}

    response = client.post(address, data)
    assert response.status_code == 302
    rule = OpeningRule.objects.get()
    assert (rule.weekday, rule.opens, rule.closes) == (2, time(10), time(12))


def test_the_number_of_queries_does_not_grow_with_the_lines(client, place, editor):
    def queries():
        lines = of_saved_lines(client, place)
        with CaptureQueriesContext(connection) as shown_again:
            assert client.get(f"/beheer/plaatsen/edit/{place.pk}/").status_code == 200
        with CaptureQueriesContext(connection) as asked:
            assert preview(client, place, **lines).status_code == 200
        return len(shown_again), len(asked)

    places.rule(place, 0)
    places.rule(place, 0, code="lending")
    few = queries()
    for weekday in range(7):
        for hour in range(13, 18):
            places.rule(place, weekday, time(hour), time(hour, 30), code="lending")

    assert queries() == few
    assert few[1] <= 20
