"""Measure 100 concurrent registrations for the last seat of a workshop, over HTTP.

Each client posts the real form to the real server from its own address. One gets the seat; the
others get the form back, which offers the waiting list, and all submit it again at the same moment.
Afterwards the answers are compared with the rows in the database.
"""

import http.client
import json
import shutil
import sqlite3
import threading
import time
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench import goals, server

PEOPLE = 100
TIMEOUT = 60  # seconds
FIRST = "the last seat"
SECOND = "the waiting list"


@dataclass
class Client:
    """A client with its own address and request key, and the answer that it got."""

    number: int
    key: str = field(default_factory=lambda: str(uuid.uuid4()))
    status: int = 0
    seconds: float = 0.0

    def form(self, data, waits):
        return {
            "name": f"Mens Nummer {self.number}",
            "phone": f"0471 {self.number // 100:02d} {self.number % 100:02d} 00",
            "request_key": self.key,
            "waits": "on" if waits else "",
            "opened": data["opened"],
        }


def measure(site):
    """Yield the results of both rounds, on a copy of the demo data."""
    if site.name != "sqlite":
        return
    copy = server.sqlite(site.folder.parent / "registrations")
    shutil.copytree(site.folder, copy.folder, dirs_exist_ok=True)
    copy.environ["TRUST_PROXY"] = "1"
    data = json.loads(copy.output("-m", "bench.in_process.registration_data"))
    clients = [Client(number) for number in range(1, PEOPLE + 1)]
    copy.start()
    try:
        warm_up(copy, data)  # the first request of a process loads its templates
        yield compare(copy, data, FIRST, send_all(copy, data, clients, waits=False))
        others = [client for client in clients if client.status != 302]
        yield compare(copy, data, SECOND, send_all(copy, data, others, waits=True))
    finally:
        copy.stop()


def warm_up(site, data):
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=TIMEOUT)
    for _worker in range(8):
        connection.request("GET", data["address"], headers={"Host": f"127.0.0.1:{site.port}"})
        connection.getresponse().read()
        connection.close()


def send_all(site, data, clients, *, waits):
    gate = threading.Barrier(len(clients))
    threads = [
        threading.Thread(target=send, args=(site, data, client, waits, gate)) for client in clients
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return clients


def send(site, data, client, waits, gate):
    headers = {
        "Host": f"127.0.0.1:{site.port}",
        "Cookie": f"{data['csrf_cookie']}={'c' * 32}",
        "X-CSRFToken": "c" * 32,
        "X-Forwarded-For": f"198.51.100.{client.number}",
        "X-Forwarded-Proto": "https",
        "Referer": f"https://127.0.0.1:{site.port}/",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode(client.form(data, waits))
    gate.wait()
    start = time.monotonic()
    try:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=TIMEOUT)
        connection.request("POST", data["address"], body, headers)
        response = connection.getresponse()
        response.read()
        client.status = response.status
    except (OSError, http.client.HTTPException):
        client.status = 0
    client.seconds = time.monotonic() - start


def compare(site, data, part, clients):
    """Compare the answers with the rows in the database, and return the result."""
    with sqlite3.connect(site.folder / "db.sqlite3") as database:
        rows = database.execute(
            "SELECT seat, position, replace(request_key, '-', '') FROM locations_registration"
            " WHERE run_id = ?",
            [data["run"]],
        ).fetchall()
    seats = [seat for seat, _position, _key in rows if seat]
    positions = [position for _seat, position, _key in rows if position]
    promised = {client.key.replace("-", "") for client in clients if client.status == 302}
    lost = promised - {key for _seat, _position, key in rows}
    seconds = sorted(client.seconds for client in clients)
    successes = len(promised)
    expected = 1 if part == FIRST else len(clients)
    counts = {
        "seated": len(seats),
        "waiting": len(positions),
        "lost": len(lost),
        "doubled": len(seats) - len(set(seats)) + len(positions) - len(set(positions)),
        "failed": sum(client.status not in (200, 302) for client in clients),
    }
    is_correct = not any(counts[name] for name in ("lost", "doubled", "failed"))
    return {
        "measure": "registrations",
        "database": site.name,
        "part": part,
        "concurrent": len(clients),
        "successes": successes,
        **counts,
        "p50_ms": round(seconds[len(seconds) // 2] * 1000),
        "max_ms": round(seconds[-1] * 1000),
        "goal": {"successes": expected, "max_ms": goals.REGISTRATION_MS},
        "ok": is_correct
        and successes == expected
        and len(seats) == data["seats"]
        and seconds[-1] * 1000 <= goals.REGISTRATION_MS,
    }
