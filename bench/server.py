"""The production server with the large demo set, for as long as it is measured."""

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
SECRET = "only-for-measuring-" + "x" * 40


def tell(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


class Site:
    """A database with the demo in it, and commands and servers that use it."""

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
        """Run a Python command of the project; what it says is progress, unless one asks for it."""
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
        """Migrate, load the demo, and add what only the measurements need. Again adds nothing."""
        started = time.monotonic()
        self.run("manage.py", "migrate", "--verbosity", "0")
        self.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        self.run("manage.py", "load_demo", "--devices", str(devices), "--loans", str(loans))
        self.run("-m", "bench.stock")
        self.run("-m", "bench.places")
        self.run("-m", "bench.workshops")
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
        sys.exit("The web server does not start; see gunicorn.conf.py and docs/installation.md.")

    def stop(self, how=signal.SIGTERM):
        """End it as a whole; `signal.SIGKILL` as a power cut would."""
        os.killpg(self.process.pid, how)
        self.process.wait()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *trouble):
        self.stop()


def sqlite(folder):
    folder = Path(folder) / "sqlite"
    folder.mkdir(parents=True, exist_ok=True)
    return Site(folder, f"sqlite:///{folder / 'db.sqlite3'}", "sqlite")


def postgres(folder, address, keep=False):
    """A database of our own beside the one that this address names."""
    folder = Path(folder) / "postgresql"
    folder.mkdir(parents=True, exist_ok=True)
    url = urlunsplit(urlsplit(address)._replace(path=f"/{OURS}"))
    with psycopg.connect(address, autocommit=True) as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [OURS])
        if not (keep and there.fetchone()):
            connection.execute(f"DROP DATABASE IF EXISTS {OURS} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {OURS}")
    return Site(folder, url, "postgresql")


OURS = "digipunt_bench"


def reachable(address):
    try:
        psycopg.connect(address, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True
