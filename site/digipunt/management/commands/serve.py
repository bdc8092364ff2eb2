"""Serve the demo site and its worker together, until Ctrl-C."""

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

STOP_TIMEOUT = 10  # seconds


class Command(BaseCommand):
    help = "Set up the database, load the demo into an empty one, and serve site and worker."

    def add_arguments(self, parser):
        parser.add_argument("--port", default="8000")

    def handle(self, *, port, **options):
        port = check_port(port)
        self.report("Migrating the database ...")
        call_command("migrate", interactive=False, verbosity=0)
        if not get_user_model().objects.exists():
            self.report("Loading the demo data (only the first time) ...")
            call_command("load_demo", stdout=self.stdout)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, raise_keyboard_interrupt)
        worker, web = start_worker(), start_web(port)
        try:
            if wait_until_ready(port, web):
                self.report(self.welcome(port))
            while web.poll() is None:
                time.sleep(0.5)
                if worker.poll() is not None:
                    self.report("The worker stopped; starting it again.")
                    time.sleep(1)
                    worker = start_worker()
            raise CommandError(f"The web server stopped by itself (code {web.returncode}).")
        except KeyboardInterrupt:
            self.report("\nStopping ...")
        finally:
            stop(web, worker)
        self.report("Stopped. The data is kept; `make run` continues with it.")

    def report(self, text):
        self.stdout.write(text)
        self.stdout.flush()

    def welcome(self, port):
        address = f"http://127.0.0.1:{port}/"
        data_dir = os.path.relpath(settings.DATA_DIR)
        return (
            f"\nDigipunt is running.\n"
            f"  Site              {address}\n"
            f"  Admin             {address}beheer/\n"
            f"  Accounts          {data_dir}/accounts.txt (one per role)\n"
            f"  Sent mail         {data_dir}/mail/\n"
            f"Ctrl-C stops it.\n"
        )


def check_port(port):
    """Return the port as an integer; raise CommandError if a server cannot use it."""
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise CommandError(f"{port} is not a port. Choose a number, such as: make run PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except PermissionError as error:
            raise CommandError(
                f"Port {port} is reserved for root. Choose a higher one: make run PORT=8001"
            ) from error
        except OSError as error:
            raise CommandError(
                f"Port {port} is in use. Stop the other program, or choose another port: "
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
        command, cwd=settings.PROJECT_DIR, env=environment, preexec_fn=stop_with_parent
    )


def stop_with_parent():
    """On Linux, stop this process when its parent is killed, so that the port is released."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def wait_until_ready(port, web):
    while web.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def raise_keyboard_interrupt(*args):
    raise KeyboardInterrupt


def stop(*processes):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_TIMEOUT
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
