"""The four exits of a fact never mix: correction, annulment, repair, expiry."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from probity.guard.procedures.queries import latest_revision
from probity.know.dossiers.queries import dossier, facts_of
from probity.know.records.actions import EVENT_KINDS, end
from probity.know.records.models import RecordEvent
from probity.know.registry.queries import enterprise
from tests.unit.know.delivered import AT, BY, DAY, PENALTIES, code, later, penalty, record_of, take_in

ON = date(2026, 6, 15)
BEFORE = ON - timedelta(days=1)


@pytest.fixture
def record(database: str, tmp_path: Path) -> int:
    """A penalty of 31 March, known since 30 June."""
    take_in(tmp_path, PENALTIES, [penalty(1)])
    return int(record_of(1).pk)


def counts(as_of: date, revision: int) -> bool:
    return bool(facts_of(enterprise(code(1)).number, as_of=as_of, revision=revision))


@pytest.mark.parametrize(
    ("kind", "state", "before"),
    [
        ("correction", "corrected", False),
        ("annulment", "annulled", False),
        ("repair", "repaired", True),
        ("expiry", "expired", True),
    ],
)
def test_each_exit_counts_in_its_own_way(record: int, kind: str, state: str, before: bool) -> None:
    """Correction and annulment for every day; repair and expiry from their day on. None changes the past."""
    end(record=record, kind=kind, effective_on=ON, reason="理由", by=BY, at=later())
    assert (counts(BEFORE, 2), counts(ON, 2)) == (before, False)
    assert (counts(BEFORE, 1), counts(ON, 1)) == (True, True)
    (line,) = dossier(code(1), as_of=DAY, known_at=None, by=BY).lines
    assert line.state == state
    (line,) = dossier(code(1), as_of=DAY, known_at=AT, by=BY).lines
    assert line.state == "standing"


def test_the_same_exit_twice_is_one(record: int) -> None:
    """Asked again, nothing becomes known."""
    for _ in range(2):
        end(record=record, kind="repair", effective_on=ON, reason="修复", by=BY, at=later())
    assert (RecordEvent.objects.count(), latest_revision()) == (1, 2)


def test_there_is_no_fifth_exit(record: int) -> None:
    """A word of practice must become one of the four first."""
    with pytest.raises(ValueError, match="none of the four"):
        end(record=record, kind="removal", effective_on=ON, reason="", by=BY, at=later())
    assert len(EVENT_KINDS) == 4


def test_a_record_nobody_knows_of_is_not_ended(database: str) -> None:
    """And no revision is spent on it."""
    with pytest.raises(LookupError, match="no record 7"):
        end(record=7, kind="repair", effective_on=ON, reason="", by=BY, at=AT)
    assert latest_revision() == 0
