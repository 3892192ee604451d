"""Health: alive asks nothing; ready is refused while a part that every page needs is missing."""

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client

from probity.guard.trail import triggers
from probity.wiring import health


def test_alive_asks_nothing_of_the_database() -> None:
    """It answers here, where no test opened a database."""
    assert Client().get("/health/alive").json() == {"alive": True}


def test_a_migrated_database_is_ready(database: str) -> None:
    """All parts by name, nothing of what they hold."""
    answer = Client().get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "parts": dict.fromkeys(health.CHECKS, True)}
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_missing_trigger_is_not_ready(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records that could be changed are served by nobody."""
    monkeypatch.setattr(triggers, "missing", lambda: ["records_record"])
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()["parts"]["append_only_triggers"]) == (503, False)


def test_a_database_that_is_away_is_told_and_does_not_fail(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """503 with the part, no traceback and no address of the database."""

    def away(*_: object, **__: object) -> None:
        raise OperationalError("postgres://someone:password@host")

    monkeypatch.setattr(connection, "cursor", away)
    answer = Client().get("/health/ready")
    assert answer.status_code == 503
    assert "password" not in answer.content.decode()


def test_a_late_seal_alarms_but_keeps_serving(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Going dark would stop the acts that are waiting to be sealed."""
    monkeypatch.setitem(health.CHECKS, "trail_sealed", lambda _at: False)
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()["parts"]["trail_sealed"]) == (200, False)
