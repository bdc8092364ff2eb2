"""The production server with the large demo data, while it is measured."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).parent.parent
DATABASE = "digipunt_bench"
SECRET = "only-for-measuring-" + "x" * 40


def log(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """A database with demo data, and the commands and the server that use it."""

    def __init__(self, folder, url, name):
        self.folder, self.url, self.name = Path(folder), url, name
        self.port = free_port()
        self.environ = {
            **{key: value for key, value in os.environ.items() if key != "REDIS_URL"},
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": url,
            "SECRET_KEY": SECRET,
            "BASE_URL": f"http://127.0.0.1:{self.port}",
            "BIND": f"127.0.0.1:{self.port}",
            "ELASTICSEARCH_URL": "",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
            "PYTHONWARNINGS": "ignore",
        }

    def run(self, *arguments, output=sys.stderr):
        """Run a Python command of the project and return its output if `output` is a pipe."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environ,
            check=True,
            text=True,
            stdout=output,
        ).stdout

    def output(self, *arguments):
        return self.run(*arguments, output=subprocess.PIPE)

    def fill(self, devices, loans):
        """Migrate, load the demo and add the data of the measurements; return the seconds.

        A second time adds nothing.
        """
        started = time.monotonic()
        self.run("manage.py", "migrate", "--verbosity", "0")
        self.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        self.run("manage.py", "load_demo", "--devices", str(devices), "--loans", str(loans))
        self.run("-m", "bench.in_process.catalogue_data")
        self.run("-m", "bench.in_process.location_data")
        self.run("-m", "bench.in_process.workshop_data")
        return time.monotonic() - started

    def start(self, workers=2):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--workers", str(workers)],
            cwd=ROOT,
            env=self.environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.wait()

    def wait(self, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
            else:
                return
        sys.exit("The web server does not start: see gunicorn.conf.py and docs/installation.md.")

    def stop(self, number=signal.SIGTERM):
        """Stop all processes; `signal.SIGKILL` stops them like a power failure."""
        os.killpg(self.process.pid, number)
        self.process.wait()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.stop()


def sqlite(folder):
    folder = Path(folder) / "sqlite"
    folder.mkdir(parents=True, exist_ok=True)
    return Site(folder, f"sqlite:///{folder / 'db.sqlite3'}", "sqlite")


def postgres(folder, server_url, keep=False):
    """Return a site with a database of its own on the server of this URL."""
    folder = Path(folder) / "postgresql"
    folder.mkdir(parents=True, exist_ok=True)
    url = urlunsplit(urlsplit(server_url)._replace(path=f"/{DATABASE}"))
    with psycopg.connect(server_url, autocommit=True) as connection:
        existing = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not (keep and existing.fetchone()):
            connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {DATABASE}")
    return Site(folder, url, "postgresql")


def is_reachable(url):
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True
