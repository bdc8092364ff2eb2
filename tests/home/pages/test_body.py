"""The body of a page: blocks of every app, migrations that name none of them."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError

from home.pages.blocks.links import LinkBlock
from home.pages.body import BodyField, live_line, live_lines, register_live_line
from home.pages.models import ContentPage
from tests.factories import home as make


def test_a_migration_names_the_field_and_none_of_its_blocks():
    name, path, args, kwargs = ContentPage._meta.get_field("body").deconstruct()
    assert path == "home.pages.body.BodyField"
    assert args == []
    assert set(kwargs) == {"blank", "verbose_name"}
    assert BodyField(**kwargs).stream_block.child_blocks.keys() >= {"heading", "text", "quote"}


def test_another_app_adds_a_live_line_without_home_knowing_it(monkeypatch):
    monkeypatch.setattr("home.pages.body._lines", {})
    register_live_line("free", "Vrij", lambda: ("now", "5 laptops nu beschikbaar"))
    assert live_lines() == [("free", "Vrij")]
    assert live_line("free") == ("now", "5 laptops nu beschikbaar")
    assert live_line("gone") is None


@pytest.mark.parametrize(
    "address", ["/attest/", "https://www.example.org/", "mailto:a@b.be", "tel:+3220000000"]
)
def test_a_link_may_lead_to_an_address(address):
    assert LinkBlock().clean({"text": "Ga", "page": None, "document": None, "address": address})


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example/", "", "ftp://x"])
def test_a_link_that_leads_nowhere_good_is_refused(address):
    with pytest.raises(ValidationError):
        LinkBlock().clean({"text": "Ga", "page": None, "document": None, "address": address})


@pytest.mark.django_db
def test_every_block_shows_itself(client):
    site = make.whole_site()
    html = client.get(site["about"].url).content.decode()
    for part in ("notice--stop", "faq", "steps", "quote--block", "table--cards", "ways", "logos"):
        assert part in html
    assert "None" not in html
    cache.clear()


@pytest.mark.django_db
def test_a_link_to_a_page_that_was_deleted_does_not_break_the_page(client):
    site = make.whole_site()
    for slug in ("schenken", "lenen"):
        ContentPage.objects.get(slug=slug).delete()
    cache.clear()
    assert client.get(site["about"].url).status_code == 200
    assert client.get(site["start"].url).status_code == 200
    cache.clear()
