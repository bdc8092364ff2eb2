"""Configuration of the web server, from the environment."""

import gc
import os
from pathlib import Path

wsgi_app = "digipunt.wsgi:application"
pythonpath = "site"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # less memory, and a missing setting is reported once
timeout = 30
graceful_timeout = 20
control_socket_disable = True
max_requests = 10_000
max_requests_jitter = 1_000
if Path("/dev/shm").is_dir():
    worker_tmp_dir = "/dev/shm"


def when_ready(server):
    """Keep the objects that the workers share out of garbage collection."""
    gc.collect()
    gc.freeze()
