"""The web server; what it may use comes from the environment."""

import gc
import os
from pathlib import Path

wsgi_app = "digipunt.wsgi:application"
pythonpath = "site"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # one sentence, once, if the environment lacks something; and less memory
timeout = 30
graceful_timeout = 20
control_socket_disable = True  # signals are enough
max_requests = 10_000
max_requests_jitter = 1_000
if Path("/dev/shm").is_dir():
    worker_tmp_dir = "/dev/shm"


def when_ready(server):
    """What is loaded stays: the workers share it, and never look through it for garbage."""
    gc.collect()
    gc.freeze()
