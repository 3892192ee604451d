"""Chained: a small sealed trail, and ways to tamper with it behind the platform's back."""

from datetime import UTC, datetime

from django.db import connection

from probity.guard.trail.actions import acting, seal
from probity.terms import Actor

BY, AT = Actor.system("test"), datetime(2026, 6, 30, 1, 2, 3, 456, tzinfo=UTC)


def act(number: int) -> None:
    """Do one act that changes something."""
    with acting("test.done", by=BY, at=AT) as done:
        done.note(f"thing:{number}", reason="经核实", number=number)
        done.changed({"state": "waiting"}, {"state": "done"})


def chain(entries: int) -> None:
    """Do so many acts and seal them."""
    for number in range(entries):
        act(number)
    seal(at=AT)


def tamper(*statements: str) -> None:
    """Run statements as the owner of the database could: triggers and constraints out of the way."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")
