"""Waking: a bare word to sleeping wheels, on a database that carries one."""

from django.db import connection

CHANNEL = "probity_wheels"
"""The channel on which PostgreSQL tells the wheels to look; without it they look by the clock."""


def wake_wheels() -> None:
    """Have the wheels look when this transaction commits, instead of at their next turn."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
