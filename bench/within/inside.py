"""What can be counted inside one process: queries, writes, and the least time that a page takes.

    python -m bench.within.inside       (with bench.settings and a filled database)

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
from lending.loans.models import Borrower
from lending.loans.operations import loans
from locations.places.models import Assignment

CALLS = 60
OF_EVERY_SCREEN = (  # who asks, and Wagtail's own menu and explorer: the same whatever is scanned
    *("django_session", "accounts_user", "auth_permission", "auth_group", "wagtailusers_"),
    *("wagtailcore_locale", "wagtailcore_grouppage", "wagtailcore_groupcollection"),
)
WRITES = ("INSERT", "UPDATE", "DELETE")


class Undone(Exception):
    """Ends a transaction that was only looked at."""


def say(measure, **facts):
    print(json.dumps({"measure": measure, "database": connection.vendor, **facts}), flush=True)


def requests(paths):
    """{name: a function that asks for the page once}, through the WSGI handler, without HTTP."""
    handler, factory = WSGIHandler(), RequestFactory()

    def asking(path):
        environ = factory._base_environ(
            PATH_INFO=path.partition("?")[0], QUERY_STRING=path.partition("?")[2]
        )

        def ask():
            response = handler(dict(environ, HTTP_HOST="127.0.0.1"), lambda *head: None)
            assert response.status_code == 200, (path, response.status_code)
            response.close()

        return ask

    return {name: asking(path) for name, path in paths.items()}


def real(captured):
    """The statements that ask or change something; not where a transaction begins or ends."""
    words = [query["sql"].lstrip().partition(" ")[0].upper() for query in captured]
    return [word for word in words if word in ("SELECT", "WITH", *WRITES)]


def pages():
    """Queries of each page, and its least time against that of the floor, call by call."""
    ask = requests({**goals.PAGES, "floor": goals.FLOOR, "limit": goals.LIMIT})
    least = dict.fromkeys(ask, float("inf"))
    for name, once in ask.items():
        once()
        once()
        if name not in goals.PAGES:
            continue
        with CaptureQueriesContext(connection) as captured:
            once()
        most = goals.goal(goals.QUERIES, name)
        count = len(real(captured))
        say("queries", page=name, queries=count, goal=most, ok=count <= most)
    for _round in range(CALLS):
        for name, once in ask.items():
            start = time.perf_counter()
            once()
            least[name] = min(least[name], time.perf_counter() - start)
    for name in goals.PAGES:
        times = least[name] / least["floor"]
        say(
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
    """Somebody in Aalst who may borrow."""
    here = Borrower.objects.filter(location__code="AAL").order_by("-pk")
    return next(person for person in here[:100] if loans.refusal(person) is None)


def check_out():
    """One loan through the operation, and undone."""
    device, person = free_device(), borrower()
    try:
        with transaction.atomic(), CaptureQueriesContext(connection) as captured:
            loans.check_out(
                device, borrower=person, points=loans.HANDOVER, request_key=uuid.uuid4()
            )
            raise Undone
    except Undone:
        statements = real(captured)
    writes = sum(word in WRITES for word in statements)
    most = goals.CHECK_OUT
    say(
        "check-out",
        queries=len(statements),
        writes=writes,
        goal=most,
        ok=len(statements) <= most["queries"] and writes <= most["writes"],
    )


def scan():
    """What the desk asks when a device, a card or an unknown code is scanned."""
    desk = {"code": free_device().number}
    scans = {
        "device": desk,
        "card": {"code": borrower().card},
        "device and card": {"device": desk["code"], "code": borrower().card},
        "unknown": {"code": "DP-9999999"},
    }
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(someone_at_the_desk())
    for name, data in scans.items():
        for _twice in range(2):
            with CaptureQueriesContext(connection) as captured:
                response = client.get(reverse("desk:index"), data)
        assert response.status_code == 200, response
        own = [
            query
            for query in captured
            if real([query])
            and not any(f'FROM "{table}' in query["sql"] for table in OF_EVERY_SCREEN)
        ]
        say(
            "scan",
            what=name,
            queries=len(own),
            with_screen=len(real(captured)),
            goal=goals.SCAN_QUERIES,
            ok=len(own) <= goals.SCAN_QUERIES,
        )


def someone_at_the_desk():
    user, new = get_user_model().objects.get_or_create(username="bench-balie")
    if new:
        user.groups.add(Group.objects.get(name=Role.DESK))
        Assignment.objects.create(user=user, location=borrower().location)
    return user


if __name__ == "__main__":
    pages()
    check_out()
    scan()
