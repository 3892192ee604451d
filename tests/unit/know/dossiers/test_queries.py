"""Dossiers: one enterprise's file on two clocks, and only its own."""

from datetime import date
from pathlib import Path

import pytest

from probity.know.dossiers import queries
from probity.know.records.actions import end
from probity.know.registry.queries import enterprise
from probity.terms import end_of_day
from tests.unit.know.delivered import (
    AT,
    BY,
    DAY,
    DOCKED,
    PENALTIES,
    REGISTRATIONS,
    code,
    docked,
    later,
    penalty,
    record_of,
    registration,
    take_in,
)
from tests.unit.know.dossiers.acted import Stage
from tests.unit.know.dossiers.test_mirror import NOTHING


def states(**asked: object) -> list[tuple[int, str]]:
    shown = queries.dossier(code(1), **({"as_of": DAY, "known_at": None, "by": BY} | asked))  # type: ignore[arg-type]
    return [(line.record, line.state) for line in shown.lines]


def test_a_dossier_states_what_was_said_by_whom_and_since_when(database: str, tmp_path: Path) -> None:
    """Newest first, with names, codes and sources."""
    take_in(tmp_path, REGISTRATIONS, [registration(1, "甲有限公司")])
    line = take_in(tmp_path, PENALTIES, [penalty(1), penalty(2, of=2)], at=later())
    shown = queries.dossier(code(1), as_of=DAY, known_at=None, by=BY)
    assert [line.type for line in shown.lines] == ["administrative-penalty", "registration"]
    penalised = shown.lines[0]
    assert (penalised.day, penalised.source, penalised.batch) == (date(2026, 3, 31), "linlan-market", line.id)
    assert (penalised.known_at, penalised.row_number, penalised.state) == (later(), 2, "standing")
    assert penalised.fields["fine_amount"] == "15,000.00"
    assert penalised.fields.keys() <= penalised.labels.keys()
    assert not {"credit_code", "enterprise_name"} & set(penalised.fields)
    assert (shown.enterprise.name, shown.revision) == ("甲有限公司", 2)


def test_what_was_not_known_then_is_not_shown(database: str, tmp_path: Path) -> None:
    """A bare date covers its whole day; the names heard later are left out too."""
    take_in(tmp_path, PENALTIES, [penalty(1)])
    take_in(tmp_path, PENALTIES, [penalty(2, 行政相对人名称="又名")], at=later(days=1))
    assert len(states()) == 2
    assert len(states(known_at=AT)) == 1
    assert len(states(known_at=end_of_day(DAY))) == 1
    assert len(states(known_at=end_of_day(date(2026, 7, 1)))) == 2
    assert states(known_at=end_of_day(date(2026, 6, 29))) == []
    shown = queries.dossier(code(1), as_of=DAY, known_at=AT, by=BY)
    assert [span.name for span in shown.names] == ["甲1有限公司"]
    assert len(queries.dossier(code(1), as_of=DAY, known_at=None, by=BY).names) == 2


def test_what_had_not_happened_yet_is_not_shown(database: str, tmp_path: Path) -> None:
    """The day of the decision is in, the day before it is not."""
    take_in(tmp_path, PENALTIES, [penalty(1)])
    assert len(states(as_of=date(2026, 3, 31))) == 1
    assert states(as_of=date(2026, 3, 30)) == []


def test_a_corrected_statement_stays_and_says_so(database: str, tmp_path: Path) -> None:
    """And as known before the correction, it stood."""
    take_in(tmp_path, PENALTIES, [penalty(1)])
    first = record_of(1).pk
    take_in(tmp_path, PENALTIES, [penalty(1, **{"罚款金额（万元）": "2"})], at=later())
    assert dict(states()) == {first: "corrected", record_of(1).pk: "standing"}
    assert states(known_at=AT) == [(first, "standing")]
    (fact,) = queries.facts_of(enterprise(code(1)).number, as_of=DAY, revision=2)
    assert fact.amount == 2_000_000


def test_a_withdrawn_statement_counts_for_nobody(database: str, tmp_path: Path) -> None:
    """The withdrawal itself is no line of the dossier."""
    take_in(tmp_path, DOCKED, [docked(1, "i")])
    first = record_of(1).pk
    take_in(tmp_path, DOCKED, [docked(1, "d")], at=later())
    assert states() == [(first, "corrected")]
    assert queries.facts_of(enterprise(code(1)).number, as_of=DAY, revision=2) == ()


def test_a_record_given_to_another_leaves_the_first(database: str) -> None:
    """From the revision on at which that became known."""
    stage = Stage()
    first, second = stage.enter(2)
    (record,) = stage.born([(first, NOTHING)])
    stage.given(record, second)
    found = queries.facts_of_many([first, second], as_of=DAY, revision=1)
    assert [len(found[number]) for number in (first, second)] == [1, 0]
    found = queries.facts_of_many([first, second], as_of=DAY, revision=2)
    assert [len(found[number]) for number in (first, second)] == [0, 1]


def test_one_record_is_shown_with_its_owner(database: str, tmp_path: Path) -> None:
    """Unknown, or not known then, it is not there."""
    take_in(tmp_path, PENALTIES, [penalty(1)])
    number = record_of(1).pk
    end(record=number, kind="repair", effective_on=DAY, reason="修复", by=BY, at=later())
    line, owner = queries.record(number, as_of=DAY, known_at=None, by=BY)
    assert (line.state, line.state_since, owner) == ("repaired", DAY, enterprise(code(1)).number)
    assert queries.record(number, as_of=DAY, known_at=AT, by=BY)[0].state == "standing"
    for asked in ({"known_at": end_of_day(date(2026, 6, 29))}, {"known_at": None, "number": 999}):
        with pytest.raises(LookupError, match="no record"):
            queries.record(asked.pop("number", number), as_of=DAY, by=BY, **asked)  # type: ignore[arg-type]


def test_an_open_batch_shows_nothing(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All rows of a delivery become visible at once."""
    from probity.know.records.actions import delivering

    def killed(**_: object) -> None:
        raise KeyboardInterrupt

    take_in(tmp_path, PENALTIES, [penalty(1)])
    with monkeypatch.context() as patched:
        patched.setattr(delivering, "close_batch", killed)
        with pytest.raises(KeyboardInterrupt):
            take_in(tmp_path, PENALTIES, [penalty(2)], at=later())
    assert len(states()) == 1
