"""Snapshot: what it answers is what the database answers, or it does not answer at all."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from probity.act.lists.actions import apply_snapshot, mark
from probity.act.lists.queries import lookup
from probity.act.lists.snapshot import Snapshot
from probity.act.lists.telling import entry_json
from probity.act.lists.types import MarkKind
from probity.know.records.actions import end
from tests.unit.know.delivered import BY, DAY, SERIOUS, code, later, listed, record_of, take_in

pytestmark = pytest.mark.usefixtures("database")

CODES = [code(number) for number in range(1, 7)]


@pytest.fixture
def snapshot(tmp_path: Path) -> Iterator[Snapshot]:
    opened = Snapshot(tmp_path / "lookup", writes=True)
    yield opened
    opened.close()


def answered(snapshot: Snapshot, on: date = DAY) -> list[object]:
    """Return what the snapshot says of the six codes; None where it leaves the answer to the database."""
    _, found = snapshot.answers([each.encode() for each in CODES], on=on)
    return [None if one is None else json.loads(one) for one in found]


def true(on: date = DAY) -> list[object]:
    """Return what the database says of the same."""
    found = lookup(CODES, as_of=on, known_at=None, by=BY, at=later(days=1))
    return [json.loads(json.dumps([entry_json(entry) for entry in answer.entries])) for answer in found]


def test_before_the_first_application_the_database_answers(snapshot: Snapshot) -> None:
    assert snapshot.state() is None and answered(snapshot) == [None] * 6


def test_after_every_change_it_says_what_the_database_says(snapshot: Snapshot, tmp_path: Path) -> None:
    """Entries, a mark, an exit: one applied after another, and nothing else is touched."""
    take_in(tmp_path, SERIOUS, [listed(1), listed(2, of=2), listed(3, of=3)])
    assert apply_snapshot(snapshot, on=DAY, at=later()) == 3
    assert answered(snapshot) == true() and answered(snapshot)[3] == []
    mark(record=record_of(2).pk, kind=MarkKind.SUSPENDED, reason="", by=BY, at=later(minutes=2))
    assert apply_snapshot(snapshot, on=DAY, at=later(minutes=3)) == 1
    assert answered(snapshot) == true()
    end(record=record_of(3).pk, kind="annulment", effective_on=DAY, reason="", by=BY, at=later(minutes=4))
    apply_snapshot(snapshot, on=DAY, at=later(minutes=5))
    assert answered(snapshot) == true() and answered(snapshot)[2] == [], "no trace of the entry that ended"


def test_applying_step_by_step_equals_applying_afresh(snapshot: Snapshot, tmp_path: Path) -> None:
    for step in range(3):
        take_in(tmp_path, SERIOUS, [listed(n, of=n) for n in range(1 + step, 4 + step)], at=later(days=step))
        apply_snapshot(snapshot, on=DAY, at=later(days=step))
    fresh = Snapshot(tmp_path / "fresh", writes=True)
    apply_snapshot(fresh, on=DAY, at=later(days=3))
    assert snapshot.digest() == fresh.digest()
    fresh.close()


def test_past_the_day_of_an_end_it_leaves_the_answer_to_the_database(snapshot: Snapshot, tmp_path: Path) -> None:
    """An applier that stands still at midnight must not keep anybody on a list."""
    take_in(tmp_path, SERIOUS, [listed(1, 公示截止期="2026-07-02")])
    apply_snapshot(snapshot, on=DAY, at=later())
    ended = date(2026, 7, 2)
    assert answered(snapshot, ended)[0] is None and answered(snapshot, ended - timedelta(days=1))[0]
    apply_snapshot(snapshot, on=ended, at=later(days=2))
    assert answered(snapshot, ended) == true(ended) == [[]] * 6


def test_a_day_before_its_own_is_a_question_about_the_past(snapshot: Snapshot, tmp_path: Path) -> None:
    take_in(tmp_path, SERIOUS, [listed(1)])
    apply_snapshot(snapshot, on=DAY, at=later())
    assert answered(snapshot, DAY - timedelta(days=1)) == [None] * 6


def test_it_knows_until_when_its_lists_are_fresh(snapshot: Snapshot, tmp_path: Path) -> None:
    take_in(tmp_path, SERIOUS, [listed(1)])
    apply_snapshot(snapshot, on=DAY, at=later())
    state = snapshot.state()
    assert state is not None and state.is_covered and state.good_until is not None
    assert later() < state.good_until < later(days=8)
    apply_snapshot(snapshot, on=DAY + timedelta(days=30), at=later(days=30))
    state = snapshot.state()
    assert state is not None and not state.is_covered


def test_a_snapshot_of_another_database_is_written_afresh(snapshot: Snapshot, tmp_path: Path) -> None:
    """A copied home, or a restored backup, must not answer with somebody else's entries."""
    from dataclasses import replace

    take_in(tmp_path, SERIOUS, [listed(1)])
    apply_snapshot(snapshot, on=DAY, at=later())
    state = snapshot.state()
    assert state is not None
    snapshot.apply(
        {CODES[4]: lookup(CODES[:1], as_of=DAY, known_at=None, by=BY, at=later())[0].entries},
        replace(state, known_at="elsewhere"),
    )
    assert answered(snapshot)[4]
    apply_snapshot(snapshot, on=DAY, at=later(minutes=2))
    assert answered(snapshot) == true()


def test_nothing_new_means_nothing_written(snapshot: Snapshot, tmp_path: Path) -> None:
    take_in(tmp_path, SERIOUS, [listed(1)])
    apply_snapshot(snapshot, on=DAY, at=later())
    assert apply_snapshot(snapshot, on=DAY, at=later(minutes=2)) == 0
