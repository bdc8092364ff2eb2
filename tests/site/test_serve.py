"""The demo says in one sentence what keeps it from starting."""

import socket

import pytest
from django.core.management import CommandError

from digipunt.management.commands.serve import free_port


@pytest.fixture
def taken():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield str(listener.getsockname()[1])


def test_a_port_that_is_taken_is_said_with_another_to_choose(taken):
    with pytest.raises(
        CommandError, match=f"Port {taken} is taken.*make run PORT={int(taken) + 1}"
    ):
        free_port(taken)


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1", ""])
def test_what_is_no_port_is_said(port):
    with pytest.raises(CommandError, match="is no port"):
        free_port(port)
