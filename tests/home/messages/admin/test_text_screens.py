"""The screens for texts of messages."""

from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from home.messages.models import MessageText
from home.messages.operations.queue import Recipient, queue_message
from locations.places.models import Location
from tests.home.messages.test_admin_messages import staff

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")
EDIT = ("message_texts:edit", ["loan_returned", "nl"])
TEXT = {"do": "save", "subject": "Eigen {device}", "body": "Dag,\n\nTot ziens.", "call": ""}


def at(name, args=()):
    return reverse(name, args=args)


# The text.


def test_list_shows_every_message_type_and_its_languages(coordinator):
    MessageText.objects.create(kind="loan_returned", language="fr", subject="x", body="y")
    page = BeautifulSoup(coordinator.get(at("message_texts:index")).content, "html.parser")
    own = page.select(".texts__language--own")
    assert [link["href"] for link in own] == [at("message_texts:edit", ["loan_returned", "fr"])]


def test_form_starts_from_the_default_text_and_stores_changes(coordinator):
    page = coordinator.get(at(*EDIT))
    assert "{device}" in page.context["form"]["subject"].value()
    assert coordinator.post(at(*EDIT), TEXT).status_code == 302
    assert MessageText.objects.get().body == "Dag,\n\nTot ziens."
    assert coordinator.get(at(*EDIT)).context["form"]["subject"].value() == "Eigen {device}"
    assert coordinator.post(at("message_texts:delete", EDIT[1])).status_code == 302
    assert not MessageText.objects.exists()


def test_other_language_starts_from_the_dutch_text(coordinator):
    coordinator.post(at(*EDIT), TEXT)
    page = coordinator.get(at("message_texts:edit", ["loan_returned", "ar"]))
    assert page.context["form"]["subject"].value() == "Eigen {device}"
    assert page.context["form"].fields["body"].widget.attrs["dir"] == "rtl"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"body": "{toestel}"}, "body"),
        ({"subject": "{device"}, "subject"),
        ({"call": "device}"}, "call"),
        ({"body": ""}, "body"),
        ({"subject": "x" * 201}, "subject"),
        ({"body": "85.07.30-033.28"}, "body"),
    ],
    ids=["unknown", "open", "closed", "empty", "long", "national number"],
)
def test_invalid_text_is_refused_with_an_error_at_the_field(coordinator, typed, field):
    page = coordinator.post(at(*EDIT), TEXT | typed)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert not MessageText.objects.exists()


def preview(client, text=TEXT, args=EDIT[1]):
    page = client.post(at("message_texts:edit", args), text | {"do": "preview"})
    return BeautifulSoup(page.content, "html.parser").select_one("[data-preview]")


def test_preview_shows_the_typed_text_without_storing_it(coordinator):
    shown = preview(coordinator)
    assert "Eigen ThinkPad T480" in shown.text
    assert "Tot ziens." in shown.iframe["srcdoc"]
    assert not shown.iframe["sandbox"]  # no scripts, forms or navigation
    assert not MessageText.objects.exists()


def test_preview_uses_the_data_of_the_last_message(coordinator):
    context = {"device": "Chromebook 7", "place": "Aalst"}
    to = Recipient("Wim Demo", email="wim@example.org")
    queue_message(
        "loan_returned", to=to, context=context, key="x", about="loan:1", location_code="AAL"
    )
    shown = preview(coordinator)
    assert "Eigen Chromebook 7" in shown.text
    assert "Wim Demo" in shown.text


def test_preview_shows_no_data_of_another_location(coordinator):
    Location.objects.create(code="GEN", name="Digipunt Gent")
    context = {"device": "Geheim 7", "place": "Gent"}
    to = Recipient("Geheim Demo", email="wim@example.org")
    queue_message(
        "loan_returned", to=to, context=context, key="x", about="loan:1", location_code="GEN"
    )
    assert "Geheim" not in str(preview(coordinator))


def test_preview_of_an_invalid_text_shows_the_error(coordinator):
    page = coordinator.post(at(*EDIT), TEXT | {"do": "preview", "body": "{toestel}"})
    assert page.context["form"].errors["body"]
    assert not page.context.get("preview")


@pytest.mark.parametrize("args", [["nothing", "nl"], ["loan_returned", "xx"]])
def test_unknown_message_type_or_language_is_not_found(coordinator, args):
    assert coordinator.get(at("message_texts:edit", args)).status_code == 404


def test_text_is_not_changed_without_permission(client, aalst):
    client.force_login(staff(aalst, "view_messagetext"))
    assert client.get(at("message_texts:index")).status_code == 200
    assert client.post(at(*EDIT), TEXT).status_code == 302
    client.post(at("message_texts:delete", EDIT[1]))
    assert not MessageText.objects.exists()
