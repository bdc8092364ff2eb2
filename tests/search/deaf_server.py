"""Servers that are not well: silent, dripping, or saying the wrong thing."""

import contextlib
import socket
import threading


@contextlib.contextmanager
def silent(drip=b""):
    """Accepts every connection and says nothing, or one byte now and then; yields its address."""
    done = threading.Event()
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.05)
    held = []

    def serve():
        while not done.is_set():
            with contextlib.suppress(TimeoutError):
                held.append(server.accept()[0])
            for connection in held if drip else ():
                with contextlib.suppress(OSError):
                    connection.sendall(drip)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        done.set()
        thread.join()
        for connection in [*held, server]:
            connection.close()


@contextlib.contextmanager
def saying(status, body, *, product="Elasticsearch", kind="application/json"):
    """Answers every request with this; yields its address and the list of requests."""
    done = threading.Event()
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.05)
    asked = []

    def serve():
        while not done.is_set():
            try:
                connection = server.accept()[0]
            except TimeoutError:
                continue
            with connection, contextlib.suppress(OSError):
                connection.settimeout(1)
                asked.append(connection.recv(65536))
                head = (
                    f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n"
                    f"X-Elastic-Product: {product}\r\n"
                    f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
                )
                connection.sendall(head.encode() + body)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
    finally:
        done.set()
        thread.join()
        server.close()


def refusing():
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"
