"""Tests of the body of pages and its blocks."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError

from home.pages.blocks.links import LinkBlock
from home.pages.body import BodyField, get_live_status, live_status_choices, register_live_status
from home.pages.models import ContentPage
from tests.factories import home as make


def test_body_field_is_deconstructed_without_blocks():
    name, path, args, kwargs = ContentPage._meta.get_field("body").deconstruct()
    assert path == "home.pages.body.BodyField"
    assert args == []
    assert set(kwargs) == {"blank", "verbose_name"}
    assert BodyField(**kwargs).stream_block.child_blocks.keys() >= {"heading", "text", "quote"}


def test_live_status_is_registered_and_computed(monkeypatch):
    monkeypatch.setattr("home.pages.body._live_statuses", {})
    register_live_status("free", "Vrij", lambda: ("now", "5 laptops nu beschikbaar"))
    assert live_status_choices() == [("free", "Vrij")]
    assert get_live_status("free") == ("now", "5 laptops nu beschikbaar")
    assert get_live_status("gone") is None


@pytest.mark.parametrize(
    "address", ["/attest/", "https://www.example.org/", "mailto:a@b.be", "tel:+3220000000"]
)
def test_link_block_accepts_address(address):
    assert LinkBlock().clean({"text": "Ga", "page": None, "document": None, "address": address})


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example/", "", "ftp://x"])
def test_link_block_refuses_unsafe_address(address):
    with pytest.raises(ValidationError):
        LinkBlock().clean({"text": "Ga", "page": None, "document": None, "address": address})


@pytest.mark.django_db
def test_page_renders_every_block(client):
    site = make.whole_site()
    html = client.get(site["about"].url).content.decode()
    for part in ("notice--stop", "faq", "steps", "quote--block", "table--cards", "ways", "logos"):
        assert part in html
    assert "None" not in html
    cache.clear()


@pytest.mark.django_db
def test_page_renders_when_linked_page_is_deleted(client):
    site = make.whole_site()
    for slug in ("schenken", "lenen"):
        ContentPage.objects.get(slug=slug).delete()
    cache.clear()
    assert client.get(site["about"].url).status_code == 200
    assert client.get(site["start"].url).status_code == 200
    cache.clear()
