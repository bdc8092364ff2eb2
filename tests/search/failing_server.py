"""Servers that fail: silent, slow, or with a wrong response."""

import contextlib
import socket
import threading


@contextlib.contextmanager
def silent(drip=b""):
    """Accept connections without a response, or with `drip` now and then; yield the URL."""
    done = threading.Event()
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.05)
    connections = []

    def serve():
        while not done.is_set():
            with contextlib.suppress(TimeoutError):
                connections.append(server.accept()[0])
            for connection in connections if drip else ():
                with contextlib.suppress(OSError):
                    connection.sendall(drip)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        done.set()
        thread.join()
        for connection in [*connections, server]:
            connection.close()


@contextlib.contextmanager
def saying(status, body, *, product="Elasticsearch", kind="application/json"):
    """Answer every request with this response; yield the URL and the list of requests."""
    done = threading.Event()
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.05)
    requests = []

    def serve():
        while not done.is_set():
            try:
                connection = server.accept()[0]
            except TimeoutError:
                continue
            with connection, contextlib.suppress(OSError):
                connection.settimeout(1)
                requests.append(connection.recv(65536))
                head = (
                    f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n"
                    f"X-Elastic-Product: {product}\r\n"
                    f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
                )
                connection.sendall(head.encode() + body)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}", requests
    finally:
        done.set()
        thread.join()
        server.close()


def refusing():
    """Return a URL at which no server listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"
