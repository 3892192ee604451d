"""Ground of the flows: the example city's year, replayed once a session, then copied."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.conftest import _on_server

ROOT = Path(__file__).resolve().parents[2]
CITY = ROOT / "example_city"

Probity = Callable[..., subprocess.CompletedProcess[str]]
Fresh = Callable[[str], Path]


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a `probity` of its own home, on the database the test points to."""
    stated = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PROBITY_HOME")}
    stated |= {"PROBITY_HOME": str(home), "PROBITY_LANGUAGE": "en", "PYTHONPATH": str(ROOT / "src")}
    if connection.vendor == "postgresql":
        at: Mapping[str, Any] = connection.settings_dict
        stated["DATABASE_URL"] = f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    return stated


@pytest.fixture
def probity(home: Path) -> Probity:
    """Run the command in a process of its own, on the home and database of the test."""

    def run(*arguments: object, check: bool = True) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "probity", *map(str, arguments)]
        done = subprocess.run(
            command, env=environment(home), cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0 or not check, done.stderr
        return done

    return run


@pytest.fixture
def fresh(template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any) -> Iterator[Fresh]:
    """Point to one migrated database after another, each with a home of its own; returns the home."""
    given = connection.settings_dict["NAME"]
    made: list[str] = []

    def point(name: str) -> Path:
        home = tmp_path / name
        connection.close()
        database = str(home / "probity.sqlite3")
        if connection.vendor == "postgresql":
            database = f"probity_test_{name}_{abs(hash(tmp_path)):x}"
        if not home.exists():
            home.mkdir()
            made.append(database)
            if connection.vendor == "postgresql":
                _on_server(given, f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
            else:
                shutil.copy(template, database)
        connection.settings_dict["NAME"] = database
        monkeypatch.setattr(settings, "PROBITY_HOME", home)
        return home

    with django_db_blocker.unblock():
        yield point
        connection.close()
        connection.settings_dict["NAME"] = given
        if connection.vendor == "postgresql":
            for database in made:
                _on_server(given, f'DROP DATABASE "{database}" WITH (FORCE)')


@pytest.fixture(scope="session")
def city_home(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """A home in which the example city's whole year was replayed into SQLite; nobody writes to it."""
    from probity.wiring.replaying import replay

    home = tmp_path_factory.mktemp("city")
    given, given_home = dict(connection.settings_dict), settings.PROBITY_HOME
    if connection.vendor != "sqlite":
        pytest.skip("the city is built once, in SQLite; the other flows run on PostgreSQL")
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"], settings.PROBITY_HOME = str(home / "probity.sqlite3"), home
        try:
            call_command("migrate", verbosity=0)
            replay(CITY, quiet=True)
        finally:
            connection.close()
            connection.settings_dict["NAME"], settings.PROBITY_HOME = given["NAME"], given_home
    return home


@pytest.fixture
def city(city_home: Path, home: Path, django_db_blocker: Any) -> Iterator[Path]:
    """A home with the example city's year in it, the test's own to write to."""
    shutil.copytree(city_home, home, dirs_exist_ok=True)
    given = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = str(home / "probity.sqlite3")
        yield home
        connection.close()
        connection.settings_dict["NAME"] = given
