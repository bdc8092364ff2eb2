"""Tests of the status page of a donation."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from lending.donations.models import Attest, Donation
from lending.donations.operations import donations
from lending.donations.progress import progress_of
from tests.factories import lending as make
from tests.factories.staff import accepted, device_type, donation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def point(settings):
    settings.LANGUAGE_CODE = "en"
    caches["shared"].clear()
    return make.collection_point()


def status_url(offer):
    return f"/schenken/volgen/{offer.secret}/"


def text(response):
    return response.content.decode()


def lines(count):
    return [{"type": device_type(), "brand": "Dell", "model_name": f"L{n}"} for n in range(count)]


def test_page_shows_number_location_and_next_step(client, point):
    offer = donation(point)
    page = text(client.get(status_url(offer)))
    assert "Your donation is registered" in page
    assert page.count(offer.number) >= 3
    assert f"QR code with the number {offer.number}" in page
    assert "Inzamelpunt Aalst" in page
    assert "Stationsplein 1" in page
    assert "Open next" in page
    assert "We call the number that ends in 34" in page


def test_donor_with_email_gets_mail(client, point):
    offer = donation(point, donor={"email": "wim@mail.example"})
    page = text(client.get(status_url(offer)))
    assert "We mail you when something changes." in page
    assert "wim@mail.example" not in page


def test_page_shows_no_personal_data(client, point):
    offer = donation(
        point,
        name="Zeldzame Naam",
        donor={"kind": "company", "organisation": "Firma Geheim", "postcode": "9300"},
    )
    page = text(client.get(status_url(offer)))
    for secret in ("Zeldzame", "Geheim", "0470 00 00 34", "9300</"):
        assert secret not in page


def test_page_is_private(client, point):
    for path in (status_url(donation(point)), "/schenken/volgen/nothing/"):
        response = client.get(path)
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Referrer-Policy"] == "same-origin"
        assert "no-store" in response["Cache-Control"]
        assert 'name="robots" content="noindex' in text(response)


def test_post_is_not_allowed(client, point):
    offer = donation(point)
    assert client.post(status_url(offer)).status_code == 405
    before = Donation.objects.values().get()
    client.get(status_url(offer))
    assert Donation.objects.values().get() == before


@pytest.mark.parametrize("secret", ["x", "a" * 300, "%00", "é"])
def test_invalid_link_gives_friendly_404(client, secret):
    response = client.get(f"/schenken/volgen/{secret}/")
    assert response.status_code == 404
    assert "It is not your fault." in text(response)


def test_large_donation_is_picked_up(client, point):
    assert "We pick them up" not in text(client.get(status_url(donation(point, lines=lines(9)))))
    assert "We pick them up" in text(client.get(status_url(donation(point, lines=lines(10)))))


def test_page_lists_decision_on_each_device(client, point):
    offer = donation(point, lines=lines(3))
    first, second, _third = offer.lines.all()
    accepted(first)
    donations.refuse_line(second, reason="Het scherm is stuk")
    page = text(client.get(status_url(offer)))
    assert "We are looking at your devices" in page
    assert "1 accepted, 1 not accepted, 1 still to look at" in page
    assert "Het scherm is stuk" in page
    assert "Still to look at" in page


def test_refused_donation_has_no_next_step(client, point):
    offer = donation(point)
    donations.refuse_line(offer.lines.get(), reason="Te oud")
    page = text(client.get(status_url(offer)))
    assert "We could not use your devices" in page
    assert "Te oud" in page
    assert "recycling park" in page
    assert "Attest ready" not in page
    assert "You asked for an attest" not in page


def test_attest_is_announced_only_when_donor_wants_one(client, point):
    for wants in (True, False):
        offer = donation(point, wants_attest=wants)
        accepted(offer.lines.get())
        page = text(client.get(status_url(offer)))
        assert "We have your devices" in page
        assert "Here we are now" in page
        assert ("You asked for an attest." in page) is wants
        assert ("Attest ready" in page) is wants
        assert client.get(f"{status_url(offer)}attest.pdf").status_code == 404


def test_attest_can_be_downloaded_for_thirty_days(client, point, time_machine):
    time_machine.move_to("2026-11-23 10:00")
    offer = make.issued_attest(point).donation
    page = text(client.get(status_url(offer)))
    assert "Your attest is ready" in page
    assert "23 December 2026" in page or "December 23, 2026" in page or "2026" in page
    response = client.get(f"{status_url(offer)}attest.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert "attest-W-2026-0001.pdf" in response["Content-Disposition"]
    time_machine.move_to("2026-12-23 09:59")
    assert client.get(f"{status_url(offer)}attest.pdf").status_code == 200
    time_machine.move_to("2026-12-23 10:01")
    expired_response = client.get(f"{status_url(offer)}attest.pdf")
    assert expired_response.status_code == 410
    assert "could be downloaded for 30 days" in text(expired_response)
    page = text(client.get(status_url(offer)))
    assert "attest.pdf" not in page
    assert "Call us:" in page


def test_page_thanks_donor_when_no_attest_is_wanted(client, point):
    offer = donation(point, wants_attest=False)
    device = accepted(offer.lines.get())
    make.transition_to(device, make.State.ERASING)
    make.record_erasure(device.media.get(), make.erasure_record())
    page = text(client.get(status_url(offer)))
    assert not Attest.objects.exists()
    assert "Everything is erased" in page
    assert "Thank you." in page
    assert "attest.pdf" not in page


def test_query_count_is_the_same_for_many_devices(client, point, django_assert_max_num_queries):
    small, large = donation(point, lines=lines(1)), donation(point, lines=lines(400))
    client.get(status_url(small))
    with django_assert_max_num_queries(9):
        client.get(status_url(small))
    with django_assert_max_num_queries(9):
        page = text(client.get(status_url(large)))
    assert page.count('<th scope="row">') == 50
    assert "?p=8" in page


def test_progress_has_one_present_step(point):
    offer = donation(point)
    steps = progress_of(Donation.objects.get(pk=offer.pk)).steps()
    assert [step.css_class for step in steps] == ["is-done", "is-now", "is-next", "is-next"]
    assert steps[0].at <= timezone.now() < steps[0].at + timedelta(hours=1)
