"""Registering devices costs the same questions to the database, however many there are."""

import pytest
from django.core.cache import caches

from tests.factories import lending as make
from tests.factories.staff import device_type

pytestmark = pytest.mark.django_db

URL = "/schenken/aanmelden/"


@pytest.fixture(autouse=True)
def point():
    caches["shared"].clear()
    make.postcode()
    device_type("laptop", "Laptop")
    return make.collection_point()


def test_twenty_five_lines_cost_no_more_questions_than_one(client, django_assert_max_num_queries):
    lines = [make.line(n) for n in range(25)]
    with django_assert_max_num_queries(20):
        assert client.post(URL, make.registration(*lines)).status_code == 302


def test_the_page_costs_few_questions(client, django_assert_max_num_queries):
    client.get(URL)
    with django_assert_max_num_queries(5):
        client.get(URL)
