"""Count queries and writes inside one process, and measure the least time that a page takes.

    python -m bench.in_process.queries       (with bench.settings and a filled database)

Prints one JSON object a line.
"""

import json
import time
import uuid

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import goals
from home.core.roles import Role
from lending.core.states import State
from lending.devices.models import Device
from lending.loans.handover import HANDOVER_POINTS
from lending.loans.models import Borrower
from lending.loans.operations import loans
from locations.places.models import Assignment

CALLS = 60
EVERY_SCREEN = (  # tables that the session and the menu query on every screen
    *("django_session", "accounts_user", "auth_permission", "auth_group", "wagtailusers_"),
    *("wagtailcore_locale", "wagtailcore_grouppage", "wagtailcore_groupcollection"),
)
WRITES = ("INSERT", "UPDATE", "DELETE")


class Rollback(Exception):
    """Roll back a transaction that was only measured."""


def print_result(measure, **facts):
    print(json.dumps({"measure": measure, "database": connection.vendor, **facts}), flush=True)


def requests(paths):
    """Return {name: function that requests the page once} through the WSGI handler."""
    handler, factory = WSGIHandler(), RequestFactory()

    def request_function(path):
        environ = factory._base_environ(
            PATH_INFO=path.partition("?")[0], QUERY_STRING=path.partition("?")[2]
        )

        def request():
            response = handler(dict(environ, HTTP_HOST="127.0.0.1"), lambda *head: None)
            assert response.status_code == 200, (path, response.status_code)
            response.close()

        return request

    return {name: request_function(path) for name, path in paths.items()}


def statements_of(captured):
    """Return the keyword of each statement, without those that start or end a transaction."""
    keywords = [query["sql"].lstrip().partition(" ")[0].upper() for query in captured]
    return [keyword for keyword in keywords if keyword in ("SELECT", "WITH", *WRITES)]


def pages():
    """Count the queries of each page, and compare its least time with that of the floor."""
    functions = requests({**goals.PAGES, "floor": goals.FLOOR, "limit": goals.LIMIT})
    least = dict.fromkeys(functions, float("inf"))
    for name, request_page in functions.items():
        request_page()
        request_page()
        if name not in goals.PAGES:
            continue
        with CaptureQueriesContext(connection) as captured:
            request_page()
        goal = goals.goal(goals.QUERIES, name)
        count = len(statements_of(captured))
        print_result("queries", page=name, queries=count, goal=goal, ok=count <= goal)
    for _round in range(CALLS):
        for name, request_page in functions.items():
            start = time.perf_counter()
            request_page()
            least[name] = min(least[name], time.perf_counter() - start)
    for name in goals.PAGES:
        times = least[name] / least["floor"]
        print_result(
            "page/floor",
            page=name,
            times=round(times, 2),
            page_ms=round(least[name] * 1000, 2),
            floor_ms=round(least["floor"] * 1000, 2),
            limit_ms=round(least["limit"] * 1000, 2),
            goal=goals.TIMES_THE_FLOOR,
            ok=times <= goals.TIMES_THE_FLOOR,
        )


def free_device():
    return (
        Device.objects.filter(state=State.AVAILABLE, location__code="AAL").order_by("-pk").first()
    )


def borrower():
    """Return a borrower in Aalst whom no rule refuses."""
    borrowers = Borrower.objects.filter(location__code="AAL").order_by("-pk")
    return next(person for person in borrowers[:100] if loans.find_refusal(person) is None)


def check_out():
    """Check out one device through the operation, and roll back."""
    device, person = free_device(), borrower()
    try:
        with transaction.atomic(), CaptureQueriesContext(connection) as captured:
            loans.check_out(
                device, borrower=person, points=HANDOVER_POINTS, request_key=uuid.uuid4()
            )
            raise Rollback
    except Rollback:
        statements = statements_of(captured)
    writes = sum(keyword in WRITES for keyword in statements)
    goal = goals.CHECK_OUT
    print_result(
        "check-out",
        queries=len(statements),
        writes=writes,
        goal=goal,
        ok=len(statements) <= goal["queries"] and writes <= goal["writes"],
    )


def scan():
    """Count the queries of the desk when a device, a card or an unknown code is scanned."""
    desk = {"code": free_device().number}
    scans = {
        "device": desk,
        "card": {"code": borrower().card},
        "device and card": {"device": desk["code"], "code": borrower().card},
        "unknown": {"code": "DP-9999999"},
    }
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(desk_user())
    for name, data in scans.items():
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                response = client.get(reverse("desk:index"), data)
        assert response.status_code == 200, response
        desk_queries = [
            query
            for query in captured
            if statements_of([query])
            and not any(f'FROM "{table}' in query["sql"] for table in EVERY_SCREEN)
        ]
        print_result(
            "scan",
            what=name,
            queries=len(desk_queries),
            with_screen=len(statements_of(captured)),
            goal=goals.SCAN_QUERIES,
            ok=len(desk_queries) <= goals.SCAN_QUERIES,
        )


def desk_user():
    user, created = get_user_model().objects.get_or_create(username="bench-balie")
    if created:
        user.groups.add(Group.objects.get(name=Role.DESK))
        Assignment.objects.create(user=user, location=borrower().location)
    return user


if __name__ == "__main__":
    pages()
    check_out()
    scan()
