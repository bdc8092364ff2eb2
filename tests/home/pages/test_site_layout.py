"""Tests of the site layout: sponsors, footer links, help channels, images."""

from datetime import date

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from home.pages.models import CustomImage, FooterLink, HelpChannel, SponsorLogo
from home.pages.site_layout import get_site_layout
from tests.factories import home as make

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2025, 1, 1), date(2026, 7, 31)


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.mark.parametrize(
    ("today", "is_shown"),
    [
        (date(2024, 12, 31), False),
        (FIRST, True),
        (LAST, True),
        (date(2026, 8, 1), False),
    ],
    ids=["the day before", "the first day", "the last day", "the day after"],
)
def test_sponsor_is_shown_from_first_to_last_day(today, is_shown):
    make.sponsor(starts_on=FIRST, ends_on=LAST)
    assert bool(get_site_layout().shown_sponsors(today)) is is_shown
    assert SponsorLogo.objects.shown(today).exists() is is_shown


def test_page_hides_sponsor_after_last_day(client, time_machine):
    page = make.home_page()
    make.sponsor("Nog altijd")
    make.sponsor("Voorbij", ends_on=LAST)
    time_machine.move_to("2026-07-31 12:00:00+02:00")
    assert 'alt="Voorbij"' in client.get(page.url).content.decode()
    time_machine.move_to("2026-08-01 12:00:00+02:00")
    html = client.get(page.url).content.decode()
    assert 'alt="Voorbij"' not in html
    assert 'alt="Nog altijd"' in html


def test_image_without_alternative_text_is_refused():
    image = make.image()
    image.alt = ""
    with pytest.raises(ValidationError):
        image.full_clean()
    with pytest.raises(IntegrityError):
        CustomImage.objects.update(alt="")


def test_logo_without_alternative_text_is_refused():
    logo = make.sponsor()
    logo.alt = ""
    with pytest.raises(ValidationError):
        logo.full_clean()
    with pytest.raises(IntegrityError):
        SponsorLogo.objects.update(alt="")


def test_sponsor_cannot_end_before_it_starts():
    with pytest.raises(ValidationError):
        SponsorLogo(name="X", alt="X", starts_on=LAST, ends_on=FIRST).clean()
    with pytest.raises(IntegrityError):
        make.sponsor(starts_on=LAST, ends_on=FIRST)


def test_footer_link_needs_exactly_one_target():
    with pytest.raises(ValidationError):
        FooterLink(title="Nergens", column="about").clean()
    with pytest.raises(ValidationError):
        FooterLink(title="Allebei", column="about", address="/x/", page=make.home_page()).clean()


def test_footer_hides_link_to_unpublished_page():
    page = make.content_page(make.home_page(), "Over ons", "over-ons")
    FooterLink.objects.create(column="about", title="Over ons", page=page)
    assert get_site_layout().columns[0].links[0].url == "/over-ons/"
    page.unpublish()
    assert get_site_layout().columns == ()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example/"])
def test_unsafe_link_address_is_refused(address):
    link = FooterLink(column="about", title="X", address=address)
    channel = HelpChannel(kind="chat", title="X", value="X", address=address)
    for instance in (link, channel):
        with pytest.raises(ValidationError):
            instance.full_clean()


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("02 000 00 00", "tel:+3220000000"),
        ("0470/00.00.00", "tel:+32470000000"),
        ("+32 2 000 00 00", "tel:+3220000000"),
        ("0032 2 000 00 00", "tel:+3220000000"),
        ("112", "tel:112"),
    ],
)
def test_phone_channel_links_to_international_number(typed, link):
    assert HelpChannel(kind="phone", title="Bel", value=typed).url == link


def test_site_layout_is_updated_when_channel_changes():
    assert get_site_layout().channels == ()
    channel = HelpChannel.objects.create(kind="phone", title="Bel ons", value="02 000 00 00")
    assert get_site_layout().channels[0].value == "02 000 00 00"
    channel.value = "02 111 11 11"
    channel.save()
    assert get_site_layout().channels[0].value == "02 111 11 11"
    channel.delete()
    assert get_site_layout().channels == ()
