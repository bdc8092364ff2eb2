"""The worker as a process: killed, stopped, doubled, and left without a database."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from datetime import time
from io import StringIO

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone

from home.management.commands.work import Command
from home.messages.delivery import LEASE, Mailer
from home.messages.models import Message, MessageSettings
from tests.factories.messages import DUE, message
from tests.home.messages.mail_server import Inbox, mail_server

pytestmark = pytest.mark.django_db(transaction=True)


class Holding(Inbox):
    """Accepts all mail, but delays its answer to one until `go` is set."""

    def __init__(self, at):
        super().__init__()
        self.at, self.held, self.go = at, threading.Event(), threading.Event()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        if len(self.mails) == self.at:
            self.held.set()
            while not self.go.is_set():
                await asyncio.sleep(0.01)
        return answer


class Together(Inbox):
    """Answers only when two clients are connected."""

    def __init__(self):
        super().__init__()
        self.seen, self.both = set(), threading.Event()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.seen.add(session.peer)
        if len(self.seen) > 1:
            self.both.set()
        while not self.both.is_set():
            await asyncio.sleep(0.01)
        return await super().handle_DATA(server, session, envelope)


def database_url():
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


@pytest.fixture
def worker(tmp_path):
    """Start `manage.py work` on the test database and stop it after the test."""
    MessageSettings.objects.create(quiet_from=time(0), quiet_until=time(0))
    started = []

    def start(server, *options):
        process = subprocess.Popen(
            [sys.executable, "manage.py", "work", *options],
            cwd=settings.PROJECT_DIR,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "digipunt.settings.dev",
                "DATABASE_URL": database_url(),
                "DATA_DIR": str(tmp_path),
                "EMAIL_HOST": "127.0.0.1",
                "EMAIL_PORT": str(server.port),
                "EMAIL_TIMEOUT": "60",
                "DEFAULT_FROM_EMAIL": settings.DEFAULT_FROM_EMAIL,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def outbox(count):
    for number in range(count):
        message(f"test:{number}", due_at=DUE)


def states():
    return list(Message.objects.values_list("state", flat=True))


def test_no_mail_is_lost_or_sent_twice_when_a_worker_is_killed(worker, settings):
    outbox(20)
    inbox = Holding(at=5)
    with mail_server(inbox) as server:
        process = worker(server)
        assert inbox.held.wait(60), process.poll()
        process.kill()
        process.wait(30)
        inbox.go.set()
        assert sorted(states()).count("sent") == 4

        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        mailer = Mailer()
        while mailer.send_due(timezone.now() + LEASE)["sent"]:
            pass
    assert set(states()) == {"sent"}
    assert len(inbox.ids) == 20  # no message is lost
    assert sorted(inbox.ids.values()) == [1] * 19 + [2]  # the current one, with the same id


def test_no_mail_is_sent_twice_by_two_workers(worker):
    outbox(40)
    inbox = Together()
    with mail_server(inbox) as server:
        for process in [worker(server, "--once"), worker(server, "--once")]:
            output, _ = process.communicate(timeout=90)
            assert process.returncode == 0, output
    assert len(inbox.seen) > 1
    assert set(states()) == {"sent"}
    assert sorted(inbox.ids.values()) == [1] * 40


def test_worker_finishes_the_current_mail_when_it_is_stopped(worker):
    outbox(10)
    inbox = Holding(at=3)
    with mail_server(inbox) as server:
        process = worker(server)
        assert inbox.held.wait(60)
        process.send_signal(signal.SIGTERM)
        inbox.go.set()
        output, _ = process.communicate(timeout=30)
    assert process.returncode == 0, output
    assert "Stopped." in output
    assert sorted(states()).count("sent") == len(inbox.mails) < 10


def test_idle_worker_stops_at_once(worker):
    with mail_server(Inbox()) as server:
        process = worker(server, "--every", "600")
        assert "Working" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Stopped." in output


def output_of(outcomes):
    """Return the output of a worker whose runs have these outcomes, and which then stops."""
    work = Command(stdout=StringIO())
    work.stopping = threading.Event()
    work.stopping.wait = lambda seconds: None
    outcomes = iter(outcomes)

    def run_due():
        outcome = next(outcomes, None)
        if outcome is None:
            work.stopping.set()
        elif isinstance(outcome, Exception):
            raise outcome
        return False

    work.run_due = run_due
    work.run_until_stopped(2)
    return work.stdout.getvalue()


def test_worker_waits_for_the_database():
    output = output_of([False, OperationalError("no host"), OperationalError("no host"), False])
    assert output.count("The database is away") == 1
    assert output.count("The database is back") == 1


@pytest.mark.postgres  # only a server can cut a connection
def test_worker_reconnects_when_its_connection_is_cut():
    outbox(1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    other.close()
    work = Command(stdout=StringIO())
    work.stopping = threading.Event()
    work.mailer = Mailer()

    def run_due():
        try:
            return Command.run_due(work)
        finally:
            if Message.objects.filter(state="sent").exists():
                work.stopping.set()

    work.run_due = run_due
    work.run_until_stopped(0.01)
    assert states() == ["sent"]
