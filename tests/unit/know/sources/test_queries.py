"""Reading batches: newest first, by source and state, each with its accounting."""

from pathlib import Path

import pytest

from probity.know.sources import queries
from tests.unit.know.delivered import AT, BY, DOCKED, PENALTIES, docked, later, penalty, take_in


def test_batches_are_listed_newest_first(database: str, tmp_path: Path) -> None:
    """Of one source, in one state, or all; a batch shown alone is the same line."""
    assert not queries.any_batch()
    first = take_in(tmp_path, PENALTIES, [penalty(1)])
    held = take_in(tmp_path, PENALTIES, [penalty(2)], strict=True, at=later())
    other = take_in(tmp_path, DOCKED, [docked(3, "i")], at=later(minutes=2))
    assert [line.id for line in queries.batches(by=BY).lines] == [other.id, held.id, first.id]
    assert [line.id for line in queries.batches(by=BY, source="linlan-market").lines] == [held.id, first.id]
    assert [line.id for line in queries.batches(by=BY, state="held").lines] == [held.id]
    assert queries.batch(first.id, by=BY) == first
    assert queries.any_batch()


def test_a_batch_nobody_delivered_is_said_to_be_unknown(database: str) -> None:
    """Not an empty line."""
    with pytest.raises(LookupError, match="no batch 7"):
        queries.batch(7, by=BY)


def test_a_step_of_a_replay_is_known_by_file_and_moment(database: str, tmp_path: Path) -> None:
    """The same file at another moment is another delivery."""
    take_in(tmp_path, PENALTIES, [penalty(1)], name="a.csv")
    assert queries.was_delivered(feed=PENALTIES, file_name="a.csv", at=AT)
    assert not queries.was_delivered(feed=PENALTIES, file_name="a.csv", at=later())
    assert not queries.was_delivered(feed=DOCKED, file_name="a.csv", at=AT)
