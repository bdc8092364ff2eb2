"""Many visitors at once, over connections that stay open; light, so that the server is measured."""

import selectors
import socket
import time
from dataclasses import dataclass

VISITORS = 8


@dataclass
class Answers:
    count: int = 0
    wrong: int = 0
    seconds: float = 0.0

    @property
    def per_second(self):
        return self.count / self.seconds if self.seconds else 0.0


class Visitor:
    """One connection that asks the same thing again as soon as it has its answer."""

    def __init__(self, port, request):
        self.port, self.request = port, request
        self.socket = None

    def ask(self, selector):
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), 30)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(self.socket, selectors.EVENT_READ, self)
        self.got, self.length = b"", None
        self.socket.sendall(self.request)

    def hear(self):
        """None while the answer is on its way; then whether it was a good one."""
        piece = self.socket.recv(262_144)
        self.got += piece
        if self.length is None and (end := self.got.find(b"\r\n\r\n")) >= 0:
            head = self.got[:end].lower()
            self.closes = b"connection: close" in head
            said = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
            self.length = end + 4 + int(said) if said else float("inf")
        if piece and (self.length is None or len(self.got) < self.length):
            return None
        return self.got.startswith(b"HTTP/1.1 200 ")

    def leave(self, selector):
        selector.unregister(self.socket)
        self.socket.close()
        self.socket = None


def ask(port, path, seconds, visitors=VISITORS):
    """As many times as possible in so many seconds."""
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/html\r\n"
        "Accept-Encoding: identity\r\n\r\n"
    ).encode()
    answers = Answers()
    with selectors.DefaultSelector() as selector:
        crowd = [Visitor(port, request) for _each in range(visitors)]
        for visitor in crowd:
            visitor.ask(selector)
        start = time.perf_counter()
        end = start + seconds
        while (now := time.perf_counter()) < end:
            for key, _events in selector.select(end - now):
                visitor = key.data
                good = visitor.hear()
                if good is None:
                    continue
                answers.count += 1
                answers.wrong += not good
                if visitor.closes:
                    visitor.leave(selector)
                visitor.ask(selector)
        answers.seconds = time.perf_counter() - start
        for visitor in crowd:
            visitor.leave(selector)
    return answers
