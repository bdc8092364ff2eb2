"""A hundred people who want the last seat of a workshop at the same moment, over HTTP.

Each posts the real form to the real server from an own address. One gets the seat; the others get
the form back, that asks about the waiting list, and all press again at the same moment. Afterwards
the database itself says who has a seat and who has a turn.
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
PATIENCE = 60
FIRST = "round one: the last seat"
SECOND = "round two: the waiting list"


@dataclass
class Citizen:
    number: int
    key: str = field(default_factory=lambda: str(uuid.uuid4()))
    status: int = 0
    seconds: float = 0.0

    def form(self, facts, waits):
        return {
            "name": f"Mens Nummer {self.number}",
            "phone": f"0471 {self.number // 100:02d} {self.number % 100:02d} 00",
            "request_key": self.key,
            "waits": "on" if waits else "",
            "opened": facts["opened"],
        }


def measure(site):
    """Facts about two rounds, on a copy of the demo."""
    if site.name != "sqlite":
        return
    copy = server.sqlite(site.folder.parent / "registrations")
    shutil.copytree(site.folder, copy.folder, dirs_exist_ok=True)
    copy.environ["TRUST_PROXY"] = "1"
    facts = json.loads(copy.output("-m", "bench.within.seats"))
    people = [Citizen(number) for number in range(1, PEOPLE + 1)]
    copy.start()
    try:
        knock(copy, facts)  # the first request of a process loads its templates
        yield verdict(copy, facts, FIRST, at_once(copy, facts, people, waits=False))
        late = [one for one in people if one.status != 302]
        yield verdict(copy, facts, SECOND, at_once(copy, facts, late, waits=True))
    finally:
        copy.stop()


def knock(site, facts):
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)
    for _worker in range(8):
        line.request("GET", facts["address"], headers={"Host": f"127.0.0.1:{site.port}"})
        line.getresponse().read()
        line.close()


def at_once(site, facts, people, *, waits):
    gate = threading.Barrier(len(people))
    threads = [
        threading.Thread(target=send, args=(site, facts, one, waits, gate)) for one in people
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return people


def send(site, facts, citizen, waits, gate):
    headers = {
        "Host": f"127.0.0.1:{site.port}",
        "Cookie": f"{facts['csrf_cookie']}={'c' * 32}",
        "X-CSRFToken": "c" * 32,
        "X-Forwarded-For": f"198.51.100.{citizen.number}",
        "X-Forwarded-Proto": "https",
        "Referer": f"https://127.0.0.1:{site.port}/",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode(citizen.form(facts, waits))
    gate.wait()
    start = time.monotonic()
    try:
        line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)
        line.request("POST", facts["address"], body, headers)
        response = line.getresponse()
        response.read()
        citizen.status = response.status
    except (OSError, http.client.HTTPException):
        citizen.status = 0
    citizen.seconds = time.monotonic() - start


def verdict(site, facts, part, people):
    """What the answers promised, against what is in the database."""
    with sqlite3.connect(site.folder / "db.sqlite3") as database:
        rows = database.execute(
            "SELECT seat, position, replace(request_key, '-', '') FROM locations_registration"
            " WHERE run_id = ?",
            [facts["run"]],
        ).fetchall()
    seats = [seat for seat, _turn, _key in rows if seat]
    turns = [turn for _seat, turn, _key in rows if turn]
    promised = {one.key.replace("-", "") for one in people if one.status == 302}
    lost = promised - {key for _seat, _turn, key in rows}
    seconds = sorted(one.seconds for one in people)
    won = len(promised)
    wanted = 1 if part == FIRST else len(people)
    facts_found = {
        "seated": len(seats),
        "in_line": len(turns),
        "lost": len(lost),
        "doubled": len(seats) - len(set(seats)) + len(turns) - len(set(turns)),
        "failed": sum(one.status not in (200, 302) for one in people),
    }
    good = not any(facts_found[name] for name in ("lost", "doubled", "failed"))
    return {
        "measure": "registrations",
        "database": site.name,
        "part": part,
        "at_once": len(people),
        "won": won,
        **facts_found,
        "p50_ms": round(seconds[len(seconds) // 2] * 1000),
        "max_ms": round(seconds[-1] * 1000),
        "goal": {"won": wanted, "max_ms": goals.REGISTRATION_MS},
        "ok": good
        and won == wanted
        and len(seats) == facts["seats"]
        and seconds[-1] * 1000 <= goals.REGISTRATION_MS,
    }
