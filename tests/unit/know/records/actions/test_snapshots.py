"""Snapshots: what is missing from a newer list is proposed to end, never ended in silence."""

from datetime import date
from pathlib import Path

import pytest

from probity.guard.trail.queries import entries
from probity.know.dossiers.queries import dossier
from probity.know.records import queries
from probity.know.records.actions import MOST_AT_ONCE, NotWaiting, end, settle_ending, settle_endings
from probity.know.records.models import ProposedEnding, RecordEvent
from tests.unit.know.delivered import AT, BY, DAY, SERIOUS, code, counted, later, listed, record_of, take_in


def test_a_missing_row_raises_a_proposal(database: str, tmp_path: Path) -> None:
    """The record stands until a person has decided."""
    take_in(tmp_path, SERIOUS, [listed(1), listed(2, of=2), listed(3, of=3)])
    line = take_in(tmp_path, SERIOUS, [listed(1), listed(3, of=3)], at=later(days=1))
    assert counted(line) == (2, 0, 2, 0, {})
    assert any("endings are proposed" in warning.en for warning in line.warnings)
    (proposed,) = queries.proposed_endings(by=BY).lines
    assert (proposed.record, proposed.name, proposed.state) == (record_of(2).pk, "甲2有限公司", "waiting")
    assert not RecordEvent.objects.exists()


def test_a_proposal_is_made_once(database: str, tmp_path: Path) -> None:
    """However often the list comes without the row."""
    take_in(tmp_path, SERIOUS, [listed(1), listed(2)])
    for day in (1, 2):
        take_in(tmp_path, SERIOUS, [listed(1)], at=later(days=day))
    assert ProposedEnding.objects.count() == 1


def test_what_was_ended_or_corrected_is_not_proposed(database: str, tmp_path: Path) -> None:
    """It does not stand any more, or stands under a later statement."""
    take_in(tmp_path, SERIOUS, [listed(1), listed(2), listed(3)])
    end(record=record_of(2).pk, kind="repair", effective_on=DAY, reason="修复", by=BY, at=later())
    take_in(tmp_path, SERIOUS, [listed(1)], at=later(days=1))
    assert list(ProposedEnding.objects.values_list("record_id", flat=True)) == [record_of(3).pk]


@pytest.mark.parametrize(("ends", "state"), [(True, "expired"), (False, "standing")])
def test_a_person_decides(database: str, tmp_path: Path, ends: bool, state: str) -> None:
    """Ending is an expiry from a day; keeping changes nothing."""
    take_in(tmp_path, SERIOUS, [listed(1), listed(2)])
    take_in(tmp_path, SERIOUS, [listed(1)], at=later(days=1))
    proposal = ProposedEnding.objects.get()
    settled = {"ends": ends, "effective_on": date(2026, 7, 1), "reason": "核实", "by": BY, "at": later(days=2)}
    settle_ending(proposal=proposal.pk, **settled)
    shown = dossier(code(1), as_of=date(2026, 7, 2), known_at=None, by=BY)
    assert {line.record: line.state for line in shown.lines}[proposal.record_id] == state
    with pytest.raises(NotWaiting) as refusal:
        settle_ending(proposal=proposal.pk, **settled)
    assert refusal.value.text.zh
    assert queries.proposed_endings(by=BY).total == 0


def test_an_unknown_proposal_is_said_to_be_unknown(database: str) -> None:
    """And nothing is written."""
    with pytest.raises(LookupError, match="no proposed ending 7"):
        settle_ending(proposal=7, ends=True, effective_on=DAY, reason="", by=BY, at=AT)


def test_many_are_decided_as_one_act(database: str, tmp_path: Path) -> None:
    """One revision and one entry with their number and digest; pressed twice, nothing more happens."""
    take_in(tmp_path, SERIOUS, [listed(number, of=number) for number in range(1, 6)])
    line = take_in(tmp_path, SERIOUS, [listed(1)], at=later(days=1))
    numbers = queries.ending_numbers(by=BY, batch=line.id, most=MOST_AT_ONCE)
    settle_ending(proposal=numbers[0], ends=False, effective_on=DAY, reason="仍在列", by=BY, at=later(days=2))
    settled = {"ends": True, "effective_on": date(2026, 7, 1), "reason": "名单移出", "by": BY, "at": later(days=2)}
    done = settle_endings(proposals=numbers, **settled)
    assert (done.done, list(done.refused)) == (3, numbers[:1])
    events = RecordEvent.objects.all()
    assert (len(events), len({event.revision for event in events}), {event.reason for event in events}) == (
        3,
        1,
        {"名单移出"},
    )
    (entry,) = entries(about=f"batch:{line.id}").filter(act="record.endings_settled")
    assert (entry.detail["records"], len(entry.detail["digest"])) == (3, 64)
    assert settle_endings(proposals=numbers, **settled).done == 0
    assert RecordEvent.objects.count() == 3


def test_many_are_not_decided_without_a_reason_nor_beyond_the_most(database: str) -> None:
    """An act on many restates why, and stays short."""
    settled = {"ends": True, "effective_on": DAY, "by": BY, "at": AT}
    with pytest.raises(ValueError, match="for a reason"):
        settle_endings(proposals=[1, 2], reason=" ", **settled)
    with pytest.raises(ValueError, match="more than the"):
        settle_endings(proposals=range(MOST_AT_ONCE + 1), reason="多", **settled)


def test_what_ended_a_record_is_told_with_reason_and_person(database: str, tmp_path: Path) -> None:
    """And only what was known at the revision asked about."""
    take_in(tmp_path, SERIOUS, [listed(1)])
    record = record_of(1).pk
    end(record=record, kind="repair", effective_on=DAY, reason="已修复", by=BY, at=later())
    (event,) = queries.events_about(record, revision=2, by=BY)
    assert (event.kind, event.reason, event.by, event.effective_on) == ("repair", "已修复", BY.key, DAY)
    assert queries.events_about(record, revision=1, by=BY) == ()
    (owner,) = queries.attributions_about(record, revision=1, by=BY)
    assert (owner.how, owner.revision) == ("credit_code", 1)
