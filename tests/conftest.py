"""Ground of all tests: a home of its own, databases copied from a template."""

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands on a database, so that it is run on PostgreSQL too."""
    for item in items:
        if item.get_closest_marker("django_db"):
            # Its database in memory cannot be closed, and every later template would be migrated into it.
            raise pytest.UsageError(f"{item.nodeid}: take the fixture `database`, not the mark django_db")
        if {"database", "fresh"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[str]:
    """A migrated database that nobody writes to; returns its name."""
    given = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            name = str(tmp_path_factory.mktemp("template") / "template.sqlite3")
            _point_to(name)
        else:
            name = f"probity_template_{uuid.uuid4().hex[:8]}"
            _on_server(given, f'CREATE DATABASE "{name}"')
            _point_to(name)
        call_command("migrate", verbosity=0)
        connection.close()
        assert connection.vendor != "sqlite" or Path(name).exists(), f"the migration went elsewhere than to {name}"
        yield name
        _point_to(given)
        if connection.vendor == "postgresql":
            _on_server(given, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PROBITY_HOME of the test's own."""
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setattr(settings, "PROBITY_HOME", place)
    return place


@pytest.fixture
def database(template: str, home: Path, django_db_blocker: Any) -> Iterator[str]:
    """A database of the test's own, copied from the template: commits are real, nothing is flushed."""
    given = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            name = str(home / "probity.sqlite3")
            shutil.copy(template, name)
        else:
            name = f"probity_test_{uuid.uuid4().hex[:8]}"
            _on_server(given, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        _point_to(name)
        yield name
        _point_to(given)
        if connection.vendor == "postgresql":
            _on_server(given, f'DROP DATABASE "{name}" WITH (FORCE)')


def _point_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _on_server(given: str, statement: str) -> None:
    import psycopg

    stated = connection.settings_dict
    host, port = stated["HOST"] or None, stated["PORT"] or None
    with psycopg.connect(
        dbname=given, user=stated["USER"], password=stated["PASSWORD"], host=host, port=port, autocommit=True
    ) as server:
        server.execute(statement)  # type: ignore[call-overload]
