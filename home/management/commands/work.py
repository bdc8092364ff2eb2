"""The worker: delivers mail that is due and runs what comes back, until it is told to stop."""

import signal
import threading

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections, connections
from django.utils import timezone

from home.core import jobs
from home.core.autodiscover import autodiscover_subjects
from home.messages.delivery import Mailer


class Command(BaseCommand):
    requires_system_checks = []  # it serves no pages
    help = "Deliver messages and run periodic jobs. Safe to run twice, and to stop at any time."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what is due now, then stop")
        parser.add_argument(
            "--every", type=float, default=2, help="seconds of rest between two rounds (2)"
        )

    def handle(self, *, once, every, **options):
        autodiscover_subjects("jobs")
        self.stopping = threading.Event()
        self.mailer = Mailer()
        if once:
            while self.round():
                pass
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        self.tell(f"Working: mail and {len(jobs.registered)} jobs. Stop with Ctrl-C.")
        self.until_stopped(every)
        self.tell("Stopped.")

    def until_stopped(self, every):
        away = False
        while not self.stopping.is_set():
            try:
                more = self.round()
                if away:
                    self.tell("The database is back.")
                away = False
            except (OperationalError, InterfaceError) as trouble:
                if not away:
                    self.tell(f"The database is away, waiting for it: {trouble}".strip())
                away, more = True, False
                connections.close_all()
            if not more:
                self.stopping.wait(1 if away else every)

    def round(self):
        """Do all that is due; True if a next round would find more mail at once."""
        close_old_connections()
        for one, trouble in jobs.run_due():
            if trouble:
                self.tell(f"{one.name}: {trouble}")
            if self.stopping.is_set():
                return False
        counts = self.mailer.send_due(stop=self.stopping.is_set)
        if any(counts.values()):
            self.tell(
                f"Mail: {counts['sent']} sent, {counts['later']} put off, {counts['failed']} failed"
            )
        return counts["sent"] > 0

    def tell(self, line):
        self.stdout.write(f"{timezone.localtime():%H:%M:%S} {line}")
        self.stdout.flush()
