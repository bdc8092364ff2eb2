"""Tests of the page of a workshop."""

import html
import re

import pytest

from locations.places.models import Partner
from tests.factories import locations
from tests.factories import workshops as make
from tests.factories.workshops import local_datetime
from tests.locations.feed_readers import read_page_jsonld

pytestmark = pytest.mark.django_db
ADDRESS = "/workshops/itsme-installeren/"
MOST = 15


def words(response):
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    text = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", main, flags=re.S)
    return " ".join(html.unescape(text).split())


@pytest.fixture
def page(index):
    return locations.workshop(
        index,
        topic=make.topic("itsme"),
        audiences=[make.audience("ouder")],
        partner=Partner.objects.create(name="Centrum voor basiseducatie"),
        limits="We tonen de weg. We vullen niet samen in.",
        bring="Je gsm\nJe bankkaart",
        price="2 euro",
        introduction="Toon op je gsm wie je bent.",
    )


def test_page_shows_all_facts(client, page):
    said = words(client.get(ADDRESS))
    for fact in (
        "2 euro", "Itsme", "Ouder", "Centrum voor basiseducatie", "Je gsm", "Je bankkaart",
        "We tonen de weg. We vullen niet samen in.", "Toon op je gsm wie je bent.",
    ):  # fmt: skip
        assert fact in said


def test_page_shows_every_session_with_location_and_room(client, page, antwerp):
    days = [local_datetime(2027, 1, day, 9, 30) for day in (11, 18, 25)] + [
        local_datetime(2027, 2, 1, 14)
    ]
    run = make.run(page, antwerp, *days, room="Leslokaal 1", seated=5)
    run.sessions.filter(starts_at=days[1]).update(subject="Mailen")
    said = words(client.get(ADDRESS))
    for fact in ("11 januari", "18 januari", "25 januari", "1 februari", "Mailen", "Leslokaal 1"):
        assert fact in said
    assert antwerp.page.url in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize(
    ("people", "fields", "can_register"),
    [
        ((0, 0), {}, True),
        ((8, 2), {}, True),
        ((0, 0), {"entry": "drop_in"}, False),
        ((0, 0), {"status": "cancelled", "cancelled_reason": "De zaal lekt"}, False),
        ((0, 0), {"registration_opens_at": local_datetime(2026, 12, 1, 9)}, False),
        ((0, 0), {"registration_closes_at": local_datetime(2026, 11, 23, 9)}, False),
    ],
    ids=["free", "full", "drop in", "cancelled", "not yet", "closed"],
)
def test_register_button_is_shown_when_registration_is_open(
    client, page, antwerp, people, fields, can_register
):
    run = make.run(
        page,
        antwerp,
        local_datetime(2026, 12, 10, 13),
        seated=people[0],
        waiting=people[1],
        **fields,
    )
    text = client.get(ADDRESS).content.decode()
    assert (f'href="/workshops/inschrijven/{run.pk}/"' in text) is can_register
    is_cancelled = "status" in fields
    assert ("De zaal lekt" in text) is is_cancelled
    assert ('href="tel:+3230000000"' in text) is not is_cancelled
    assert "Jozef" not in text


def test_moved_date_shows_its_former_start(client, page, antwerp):
    make.run(
        page,
        antwerp,
        local_datetime(2026, 12, 10, 13),
        status="moved",
        moved_from=local_datetime(2026, 12, 3, 13),
    )
    assert "3 december" in words(client.get(ADDRESS))


def test_location_without_page_has_no_link_and_the_general_phone_number(client, page, aalst):
    from tests.factories.home import help_channels

    make.run(page, aalst, local_datetime(2026, 12, 10, 13))
    help_channels()
    text = client.get(ADDRESS).content.decode()
    assert "Digipunt Aalst" in text
    assert "/digipunten/aal/" not in text


def test_page_without_dates_invites_to_call(client, page, antwerp):
    make.run(page, antwerp, local_datetime(2026, 11, 20, 13))
    text = client.get(ADDRESS).content.decode()
    assert 'href="#hulp"' in text
    assert "ld+json" not in text.split("<main")[0].replace('type="application/ld+json" href', "")


def test_page_contains_structured_data(client, page, antwerp):
    make.run(page, antwerp, local_datetime(2026, 12, 10, 13), seated=8)
    (event,) = read_page_jsonld(client.get(ADDRESS))["@graph"]
    assert event["offers"]["availability"] == "https://schema.org/SoldOut"
    assert event["remainingAttendeeCapacity"] == 0


def test_sharing_links_load_nothing_from_third_parties(client, page, antwerp):
    run = make.run(page, antwerp, local_datetime(2026, 12, 10, 13))
    text = client.get(ADDRESS).content.decode()
    assert f'href="/workshops/itsme-installeren.ics?datum={run.pk}"' in text
    assert 'href="mailto:?subject=Itsme%20installeren&amp;body=http%3A%2F%2Flocalhost' in text
    main = text.split("<main")[1].split("</main>")[0]
    hosts = set(re.findall(r'(?:href|src)="https?://([^/"]+)', main))
    assert hosts <= {"localhost", "www.openstreetmap.org"}


def test_page_takes_the_same_queries_with_twenty_more_of_everything(
    client, page, antwerp, django_assert_max_num_queries
):
    def more(number):
        days = [local_datetime(2026, 12, number, 9), local_datetime(2027, 1, number, 9)]
        make.run(page, antwerp, *days, seated=3, waiting=0)
        here = locations.location()
        make.run(page, here, local_datetime(2026, 12, number, 13))
        page.audiences.add(make.audience(f"groep-{number}"))
        page.save()

    def cost():
        client.get(ADDRESS)
        with django_assert_max_num_queries(MOST) as counted:
            assert client.get(ADDRESS).status_code == 200
        return len(counted)

    more(1)
    before = cost()
    for number in range(2, 22):
        more(number)
    assert cost() == before
    response = client.get(ADDRESS)
    assert len(response.context["dates"]) == 12
    assert 'href="/workshops/?workshop=itsme-installeren"' in response.content.decode()
    assert len(client.get("/workshops/?workshop=itsme-installeren").context["rows"]) == 20
