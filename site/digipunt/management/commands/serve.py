"""Serve the filled demo site and its worker together, until Ctrl-C."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

GRACE = 10  # seconds to stop in


class Command(BaseCommand):
    help = "Set up the database, load the demo if there is nothing yet, and serve site and worker."

    def add_arguments(self, parser):
        parser.add_argument("--port", default="8000")

    def handle(self, *, port, **options):
        number = free_port(port)
        self.say("Bringing the database up to date ...")
        call_command("migrate", interactive=False, verbosity=0)
        if not get_user_model().objects.exists():
            self.say("Loading the demo site, once ...")
            call_command("load_demo", stdout=self.stdout)
        for one_that_stops in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one_that_stops, stop_as_by_hand)
        worker, web = start_worker(), start_web(number)
        try:
            if wait_until_it_answers(number, web):
                self.say(self.welcome(number))
            while web.poll() is None:
                time.sleep(0.5)
                if worker.poll() is not None:
                    self.say("The worker stopped; it is started again.")
                    time.sleep(1)
                    worker = start_worker()
            raise CommandError(f"The web server stopped by itself (code {web.returncode}).")
        except KeyboardInterrupt:
            self.say("\nStopping ...")
        finally:
            stop(web, worker)
        self.say("Stopped. Everything is kept; `make run` goes on from here.")

    def say(self, words):
        self.stdout.write(words)
        self.stdout.flush()

    def welcome(self, port):
        address = f"http://127.0.0.1:{port}/"
        here = os.path.relpath(settings.DATA_DIR)
        return (
            f"\nDigipunt runs.\n"
            f"  The site          {address}\n"
            f"  For staff         {address}beheer/\n"
            f"  Accounts          {here}/accounts.txt (one for each role)\n"
            f"  Mail that it sent {here}/mail/\n"
            f"Ctrl-C stops it.\n"
        )


def free_port(port):
    """The port as a number, if a server can be started on it."""
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise CommandError(f"{port} is no port. Choose a number, such as: make run PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except PermissionError as error:
            raise CommandError(
                f"Port {port} is only for root. Choose a higher one: make run PORT=8001"
            ) from error
        except OSError as error:
            raise CommandError(
                f"Port {port} is taken. Stop what uses it, or choose another: "
                f"make run PORT={int(port) % 65535 + 1}"
            ) from error
    return int(port)


def start_worker():
    return start([sys.executable, "manage.py", "work"])


def start_web(port):
    if settings.DEBUG:
        return start([sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}"])
    return start([sys.executable, "-m", "gunicorn", "--log-level", "warning"], bind=port)


def start(command, *, bind=None):
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    if bind:
        environment["BIND"] = f"127.0.0.1:{bind}"
    return subprocess.Popen(
        command, cwd=settings.PROJECT_DIR, env=environment, preexec_fn=end_with_parent
    )


def end_with_parent():
    """Linux: should we be killed, nobody is left behind on the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def wait_until_it_answers(port, web):
    while web.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def stop_as_by_hand(*_):
    raise KeyboardInterrupt


def stop(*processes):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + GRACE
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
