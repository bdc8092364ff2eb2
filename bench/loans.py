"""Measure 64 desks that check out devices concurrently, also while the server is killed.

Every desk posts the real form to the real server, one device after the other, and repeats a form
that got no answer. Afterwards the answers are compared with the rows in the database.
"""

import http.client
import json
import queue
import random
import shutil
import signal
import sqlite3
import statistics
import threading
import time
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench import server

DESKS = 64
CHECK_OUTS = 5000
KILLS = 3
TIMEOUT = 60  # seconds until a desk gives up


@dataclass
class Loan:
    """A form for one device, with the key that makes a repetition harmless."""

    device: str
    key: str = field(default_factory=lambda: str(uuid.uuid4()))
    answer: str = ""  # where the site redirected: to the loan, or back to the form
    seconds: float = 0.0
    sent: int = 0


class Desk(threading.Thread):
    """A logged-in browser that checks out devices until none is left."""

    def __init__(self, site, data, session, work):
        super().__init__(daemon=True)
        self.site, self.data, self.work = site, data, work
        self.headers = {
            "Host": f"127.0.0.1:{site.port}",
            "Cookie": f"{data['session_cookie']}={session}; {data['csrf_cookie']}={'c' * 32}",
            "X-CSRFToken": "c" * 32,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.connection = None

    def run(self):
        while True:
            try:
                loan = self.work.get_nowait()
            except queue.Empty:
                return
            self.lend(loan)

    def lend(self, loan):
        start = time.monotonic()
        while not loan.answer and time.monotonic() - start < TIMEOUT:
            loan.sent += 1
            try:
                loan.answer = self.post(loan)
            except (OSError, http.client.HTTPException):
                self.connection = None
                time.sleep(random.uniform(0.05, 0.3))
        loan.seconds = time.monotonic() - start

    def post(self, loan):
        """Return where the response leads; a server error counts as no response."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection(
                "127.0.0.1", self.site.port, timeout=TIMEOUT
            )
        form = {
            "do": "check_out",
            "device": loan.device,
            "borrower": self.data["borrower"],
            "key": loan.key,
            "points": self.data["points"],
        }
        self.connection.request(
            "POST", self.data["desk"], urlencode(form, doseq=True), self.headers
        )
        response = self.connection.getresponse()
        response.read()
        if response.status >= 500:
            raise http.client.HTTPException(response.status)
        return response.getheader("Location") or f"status {response.status}"


def measure(site):
    """Yield the results of two runs: one undisturbed, and one with three times `kill -9`."""
    if site.name != "sqlite":
        return
    copy = server.sqlite(site.folder.parent / "loans")
    shutil.copytree(site.folder, copy.folder, dirs_exist_ok=True)
    server.log("loans: creating devices")
    data = json.loads(
        copy.output("-m", "bench.in_process.loan_data", str(2 * CHECK_OUTS), str(DESKS))
    )
    devices = data["devices"]
    yield check_out_all(copy, data, devices[:CHECK_OUTS], kills=0)
    yield check_out_all(copy, data, devices[CHECK_OUTS:], kills=KILLS)


def check_out_all(site, data, devices, kills):
    loans = [Loan(device) for device in devices]
    work = queue.SimpleQueue()
    for loan in loans:
        work.put(loan)
    site.start()
    start = time.monotonic()
    desks = [Desk(site, data, session, work) for session in data["sessions"]]
    for desk in desks:
        desk.start()
    kill_while_working(site, work, len(loans), kills)
    for desk in desks:
        desk.join()
    seconds = time.monotonic() - start
    site.stop()
    return compare(site, loans, kills, seconds)


def kill_while_working(site, work, total, kills):
    """Kill and restart the server each time that an equal part of the work is done."""
    logged_at = time.monotonic()
    for kill in range(1, kills + 1):
        while work.qsize() > total - total * kill // (kills + 1):
            time.sleep(0.01)
        site.stop(signal.SIGKILL)
        server.log(f"loans: server killed after {total - work.qsize()} of {total}")
        site.start()
    while work.qsize():
        if time.monotonic() - logged_at > 10:
            logged_at = time.monotonic()
            server.log(f"loans: {total - work.qsize()} of {total}")
        time.sleep(0.1)


def compare(site, loans, kills, seconds):
    """Compare the answers with the rows in the database, and return the result."""
    promised = {loan.key.replace("-", "") for loan in loans if "loan=" in loan.answer}
    with sqlite3.connect(site.folder / "db.sqlite3") as database:
        stored = [
            row[0]
            for row in database.execute(
                "SELECT request_key FROM lending_loan WHERE request_key IS NOT NULL"
            )
        ]
        keys = {loan.key.replace("-", "") for loan in loans}
        stored = [key for key in stored if key in keys]
        numbers = [(loan.device,) for loan in loans]
        database.execute("CREATE TEMP TABLE offered (number TEXT PRIMARY KEY)")
        database.executemany("INSERT INTO offered VALUES (?)", numbers)
        doubled, incomplete = database.execute(
            "SELECT count(*) - count(DISTINCT l.device_id),"
            " sum(NOT EXISTS (SELECT 1 FROM home_message m"
            "   WHERE m.key = 'loan_started:' || l.id)"
            "   OR NOT EXISTS (SELECT 1 FROM lending_agreement a WHERE a.loan_id = l.id))"
            " FROM lending_loan l JOIN lending_device d ON d.id = l.device_id"
            " JOIN offered o ON o.number = d.number"
        ).fetchone()
        is_intact = database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    durations = sorted(loan.seconds for loan in loans)
    failed = len(loans) - len(promised)
    lost = len(promised - set(stored))
    return {
        "measure": "loans",
        "database": site.name,
        "check_outs": len(loans),
        "concurrent": DESKS,
        "kills": kills,
        "failed": failed,
        "lost": lost,
        "doubled": doubled + len(stored) - len(set(stored)),
        "incomplete": incomplete or 0,
        "repeated": sum(loan.sent - 1 for loan in loans),
        "per_second": round(len(promised) / seconds, 1),
        "p50_ms": round(statistics.median(durations) * 1000),
        "p95_ms": round(durations[int(len(durations) * 0.95)] * 1000),
        "max_ms": round(durations[-1] * 1000),
        "goal": {"failed": 0, "lost": 0, "doubled": 0},
        "ok": not (failed or lost or doubled or incomplete)
        and len(stored) == len(set(stored))
        and is_intact,
    }
