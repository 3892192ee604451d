"""Triggers: append-only tables stay so, whoever opens the database and however."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from probity.guard.trail import triggers
from probity.guard.trail.models import TrailEntry
from probity.guard.trail.tables import writing


@pytest.fixture
def entry(database: str) -> int:
    """One entry of the trail, written properly."""
    at = datetime(2026, 6, 30, tzinfo=UTC)
    with writing():
        row = TrailEntry.objects.create(at=at, act="test", by="system:test", about="test:1", digest="0" * 64)
    return int(row.pk)


def refused(statement: str, *values: object) -> None:
    """Expect the database itself to refuse a statement, act or no act."""
    with (
        pytest.raises(DatabaseError, match="append-only"),
        writing(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail_trailentry SET act = 'other' WHERE id = %s",
        "UPDATE trail_trailentry SET id = id WHERE id = %s",
        "DELETE FROM trail_trailentry WHERE id = %s",
    ],
)
def test_the_database_itself_refuses_a_change(entry: int, statement: str) -> None:
    """Even an UPDATE that changes nothing."""
    refused(statement, entry)
    assert TrailEntry.objects.get(pk=entry).act == "test"


def test_nothing_replaces_a_row(entry: int) -> None:
    """On SQLite REPLACE deletes without firing triggers, unless recursive triggers are on."""
    columns = '(id, at, act, "by", authority, about, detail, before, after, decision, software, rulebook, digest)'
    values = "(%s, '2026-06-30', 'other', '', '', '', '{}', '{}', '{}', '', '', '', '')"
    if connection.vendor == "sqlite":
        refused(f"REPLACE INTO trail_trailentry {columns} VALUES {values}", entry)
        refused(f"INSERT OR REPLACE INTO trail_trailentry {columns} VALUES {values}", entry)
    refused(
        f"INSERT INTO trail_trailentry {columns} VALUES {values} ON CONFLICT (id) DO UPDATE SET act = excluded.act",
        entry,
    )
    assert TrailEntry.objects.get(pk=entry).act == "test"


def test_nothing_empties_a_table(entry: int) -> None:
    """TRUNCATE fires no DELETE trigger and needs its own."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    refused("TRUNCATE trail_trailentry")


def test_every_append_only_table_has_its_triggers(database: str) -> None:
    """The list is taken from the models, so that a new table cannot be forgotten."""
    tables = {model._meta.db_table for model in triggers.append_only_models()}
    assert {"trail_trailentry", "trail_seal", "records_record", "records_attribution", "procedures_revision"} <= tables
    assert triggers.missing() == []


def test_migrating_restores_triggers_that_were_dropped(entry: int) -> None:
    """A SQLite table rebuild drops them without a word."""
    on = " ON trail_trailentry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER trail_trailentry_no_update{on}")
    assert triggers.missing() == ["trail_trailentry"]
    call_command("migrate", verbosity=0)
    assert triggers.missing() == []
    refused("UPDATE trail_trailentry SET act = 'other' WHERE id = %s", entry)


def test_a_table_rebuild_loses_no_trigger(entry: int) -> None:
    """What a later migration of the table would do, followed by what follows every migration."""
    field = TrailEntry._meta.get_field("authority")
    changed = type(field)(max_length=65, blank=True)
    changed.set_attributes_from_name("authority")
    changed.model = TrailEntry
    with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
        editor.alter_field(TrailEntry, field, changed)
    if connection.vendor == "sqlite":
        assert triggers.missing() == ["trail_trailentry"]
    call_command("migrate", verbosity=0)
    assert triggers.missing() == []
    refused("DELETE FROM trail_trailentry WHERE id = %s", entry)
