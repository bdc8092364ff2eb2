"""Tests of the checks that the command `serve` does before it starts."""

import socket

import pytest
from django.core.management import CommandError

from digipunt.management.commands.serve import check_port


@pytest.fixture
def used_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield str(listener.getsockname()[1])


def test_port_in_use_is_refused_with_an_alternative(used_port):
    message = f"Port {used_port} is in use.*make run PORT={int(used_port) + 1}"

    with pytest.raises(CommandError, match=message):
        check_port(used_port)


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1", ""])
def test_invalid_port_is_refused(port):
    with pytest.raises(CommandError, match="is not a port"):
        check_port(port)
