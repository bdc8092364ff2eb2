"""A light HTTP client with concurrent keep-alive connections, so that the server is measured."""

import selectors
import socket
import time
from dataclasses import dataclass

CONNECTIONS = 8


@dataclass
class Responses:
    """Number of responses, and how many had another status than 200, in so many seconds."""

    count: int = 0
    wrong: int = 0
    seconds: float = 0.0

    @property
    def per_second(self):
        return self.count / self.seconds if self.seconds else 0.0


class Connection:
    """A connection that repeats its request as soon as the response is complete."""

    def __init__(self, port, request):
        self.port, self.request = port, request
        self.socket = None

    def send(self, selector):
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), 30)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(self.socket, selectors.EVENT_READ, self)
        self.received, self.length = b"", None
        self.socket.sendall(self.request)

    def receive(self):
        """Return None while the response is incomplete, then whether its status is 200."""
        chunk = self.socket.recv(262_144)
        self.received += chunk
        if self.length is None and (end := self.received.find(b"\r\n\r\n")) >= 0:
            head = self.received[:end].lower()
            self.closes = b"connection: close" in head
            content_length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
            self.length = end + 4 + int(content_length) if content_length else float("inf")
        if chunk and (self.length is None or len(self.received) < self.length):
            return None
        return self.received.startswith(b"HTTP/1.1 200 ")

    def close(self, selector):
        selector.unregister(self.socket)
        self.socket.close()
        self.socket = None


def load(port, path, seconds, connections=CONNECTIONS):
    """Request a path as often as possible for some seconds, and return the Responses."""
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/html\r\n"
        "Accept-Encoding: identity\r\n\r\n"
    ).encode()
    responses = Responses()
    with selectors.DefaultSelector() as selector:
        pool = [Connection(port, request) for _ in range(connections)]
        for connection in pool:
            connection.send(selector)
        start = time.perf_counter()
        end = start + seconds
        while (now := time.perf_counter()) < end:
            for key, _events in selector.select(end - now):
                connection = key.data
                is_ok = connection.receive()
                if is_ok is None:
                    continue
                responses.count += 1
                responses.wrong += not is_ok
                if connection.closes:
                    connection.close(selector)
                connection.send(selector)
        responses.seconds = time.perf_counter() - start
        for connection in pool:
            connection.close(selector)
    return responses
