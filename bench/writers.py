"""Sixty-four desks that lend at the same moment, also while the server is killed under them.

Every desk posts the real form to the real server, one device after the other, and sends the same
form again when no answer comes. Afterwards the database itself says what was lost or doubled.
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
PATIENCE = 60  # seconds until a desk gives a form up


@dataclass
class Loan:
    """One form: which device, with the key that makes a second sending harmless."""

    device: str
    key: str = field(default_factory=lambda: str(uuid.uuid4()))
    answer: str = ""  # where the site went on: to the loan, or back to the form
    seconds: float = 0.0
    sent: int = 0


class Desk(threading.Thread):
    """A logged-in browser that lends what is next until nothing is left."""

    def __init__(self, site, facts, session, work):
        super().__init__(daemon=True)
        self.site, self.facts, self.work = site, facts, work
        self.headers = {
            "Host": f"127.0.0.1:{site.port}",
            "Cookie": f"{facts['session_cookie']}={session}; {facts['csrf_cookie']}={'c' * 32}",
            "X-CSRFToken": "c" * 32,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.line = None

    def run(self):
        while True:
            try:
                loan = self.work.get_nowait()
            except queue.Empty:
                return
            self.lend(loan)

    def lend(self, loan):
        start = time.monotonic()
        while not loan.answer and time.monotonic() - start < PATIENCE:
            loan.sent += 1
            try:
                loan.answer = self.post(loan)
            except (OSError, http.client.HTTPException):
                self.line = None
                time.sleep(random.uniform(0.05, 0.3))
        loan.seconds = time.monotonic() - start

    def post(self, loan):
        """Where the answer leads to; a failing server has not answered."""
        if self.line is None:
            self.line = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=PATIENCE)
        form = {
            "do": "check_out",
            "device": loan.device,
            "borrower": self.facts["borrower"],
            "key": loan.key,
            "points": self.facts["points"],
        }
        self.line.request("POST", self.facts["desk"], urlencode(form, doseq=True), self.headers)
        response = self.line.getresponse()
        response.read()
        if response.status >= 500:
            raise http.client.HTTPException(response.status)
        return response.getheader("Location") or f"status {response.status}"


def measure(site):
    """Facts about two runs: one in peace, and one with three times `kill -9` in between."""
    if site.name != "sqlite":
        return
    copy = server.sqlite(site.folder.parent / "writers")
    shutil.copytree(site.folder, copy.folder, dirs_exist_ok=True)
    server.tell("writers: making devices to lend")
    facts = json.loads(copy.output("-m", "bench.within.desks", str(2 * CHECK_OUTS), str(DESKS)))
    devices = facts["devices"]
    yield lent(copy, facts, devices[:CHECK_OUTS], kills=0)
    yield lent(copy, facts, devices[CHECK_OUTS:], kills=KILLS)


def lent(site, facts, devices, kills):
    loans = [Loan(device) for device in devices]
    work = queue.SimpleQueue()
    for loan in loans:
        work.put(loan)
    site.start()
    start = time.monotonic()
    desks = [Desk(site, facts, session, work) for session in facts["sessions"]]
    for desk in desks:
        desk.start()
    watch(site, work, len(loans), kills)
    for desk in desks:
        desk.join()
    spent = time.monotonic() - start
    site.stop()
    return verdict(site, loans, kills, spent)


def watch(site, work, total, kills):
    """Kill the server each time that a part of the work is done, and start it again."""
    told = time.monotonic()
    for kill in range(1, kills + 1):
        while work.qsize() > total - total * kill // (kills + 1):
            time.sleep(0.01)
        site.stop(signal.SIGKILL)
        server.tell(f"writers: server killed, {total - work.qsize()} of {total} handed out")
        site.start()
    while work.qsize():
        if time.monotonic() - told > 10:
            told = time.monotonic()
            server.tell(f"writers: {total - work.qsize()} of {total} handed out")
        time.sleep(0.1)


def verdict(site, loans, kills, spent):
    """What was promised to the desks, against what is in the database."""
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
        twice, unsaid = database.execute(
            "SELECT count(*) - count(DISTINCT l.device_id),"
            " sum(NOT EXISTS (SELECT 1 FROM home_message m"
            "   WHERE m.key = 'loan_started:' || l.id)"
            "   OR NOT EXISTS (SELECT 1 FROM lending_agreement a WHERE a.loan_id = l.id))"
            " FROM lending_loan l JOIN lending_device d ON d.id = l.device_id"
            " JOIN offered o ON o.number = d.number"
        ).fetchone()
        sound = database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    seconds = sorted(loan.seconds for loan in loans)
    failed = len(loans) - len(promised)
    lost = len(promised - set(stored))
    return {
        "measure": "writers",
        "database": site.name,
        "check_outs": len(loans),
        "at_once": DESKS,
        "kills": kills,
        "failed": failed,
        "lost": lost,
        "doubled": twice + len(stored) - len(set(stored)),
        "half_done": unsaid or 0,
        "sent_again": sum(loan.sent - 1 for loan in loans),
        "per_second": round(len(promised) / spent, 1),
        "p50_ms": round(statistics.median(seconds) * 1000),
        "p95_ms": round(seconds[int(len(seconds) * 0.95)] * 1000),
        "max_ms": round(seconds[-1] * 1000),
        "goal": {"failed": 0, "lost": 0, "doubled": 0},
        "ok": not (failed or lost or twice or unsaid) and len(stored) == len(set(stored)) and sound,
    }
