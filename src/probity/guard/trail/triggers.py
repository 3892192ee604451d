"""Triggers: what keeps append-only tables so, whoever opens the database."""

from django.apps import apps
from django.db import connections
from django.db.models import Model

from probity.guard.trail.tables import AppendOnly, Retained


def append_only_models() -> list[type[Model]]:
    """Return every append-only model of the platform, sorted by table."""
    found = [model for model in apps.get_models() if issubclass(model, AppendOnly)]
    return sorted(found, key=lambda model: model._meta.db_table)


def install(using: str = "default") -> None:
    """Install the triggers of every append-only table that exists; again and again without harm.

    A SQLite table rebuild drops triggers silently, so this runs after every migration.
    """
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTIONS)
        for model in append_only_models():
            table = model._meta.db_table
            if table in present:
                for statement in _statements(connection.vendor, table, issubclass(model, Retained)):
                    cursor.execute(statement)


def missing(using: str = "default") -> list[str]:
    """Return the append-only tables whose triggers are not all there."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        names = {row[0] for row in cursor.fetchall()}
    wanted = {model._meta.db_table: _names(connection.vendor, model._meta.db_table) for model in append_only_models()}
    return [table for table, triggers in wanted.items() if not triggers <= names]


def _names(vendor: str, table: str) -> set[str]:
    acts = ("update", "delete", "truncate") if vendor == "postgresql" else ("update", "delete")
    return {f"{table}_no_{act}" for act in acts}


def _statements(vendor: str, table: str, is_retained: bool) -> list[str]:
    """Return the statements for one table; the table name is ours, never a reader's.

    A row of a retained table may go after its last day, by the clock of the database in Shanghai.
    """
    if vendor == "postgresql":
        gone = {"delete": "probity_retained"} if is_retained else {}
        return [
            f'CREATE OR REPLACE TRIGGER "{table}_no_{act}" BEFORE {act.upper()} ON "{table}" '
            f"FOR EACH {'STATEMENT' if act == 'truncate' else 'ROW'} "
            f"EXECUTE FUNCTION {gone.get(act, 'probity_append_only')}()"
            for act in ("update", "delete", "truncate")
        ]
    when = {"delete": "WHEN OLD.keep_until >= date('now', '+8 hours') "} if is_retained else {}
    return [
        f'CREATE TRIGGER IF NOT EXISTS "{table}_no_{act}" BEFORE {act.upper()} ON "{table}" '
        f"{when.get(act, '')}BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for act in ("update", "delete")
    ]


_POSTGRESQL_FUNCTIONS = """
CREATE OR REPLACE FUNCTION probity_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE OR REPLACE FUNCTION probity_retained() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.keep_until >= (now() AT TIME ZONE 'Asia/Shanghai')::date THEN
    RAISE EXCEPTION '% is append-only until %', TG_TABLE_NAME, OLD.keep_until;
  END IF;
  RETURN OLD;
END $$
"""
