"""Imports: they run downward, through doors, and faults are caught."""

import ast
import os
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.house.source import ROOT, SRC, modules

WINGS = ("guard", "know", "judge", "act", "show")
DOORS = {"types", "queries", "actions"}
OPEN_ROOMS = {("guard", "trail"): {"tables"}, ("show", "parts"): None}
"""Rooms with further doors: the ground of every model; the parts of pages are all for lending (None)."""


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contract of `.importlinter` on the copy of the source in a folder."""
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache", "--no-logo", "--config", ROOT / ".importlinter"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_imports_run_one_way() -> None:
    """The contract of the house is kept, hidden imports counted."""
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_contract_excludes_nothing() -> None:
    """Imports under TYPE_CHECKING are how circles grow; no import is ignored either."""
    text = (ROOT / ".importlinter").read_text(encoding="utf-8")
    assert "exclude_type_checking_imports" not in text and "ignore_imports" not in text


def test_every_room_is_in_the_contract() -> None:
    """A new wing is laid out inside, and a room with tables keeps them at home."""
    contract = ConfigParser()
    contract.read(ROOT / ".importlinter", encoding="utf-8")
    for room in (path for wing in WINGS for path in sorted((SRC / wing).glob("*/__init__.py"))):
        wing, name = room.parts[-3:-1]
        inside = f"importlinter:contract:{wing}"
        assert contract.has_section(inside), f"{wing} has rooms and no contract"
        assert name in contract[inside]["layers"], f"{wing}/{name} has no floor"
        if room.with_name("models.py").exists():
            assert f"importlinter:contract:tables_{name}" in contract, f"the tables of {wing}/{name} are open"


def plant(folder: Path, file: str, line: str) -> None:
    """Add a line to a module of the copied source, making the module where there is none."""
    place = folder / "src" / "probity" / file
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("a", encoding="utf-8") as module:
        module.write(f"\n\n{line}\n")


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("know/registry/queries.py", "from probity.judge.evaluation import models", "We know, we judge"),
        ("know/registry/types.py", "def late():\n    from probity.show import desk", "We know, we judge"),
        ("know/registry/actions.py", "from probity.know.records import types", "Inside know"),
        ("guard/authorities/rules.py", "import django", "The heart knows no framework"),
        ("guard/authorities/queries.py", "from probity.guard.trail.models import TrailEntry", "Tables of trail"),
        ("wiring/clock.py", "import polars", "Frame libraries"),
        ("drawer/__init__.py", "", "We know, we judge"),
        ("know/drawer/__init__.py", "", "Inside know"),
    ],
)
def test_a_planted_fault_breaks_the_contract(tmp_path: Path, file: str, line: str, broken: str) -> None:
    """The contract can fail: each fault breaks the contract that is meant to catch it."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("static", "__pycache__"))
    plant(tmp_path, file, line)
    result = lint(tmp_path)
    verdicts = [row for row in result.stdout.splitlines() if row.startswith(broken) and row.rstrip().endswith("BROKEN")]
    assert result.returncode != 0 and verdicts, result.stdout + result.stderr


def room_of(name: str) -> tuple[str, str] | None:
    """Return wing and room of a dotted module, None outside the wings."""
    parts = name.split(".")
    return (parts[1], parts[2]) if len(parts) > 2 and parts[0] == "probity" and parts[1] in WINGS else None


def is_module(name: str) -> bool:
    """Whether a dotted name is a module or a package of ours."""
    place = ROOT / "src" / Path(*name.split("."))
    return place.with_suffix(".py").exists() or place.is_dir()


def imported_modules(tree: ast.Module) -> list[tuple[int, str]]:
    """Return line and dotted name of every module of ours that is imported anywhere in a tree."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                deeper = f"{node.module}.{alias.name}"
                found.append((node.lineno, deeper if is_module(deeper) else node.module))
    return [(line, name) for line, name in found if name.startswith("probity.")]


def goes_through_a_door(importer: tuple[str, str] | None, name: str) -> bool:
    """Whether a module may be imported from outside its room (`importer` is the room that asks)."""
    room = room_of(name)
    if room is None or room == importer:
        return True
    more = OPEN_ROOMS.get(room, set())
    door = [*name.split("."), ""][3]
    return more is None or door in DOORS | more


def test_rooms_are_entered_by_their_doors() -> None:
    """Between rooms only through types, queries and actions; wiring alone also binds urls and jobs."""
    faults = []
    for module in modules("src"):
        own = ".".join(module.path.with_suffix("").parts[1:])
        if own.startswith("probity.wiring"):
            continue
        for line, name in imported_modules(module.tree):
            if not goes_through_a_door(room_of(own + ".x"), name):
                faults.append(f"{module.path}:{line}: {name}")
    assert not faults, "\n".join(faults)


def test_a_side_entrance_is_seen() -> None:
    """The test above can fail."""
    asking = ("judge", "evaluation")
    assert not goes_through_a_door(asking, "probity.know.records.door")
    assert not goes_through_a_door(asking, "probity.know.records")
    assert goes_through_a_door(asking, "probity.know.records.queries")
    assert goes_through_a_door(("know", "records"), "probity.know.records.door")
    assert goes_through_a_door(asking, "probity.guard.trail.tables")
    assert goes_through_a_door(asking, "probity.engine.scoring")
