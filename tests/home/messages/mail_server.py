"""A real SMTP server in a thread, and a socket that only listens: what mail has to live with."""

import socket
import threading
from collections import Counter
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Inbox:
    """A handler that stores accepted mail; `answers` holds other replies, by recipient."""

    def __init__(self, answers=None):
        self.answers = answers or {}
        self.mails = []
        self.arrived = threading.Condition()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.answers and "rcpt" in self.answers[address]:
            return self.answers[address]["rcpt"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = self.answers.get(envelope.rcpt_tos[0], {}).get("data")
        if answer:
            return answer
        with self.arrived:
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
            self.arrived.notify_all()
        return "250 Accepted"

    def wait_for(self, count, timeout=30):
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.mails) >= count, timeout)

    @property
    def ids(self):
        return Counter(mail["Message-ID"] for mail in self.mails)


class Dying(Inbox):
    """Accepts a mail and dies before it confirms that."""

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        server.transport.abort()
        return answer


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def mail_server(handler, port=None):
    controller = Controller(handler, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    try:
        yield controller
    finally:
        controller.stop()


@contextmanager
def black_hole():
    """A port that accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=20) as silent:
        yield silent.getsockname()[1]
