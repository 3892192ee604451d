"""Each case of a chapter is judged by both engines, as the manual says."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest
import yaml

from probity.engine.frames import COLUMNS, Fact, visible
from probity.engine.reference import judge
from probity.engine.scoring import evaluate
from probity.rulebook import Rulebook, shipped
from probity.rulebook.index_systems import IndexSystem
from probity.rulebook.types import RecordType
from probity.terms import ten_thousand_yuan, yuan
from tests.unit.engine.make import rows

CHAPTERS = Path(__file__).parent / "index_systems"
POLARS = {"int64": pl.Int64, "string": pl.String, "date": pl.Date}
SCHEMA = {name: POLARS[kind] for name, kind in COLUMNS.items()}
EXPECTED = {"score", "grade", "points", "dimensions", "fired"}


@cache
def rulebook() -> Rulebook:
    """Return the shipped rulebook."""
    return Rulebook.read([shipped()])


def chapters() -> list[object]:
    """Return every case of every chapter, named after its sentence."""
    found = []
    for path in sorted(CHAPTERS.glob("*/*.yaml")):
        for chapter in yaml.safe_load_all(path.read_text(encoding="utf-8")):
            for case in chapter["cases"]:
                name = f"{path.parent.name}/{path.stem}: {chapter['chapter']}: {case['name']}"
                found.append(pytest.param(path.parent.name, date.fromisoformat(path.stem), case, id=name))
    return found


def fact_of(number: int, stated: Mapping[str, object], record_type: RecordType) -> Fact:
    """Return a record as written in a case, by the names of its record type's fields.

    Amounts are in yuan (`12345.60`) or in ten-thousand yuan (`5万`); points are points.
    """
    left = dict(stated)
    left.pop("type")
    day = left.pop(record_type.occurred_on)
    until = left.pop(record_type.until, None) if record_type.until else None
    kind = left.pop(record_type.kind, None) if record_type.kind else None
    degree = left.pop(record_type.degree, None) if record_type.degree else None
    amount = left.pop(record_type.amount, None) if record_type.amount else None
    points = left.pop(record_type.points, None) if record_type.points else None
    assert not left, f"{record_type.key} has no part called {sorted(left)}"
    assert isinstance(day, date)
    for field, choice in ((record_type.kind, kind), (record_type.degree, degree)):
        assert choice is None or choice in record_type.fields[field].choices, f"no choice {choice!r}"
    fen = None if amount is None else money(str(amount))
    hundredths = None if points is None else round(float(points) * 100)
    return Fact(number, record_type.key, day, until, kind, degree, fen, hundredths)


def money(text: str) -> int:
    """Return an amount of a case in fen."""
    return ten_thousand_yuan(text.removesuffix("万")) if text.endswith("万") else yuan(text)


def found_by_frame(system: IndexSystem, facts: list[Fact], as_of: date) -> dict[str, object]:
    """Return the row of the frame engine."""
    frame = visible(pl.LazyFrame(rows({1: facts}), schema=SCHEMA), as_of=as_of, revision=1)
    return evaluate(system, frame, pl.LazyFrame({"enterprise": [1]}), as_of).collect().row(0, named=True)


@pytest.mark.parametrize(("key", "starts_on", "case"), chapters())
def test_case(key: str, starts_on: date, case: dict) -> None:
    """What the sentence says comes out of both engines, and nothing is expected that neither gives."""
    system = rulebook().index_system(key, starts_on)
    assert system.file.starts_on == starts_on
    types = rulebook().record_types(case["as_of"])
    facts = [fact_of(number, stated, types[stated["type"]]) for number, stated in enumerate(case["records"], 1)]
    evaluation, row = judge(system, facts, case["as_of"]), found_by_frame(system, facts, case["as_of"])

    expect = case["expect"]
    assert expect
    assert set(expect) <= EXPECTED
    if "score" in expect:
        score = None if expect["score"] is None else round(expect["score"] * 100)
        assert (evaluation.score, row["score"]) == (score, score)
    if "grade" in expect:
        assert (evaluation.grade, row["grade"]) == (expect["grade"], expect["grade"])
    if "fired" in expect:
        assert ([fired.key for fired in evaluation.fired], row["fired"].split()) == (expect["fired"], expect["fired"])
    for name, listed, sign in (("points", evaluation.points, "p:"), ("dimensions", evaluation.dimensions, "d:")):
        for part, points in expect.get(name, {}).items():
            assert (listed[part], row[f"{sign}{part}"]) == (round(points * 100), round(points * 100)), part
    assert evaluation.score is None or sum(one.points for one in evaluation.contributions) == evaluation.score


def test_every_index_system_has_its_chapter() -> None:
    """A rule without a case is a rule nobody has read twice."""
    editions = {(path.parent.name, path.stem) for path in CHAPTERS.glob("*/*.yaml")}
    for path in shipped():
        parts = path.split("/")
        if parts[0] == "index_systems" and not path.endswith(".text.yaml"):
            assert (parts[1], parts[2].removesuffix(".yaml")) in editions, path
