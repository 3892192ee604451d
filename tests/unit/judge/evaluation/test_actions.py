"""Evaluation: in full or only who changed, the same; the past judged as it was known; nobody's name graded."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from probity.guard.trail.queries import entries
from probity.judge.evaluation import actions
from probity.judge.evaluation.models import Outcome, Run
from probity.judge.evaluation.results import results_folder
from tests.unit.judge.evaluation.judged import DAYS, SYSTEMS, explained, fact, judged, outcomes
from tests.unit.know.dossiers.acted import Stage

AS_OF = DAYS[0]


def peopled(system: str, seed: int, count: int = 40) -> tuple[Stage, random.Random]:
    """Return a stage with some enterprises, each with some facts."""
    dice = random.Random(seed)
    stage = Stage()
    owners = stage.enter(count)
    stage.born(
        [(dice.choice(owners), fact(dice, system)) for _ in range(3 * count)]
        + [(owner, fact(dice, system)) for owner in owners]
    )
    return stage, dice


def something_happens(stage: Stage, dice: random.Random, system: str, records: list[int]) -> None:
    """Let more become known of a few enterprises, in every way there is."""
    (record,) = stage.born([(dice.choice(stage.enterprises), fact(dice, system))])
    records.append(record)
    for verb in ("superseded", "repair", "expiry", "annulment", "given"):
        which = dice.choice(records)
        if dice.random() < 0.4:
            if verb == "superseded":
                records += stage.born([(dice.choice(stage.enterprises), fact(dice, system))], supersedes=which)
            elif verb == "given":
                stage.given(which, dice.choice([None, *stage.enterprises]))
            else:
                stage.ended(which, verb, dice.choice(DAYS))


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_judging_who_changed_gives_what_judging_all_gives(database: str, system: str, seed: int) -> None:
    """Over deliveries, ends and days: digest, grades and every outcome, by records and by calendar alone."""
    stage, dice = peopled(system, seed)
    judged(system, AS_OF)
    records: list[int] = []
    for as_of in DAYS:
        if dice.random() < 0.6:
            something_happens(stage, dice, system, records)
        some = judged(system, as_of)
        whole = judged(system, as_of, full=True)
        assert (some.result_digest, some.grades, some.enterprises) == (
            whole.result_digest,
            whole.grades,
            whole.enterprises,
        )
        assert (whole.changed, whole.is_incremental) == (0, False)
        assert outcomes(stage, system) == explained(stage, system, as_of)
    incremental = Run.objects.filter(is_incremental=True)
    assert incremental.exists()
    assert all(run.judged < run.enterprises for run in incremental)


@pytest.mark.parametrize("few", [0, 5000], ids=["by frames", "by the slow twin"])
def test_many_day_steps_without_news_follow_the_calendar(
    database: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty days across two ends of months: a layer a day equals judging everyone on the last."""
    monkeypatch.setattr(actions, "TWIN_ALWAYS_UNDER", few)
    monkeypatch.setattr(actions, "TWIN_UNDER_SHARE", 10**9)
    monkeypatch.setattr(actions, "FULL_FROM_SHARE", 0)
    stage, _ = peopled("general", 7, count=25)
    for ahead in range(0, 40, 2):
        line = judged("general", date(2026, 1, 28) + timedelta(days=ahead))
    assert line.is_incremental
    assert judged("general", line.as_of, full=True).result_digest == line.result_digest
    assert outcomes(stage, "general") == explained(stage, "general", line.as_of)


