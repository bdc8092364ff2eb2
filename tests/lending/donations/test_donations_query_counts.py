"""Tests of the number of queries of the registration form."""

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


def test_query_count_is_the_same_for_many_lines(client, django_assert_max_num_queries):
    lines = [make.line_data(n) for n in range(25)]
    with django_assert_max_num_queries(20):
        assert client.post(URL, make.registration_data(*lines)).status_code == 302


def test_page_needs_few_queries(client, django_assert_max_num_queries):
    client.get(URL)
    with django_assert_max_num_queries(5):
        client.get(URL)
