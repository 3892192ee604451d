"""What was known of a record, step by step: spans of revisions say the same as asking each time."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probity.engine.frames import FOREVER
from probity.know.dossiers.rules import End, History, Span, owner_at, spans, state_at

DAY = date(2026, 6, 15)
BORN = History(7, 3, ((3, 70),))


def spans_of(**changes: object) -> list[Span]:
    return list(spans(replace(BORN, **changes)))  # type: ignore[arg-type]


def test_a_record_nobody_touched_stands_for_ever() -> None:
    """From the revision at which its batch closed."""
    assert spans_of() == [Span(70, 3, FOREVER, None)]


@pytest.mark.parametrize("kind", ["corrected", "annulled"])
def test_a_removal_closes_the_last_span(kind: str) -> None:
    """For every day, from its revision on; a second removal changes nothing."""
    assert spans_of(removals=((5, kind),)) == [Span(70, 3, 5, None)]
    assert spans_of(removals=((5, kind), (8, "annulled"))) == [Span(70, 3, 5, None)]


def test_a_record_superseded_within_its_own_batch_was_never_known() -> None:
    """An envelope may correct itself in one file."""
    assert spans_of(removals=((3, "corrected"),)) == []


def test_a_repair_is_known_from_its_revision_and_effective_from_its_day() -> None:
    """Two clocks: before revision 5 nobody knew; before the day it counted."""
    ended = (End(5, "repair", DAY),)
    assert spans_of(ends=ended) == [Span(70, 3, 5, None), Span(70, 5, FOREVER, DAY)]


def test_the_earliest_of_several_ends_holds() -> None:
    """Whatever became known first."""
    ends = (End(5, "expiry", date(2026, 9, 1)), End(6, "repair", DAY), End(7, "expiry", date(2027, 1, 1)))
    assert [span.ends_on for span in spans_of(ends=ends)] == [None, date(2026, 9, 1), DAY, DAY]


def test_a_record_given_to_another_moves_from_that_revision_on() -> None:
    """Before it, it was the first one's; nobody's in between where nobody was known."""
    moved = ((3, 70), (5, None), (8, 71))
    assert spans_of(attributions=moved) == [Span(70, 3, 5, None), Span(None, 5, 8, None), Span(71, 8, FOREVER, None)]
    history = replace(BORN, attributions=moved)
    assert [owner_at(history, revision) for revision in (2, 3, 4, 5, 7, 8, 99)] == [None, 70, 70, None, None, 71, 71]


@pytest.mark.parametrize(
    ("as_of", "revision", "state"),
    [
        (DAY, 4, ("standing", None)),
        (date(2026, 6, 14), 5, ("standing", None)),
        (DAY, 5, ("repaired", DAY)),
        (DAY, 6, ("expired", date(2026, 6, 1))),
        (date(2026, 5, 31), 6, ("standing", None)),
        (date(2026, 6, 1), 6, ("expired", date(2026, 6, 1))),
        (DAY, 9, ("annulled", None)),
        (date(2020, 1, 1), 9, ("annulled", None)),
    ],
)
def test_the_state_of_a_record_on_a_day_as_known_then(
    as_of: date, revision: int, state: tuple[str, date | None]
) -> None:
    """A repair known at 5, an earlier expiry known at 6, an annulment known at 9."""
    ends = (End(5, "repair", DAY), End(6, "expiry", date(2026, 6, 1)))
    history = History(7, 3, ((3, 70),), ((9, "annulled"),), ends)
    assert state_at(history, as_of=as_of, revision=revision) == state


REVISIONS = st.integers(1, 9)
DAYS = st.dates(date(2026, 6, 1), date(2026, 6, 9))


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Draw a history in which nothing is known before the record was born."""
    born = draw(REVISIONS)
    later = st.integers(born, 10)
    owners = draw(st.lists(st.tuples(later, st.sampled_from([None, 1, 2])), max_size=3))
    removals = draw(st.lists(st.tuples(later, st.sampled_from(["corrected", "annulled"])), max_size=2))
    ends = draw(st.lists(st.builds(End, later, st.sampled_from(["repair", "expiry"]), DAYS), max_size=3))
    first = (born, draw(st.sampled_from([None, 1, 2])))
    return History(
        7,
        born,
        tuple(sorted([first, *owners], key=lambda step: step[0])),
        tuple(sorted(removals)),
        tuple(sorted(ends, key=lambda end: end.revision)),
    )


@given(histories(), st.integers(0, 11), DAYS)
def test_spans_and_states_say_the_same(history: History, revision: int, as_of: date) -> None:
    """The mirror reads spans, pages read states: who counts for whom must never differ."""
    seen = [
        span.enterprise
        for span in spans(history)
        if span.from_revision <= revision < span.until_revision and (span.ends_on is None or as_of < span.ends_on)
    ]
    is_standing = history.born <= revision and state_at(history, as_of=as_of, revision=revision)[0] == "standing"
    assert seen == ([owner_at(history, revision)] if is_standing else [])


@given(histories())
def test_spans_follow_each_other_without_gap_or_overlap(history: History) -> None:
    """So that a revision finds one row of a record at most."""
    found = list(spans(history))
    assert all(before.until_revision == after.from_revision for before, after in pairwise(found))
    assert all(span.from_revision < span.until_revision for span in found)
