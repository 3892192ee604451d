"""Backtest: the command answers from a file alone, with the keys the issue names."""

import json
import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from probity.wiring.commands import main
from tests.house.source import ROOT

KEYS = {
    "n", "found", "days_earlier", "days_earlier_interval", "share_later", "first_half_actual", "first_half_by_score", "auc",
}  # fmt: skip


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    """Two hundred visits whose score knows a little."""
    chance = random.Random(3)
    rows = ["code,risk,day,bad,inspector"]
    for number in range(200):
        bad = chance.random() < 0.2
        day = date(2026, 3, 2) + timedelta(days=chance.randrange(40))
        rows.append(f"e{number},{chance.random() + bad * 0.4:.4f},{day},{int(bad)},i{number % 5}")
    path = tmp_path / "visits.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def asked(path: Path, *more: str, score: str = "risk") -> int:
    return main(["backtest", str(path), "--id", "code", "--score", score, "--date", "day", "--found", "bad", *more])


def test_the_answer_has_the_keys_of_the_issue(visits: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Machines read them by name; the seed of the interval is stated."""
    assert asked(visits, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) >= KEYS and told["seed"]
    assert (
        told["n"] == 200 and told["days_earlier_interval"][0] < told["days_earlier"] < told["days_earlier_interval"][1]
    )
    assert 0.5 < told["auc"] < 1 and 0 <= told["share_later"] <= 1
    assert told["first_half_by_score"] > told["first_half_actual"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_people_read_a_sentence_and_a_table(
    visits: Path, language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it is held against stands beside it."""
    monkeypatch.setenv("PROBITY_LANGUAGE", language)
    assert asked(visits) == 0
    said = capsys.readouterr().out
    assert all(word in said for word in (("随机顺序", "完全预知") if language == "zh" else ("random order", "perfect")))


def test_refusals_are_sentences(visits: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who inspects, a file that is not there, a column that is not there."""
    assert asked(visits, score="inspector") == 2
    assert asked(visits, "--inputs", "inspector") == 2
    assert asked(visits.parent / "none.csv") == 2
    assert asked(visits, score="rsik") == 2
    said = capsys.readouterr()
    assert not said.out and len(said.err.splitlines()) == 4 and "Traceback" not in said.err


@pytest.mark.real
def test_the_famous_days_are_the_inspectors(tmp_path: Path) -> None:
    """On Chicago's visits a score made of who inspects is refused, under its own name and as a rate."""
    source = ROOT.parent / "shared" / "data" / "chicago" / "inspections_2011_2014H1.parquet"
    if not source.exists():
        pytest.skip("the real data lie beside the checkout, not in it")
    import polars as pl

    frame = pl.read_parquet(source)
    rate = frame.group_by("inspector_group").agg(pl.col("criticalFound").mean().alias("rate"))
    path = tmp_path / "chicago.parquet"
    frame.join(rate, on="inspector_group").tail(1_500).write_parquet(path)
    names = ["--id", "License", "--date", "Inspection_Date", "--found", "criticalFound"]
    for score, status in (("inspector_group", 2), ("rate", 2), ("temperatureMax", 2), ("pastCritical", 0)):
        assert main(["backtest", str(path), "--score", score, *names]) == status
