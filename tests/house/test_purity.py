"""Purity: the heart asks no clock, throws no dice, opens nothing."""

import ast

import pytest

from tests.house.source import Module, is_pure, modules

CLOCK_OR_CHANCE = {
    "now", "today", "utcnow", "localtime", "gmtime", "time_ns", "monotonic", "perf_counter",
    "random", "randint", "randrange", "shuffle", "sample", "uuid1", "uuid4", "token_hex", "urandom",
    "environ", "getenv",
}  # fmt: skip
IMPURE_MODULES = {
    "random", "secrets", "uuid", "time", "os", "subprocess", "socket", "threading", "multiprocessing",
    "urllib", "http", "sqlite3", "tempfile", "django",
}  # fmt: skip
OPENS_FILES = {"pathlib", "io", "importlib", "shutil", "glob"}
MAY_READ_FILES = {"src/probity/rulebook/layers.py"}
"""`probity.rulebook.shipped()` is the one place of the heart that reads files."""


def impurities(module: Module, *, may_read_files: bool = False) -> list[str]:
    """Return the places where a module reaches for the clock, chance or the world outside."""
    refused = IMPURE_MODULES if may_read_files else IMPURE_MODULES | OPENS_FILES
    faults = []
    for node in ast.walk(module.tree):
        match node:
            case ast.Import(names=names):
                found = {alias.name.partition(".")[0] for alias in names} & refused
            case ast.ImportFrom(module=str(source), level=0):
                found = {source.partition(".")[0]} & refused
            case ast.Attribute(attr=name):
                found = {name} & CLOCK_OR_CHANCE
            case ast.Call(func=ast.Name(id=name)):
                found = {name} & (CLOCK_OR_CHANCE | ({"open"} if not may_read_files else set()) | {"input", "print"})
            case _:
                continue
        faults += [f"{module.at(node)}: {name}" for name in sorted(found)]
    return faults


def test_the_heart_is_pure() -> None:
    """Asked twice with the same arguments, terms, rulebook, engine and rules answer the same."""
    faults = [
        fault
        for module in modules("src")
        if is_pure(module.path)
        for fault in impurities(module, may_read_files=str(module.path) in MAY_READ_FILES)
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "line",
    [
        "import random",
        "from os import environ",
        "import datetime; datetime.datetime.now()",
        "from datetime import date; date.today()",
        "import numpy; numpy.random.rand()",
        "frame.sample(3)",
        "from django.db import models",
        "from pathlib import Path",
        "open('x')",
    ],
)
def test_a_planted_impurity_is_seen(line: str) -> None:
    """The scan can fail: each of these lines would be refused in a rules.py."""
    from pathlib import Path

    assert impurities(Module(Path("rules.py"), line, ast.parse(line))) != []


def test_what_only_looks_impure_is_allowed() -> None:
    """`datetime.time` is a value, and a day may be built from numbers."""
    from pathlib import Path

    line = "from datetime import date, time; date(2026, 1, 1); time.min; months_before(day, 3)"
    assert impurities(Module(Path("rules.py"), line, ast.parse(line))) == []