def test_after_many_layers_everyone_is_judged_again(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lookup through a hundred files would be slow, and a lost one would cost them all."""
    monkeypatch.setattr(actions, "MOST_LAYERS", 3)
    monkeypatch.setattr(actions, "FULL_FROM_SHARE", 0)
    peopled("general", 8, count=10)
    kinds = [judged("general", AS_OF + timedelta(days=ahead)).is_incremental for ahead in range(5)]
    assert kinds == [False, True, True, False, True]


def test_lost_results_are_made_anew(database: str) -> None:
    """They are rebuildable from pinned inputs."""
    peopled("general", 9, count=10)
    first = judged("general", AS_OF)
    for place in results_folder().glob("*.parquet"):
        place.unlink()
    again = judged("general", AS_OF)
    assert (again.is_incremental, again.result_digest) == (False, first.result_digest)


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_same_inputs_give_the_same_digest(database: str, system: str) -> None:
    """Asked again, nothing changed and nobody was judged."""
    peopled(system, 4)
    first, again = judged(system, AS_OF, full=True), judged(system, AS_OF, full=True)
    assert (again.result_digest, again.changed, first.changed) == (first.result_digest, 0, first.enterprises)
    third = judged(system, AS_OF)
    assert (third.judged, third.result_digest, third.grades) == (0, first.result_digest, first.grades)
    assert Outcome.objects.count() == first.enterprises


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_was_known_then_is_judged_for_ever_the_same(database: str, system: str) -> None:
    """A past known_at gives the past answer, however much became known since."""
    stage, dice = peopled(system, 5)
    then = stage.moment()
    first = judged(system, AS_OF, full=True)
    told = explained(stage, system, AS_OF, then)
    records: list[int] = []
    for _ in range(4):
        something_happens(stage, dice, system, records)
    now = judged(system, AS_OF)
    assert now.revision > first.revision
    past = judged(system, AS_OF, known_at=then)
    assert (past.revision, past.result_digest, past.grades) == (first.revision, first.result_digest, first.grades)
    assert explained(stage, system, AS_OF, then) == told
    assert outcomes(stage, system) == told


def test_a_run_of_the_past_may_build_on_one_before_it(database: str) -> None:
    """Then too, nobody is judged of whom nothing had been heard."""
    stage, dice = peopled("general", 6, count=30)
    judged("general", AS_OF)
    (record,) = stage.born([(stage.enterprises[0], fact(dice, "general"))])
    then = stage.moment()
    (unheard,) = stage.enter(1)
    stage.given(record, unheard)
    some = judged("general", AS_OF, known_at=then)
    assert some.is_incremental
    whole = judged("general", AS_OF, known_at=then, full=True)
    assert (some.result_digest, some.enterprises) == (whole.result_digest, whole.enterprises)


def test_sole_traders_are_not_graded(database: str) -> None:
    """Neither in full nor when something becomes known of them."""
    stage, dice = peopled("general", 10, count=8)
    (trader,) = stage.enter(1, "92")
    (record,) = stage.born([(trader, fact(dice, "general"))])
    assert judged("general", AS_OF).enterprises == 8
    stage.given(record, stage.enterprises[0])
    stage.born([(trader, fact(dice, "general"))])
    line = judged("general", AS_OF)
    assert line.enterprises == 8
    assert not Outcome.objects.filter(enterprise=trader).exists()
    assert line.result_digest == judged("general", AS_OF, full=True).result_digest


def test_a_run_pins_what_it_rests_on(database: str) -> None:
    """And the trail says who asked, and what came out."""
    peopled("general", 11, count=5)
    line = judged("general", AS_OF)
    started, finished = entries(about=f"run:{line.id}")
    assert (started.act, finished.act) == ("evaluation.started", "evaluation.finished")
    assert started.detail["rulebook"] == line.rulebook_digest
    assert finished.detail["digest"] == line.result_digest
    assert (line.as_of, line.revision, line.status) == (AS_OF, 1, "illustration")
    assert sum(line.grades.values()) == line.enterprises == 5


def test_a_city_without_records_has_nobody_to_judge(database: str, home: Path) -> None:
    """No error, no grade."""
    line = judged("general", AS_OF)
    assert (line.enterprises, line.judged, line.grades, line.result_digest) == (0, 0, {}, "0" * 64)
    assert judged("general", AS_OF).result_digest == line.result_digest


def test_an_unknown_index_system_is_refused_before_anything_happens(database: str) -> None:
    """No run is left open behind it."""
    with pytest.raises(LookupError, match="no-such-system"):
        judged("no-such-system", AS_OF)
    assert not Run.objects.exists()
