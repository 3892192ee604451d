"""Serve: a taken port is no error, and a database without its guards is not served."""

import socket

import pytest
from django.db import connection

from probity.wiring.commands.serve import free_port, serve


def test_the_next_free_port_is_taken() -> None:
    """Another city may be served on the same machine."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < free_port("127.0.0.1", port) < port + 50
    assert free_port("127.0.0.1", port) == port


def test_no_free_port_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """After fifty tries."""

    class Taken(socket.socket):
        def bind(self, address: object) -> None:
            raise OSError("in use")

    monkeypatch.setattr("socket.socket", Taken)
    with pytest.raises(LookupError, match="no free port from 8000 to 8049"):
        free_port("127.0.0.1", 8000)


def test_a_table_without_its_triggers_keeps_the_site_from_starting(database: str) -> None:
    """Naming the table and the way out."""
    on = " ON trail_trailentry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER trail_trailentry_no_delete{on}")
    with pytest.raises(LookupError, match="trail_trailentry: run `probity migrate`"):
        serve("127.0.0.1", 8000, asked=8000)
