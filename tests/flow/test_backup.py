"""Backup: a copy taken while the platform runs comes back whole, with its triggers, trail and mirror."""

import os
import shutil
import sqlite3
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from probity.guard.authorities.models import Account
from probity.guard.procedures.queries import latest_revision
from probity.guard.trail import triggers
from probity.guard.trail.models import TrailEntry
from probity.know.dossiers import actions as dossiers
from probity.know.dossiers.queries import dossier
from probity.know.records.models import Record
from tests.conftest import _on_server, _point_to
from tests.unit.know.delivered import BY, DAY, PENALTIES, code, later, penalty, take_in


def told() -> tuple[object, ...]:
    """Return what must be the same after a restore: counts, the newest revision, and one dossier."""
    shown = dossier(code(1), as_of=DAY, known_at=None, by=BY)
    counts = (Record.objects.count(), TrailEntry.objects.count(), Account.objects.count(), latest_revision())
    return (*counts, [(line.record, line.state, dict(line.fields)) for line in shown.lines])


def tool(name: str) -> str:
    """Return the path of a tool of PostgreSQL, from PATH or where Debian keeps it."""
    found = shutil.which(name) or next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), "")
    if not found:
        pytest.skip(f"{name} is not on this machine")
    return found


@contextmanager
def restored(name: str, folder: Path) -> Iterator[None]:
    """Back the database up, bring it back under another name as the how-to says, and use that one."""
    if connection.vendor == "sqlite":
        place = str(folder / "restored.sqlite3")
        with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(folder / "copy.sqlite3")) as copy:
            source.backup(copy)
        shutil.copy(folder / "copy.sqlite3", place)
        _point_to(place)
        yield
        _point_to(name)
        return
    other, stated, dump = f"probity_restored_{uuid.uuid4().hex[:8]}", connection.settings_dict, folder / "probity.dump"
    reach = ["--host", stated["HOST"], "--port", str(stated["PORT"]), "--username", stated["USER"]]
    environment = os.environ | {"PGPASSWORD": stated["PASSWORD"] or ""}
    subprocess.run([tool("pg_dump"), *reach, "--format=custom", "--file", dump, name], check=True, env=environment)
    _on_server("postgres", f'CREATE DATABASE "{other}"')
    try:
        restore = [tool("pg_restore"), *reach, "--no-owner", "--exit-on-error", "--dbname", other, dump]
        subprocess.run(restore, check=True, env=environment)
        _point_to(other)
        yield
    finally:
        _point_to(name)
        _on_server("postgres", f'DROP DATABASE "{other}" WITH (FORCE)')


def test_a_copy_comes_back_whole_and_its_mirror_is_built_anew(database: str, tmp_path: Path) -> None:
    """Same counts, revision and dossier; records stay untouchable; the mirror, never copied, verifies equal."""
    take_in(tmp_path, PENALTIES, [penalty(number, of=1 + number % 3) for number in range(40)])
    take_in(tmp_path, PENALTIES, [penalty(1, of=2, 失信程度="严重")], at=later())
    before = told()
    with restored(database, tmp_path):
        assert told() == before
        assert triggers.missing() == []
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("UPDATE records_record SET type = 'x'")
        dossiers.rebuild()
        assert dossiers.verify().is_equal
        take_in(tmp_path, PENALTIES, [penalty(99)], at=later(minutes=5))
        assert latest_revision() == before[3] + 1  # it goes on where it stopped
    assert told() == before
