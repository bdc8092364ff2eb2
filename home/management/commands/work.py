"""The worker: sends mail and runs periodic jobs until it is stopped."""

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
            "--every", type=float, default=2, help="seconds between two runs (default: 2)"
        )

    def handle(self, *, once, every, **options):
        autodiscover_subjects("jobs")
        self.stopping = threading.Event()
        self.mailer = Mailer()
        if once:
            while self.run_due():
                pass
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        self.log(f"Working: mail and {len(jobs.registered)} jobs. Stop with Ctrl-C.")
        self.run_until_stopped(every)
        self.log("Stopped.")

    def run_until_stopped(self, every):
        database_is_away = False
        while not self.stopping.is_set():
            try:
                more = self.run_due()
                if database_is_away:
                    self.log("The database is back.")
                database_is_away = False
            except (OperationalError, InterfaceError) as error:
                if not database_is_away:
                    self.log(f"The database is away, waiting for it: {error}".strip())
                database_is_away, more = True, False
                connections.close_all()
            if not more:
                self.stopping.wait(1 if database_is_away else every)

    def run_due(self):
        """Run the due jobs and send mail; return whether there may be more mail at once."""
        close_old_connections()
        for job, error in jobs.run_due():
            if error:
                self.log(f"{job.name}: {error}")
            if self.stopping.is_set():
                return False
        counts = self.mailer.send_due(stop=self.stopping.is_set)
        if any(counts.values()):
            sent, later, failed = counts["sent"], counts["later"], counts["failed"]
            self.log(f"Mail: {sent} sent, {later} to retry, {failed} failed")
        return counts["sent"] > 0

    def log(self, line):
        self.stdout.write(f"{timezone.localtime():%H:%M:%S} {line}")
        self.stdout.flush()
