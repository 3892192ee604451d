"""Lists: from delivered files to an answer, on two clocks, and no trace after an exit."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from probity.act.lists.actions import mark, pull
from probity.act.lists.models import Entry
from probity.act.lists.queries import MOST_CODES, TooManyCodes, counts, entries_of, lookup, on_list
from probity.act.lists.types import Conclusion, ListAnswer, MarkKind, Use
from probity.guard.procedures.queries import latest_revision
from probity.know.records.actions import end
from probity.know.registry.queries import by_codes
from tests.unit.know.delivered import AT, BY, DAY, SERIOUS, Row, code, later, listed, record_of, take_in

pytestmark = pytest.mark.usefixtures("database")


def asked(number: int = 1, on: date = DAY, days: int = 0, known_days: int | None = None) -> ListAnswer:
    known_at = None if known_days is None else later(days=known_days)
    return lookup([code(number)], as_of=on, known_at=known_at, by=BY, at=later(days=days))[0]


def projected() -> list[tuple[int, str, date | None, str]]:
    """Return what today's table holds, as the pull left it."""
    return sorted(Entry.objects.values_list("record_id", "programme", "ends_on", "use"))


def computed(on: date = DAY) -> list[tuple[int, str, date | None, str]]:
    """Return the same from the records themselves."""
    found = entries_of(list(by_codes([code(n) for n in range(1, 9)]).values()), on=on, revision=latest_revision())
    return sorted(
        (entry.record, entry.programme, entry.ends_on, entry.use.value) for some in found.values() for entry in some
    )


def test_a_delivered_entry_is_found_with_its_basis(tmp_path: Path) -> None:
    take_in(tmp_path, SERIOUS, [listed(1)])
    (entry,) = asked().entries
    assert (entry.programme, entry.document, entry.use) == ("serious-violation", "临列〔2026〕1号", Use.ACTIVE)
    assert entry.ends_on == date(2029, 2, 13) and entry.authority == "临澜市市场监督管理局"


def test_a_clean_answer_says_how_far_it_reaches(tmp_path: Path) -> None:
    """Nothing found without coverage would mean nothing (DOMAIN 8.6)."""
    take_in(tmp_path, SERIOUS, [listed(1)])
    answer = asked(2)
    assert (answer.entries, answer.conclusion) == ((), Conclusion.CLEAN)
    by_key = {one.programme: one for one in answer.coverage}
    assert by_key["serious-violation"].is_carried and not by_key["tax-violators"].is_carried


def test_without_news_nobody_is_called_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither before the first list came, nor while one is missing that must be here."""
    assert asked(2).conclusion is Conclusion.UNKNOWN
    take_in(tmp_path, SERIOUS, [listed(1)])
    monkeypatch.setattr(settings, "PROBITY_LISTS_REQUIRED", ["tax-violators"])
    assert asked(2).conclusion is Conclusion.UNKNOWN
    assert asked(1).conclusion is Conclusion.LISTED


def test_a_list_goes_stale_without_news(tmp_path: Path) -> None:
    take_in(tmp_path, SERIOUS, [listed(1)])
    by_key = {one.programme: one for one in asked(on=DAY + timedelta(days=30), days=30).coverage}
    assert by_key["serious-violation"].is_stale


@pytest.mark.parametrize("kind", ["correction", "annulment", "repair", "expiry"])
def test_an_exit_leaves_no_trace(tmp_path: Path, kind: str) -> None:
    """The answer after an exit is the answer of one who never was on any list."""
    take_in(tmp_path, SERIOUS, [listed(1), listed(2, of=2)])
    end(record=record_of(1).pk, kind=kind, effective_on=DAY, reason="", by=BY, at=later(days=1))
    after, never = asked(1, days=2), asked(3, days=2)
    assert (after.entries, after.coverage) == (never.entries, never.coverage) == ((), never.coverage)


def test_the_past_is_answered_as_it_was_known(tmp_path: Path) -> None:
    take_in(tmp_path, SERIOUS, [listed(1)])
    end(record=record_of(1).pk, kind="annulment", effective_on=DAY, reason="", by=BY, at=later(days=5))
    assert len(asked(days=9, known_days=4).entries) == 1
    assert asked(days=9, known_days=6).entries == ()


def test_a_mark_takes_an_entry_out_of_use_and_back(tmp_path: Path) -> None:
    take_in(tmp_path, SERIOUS, [listed(1)])
    record = record_of(1).pk

    def said(kind: MarkKind) -> Use:
        mark(record=record, kind=kind, reason="冒名登记", by=BY, at=later(days=1))
        pull(on=DAY)
        assert projected() == computed()
        return asked().entries[0].use

    assert [said(kind) for kind in MarkKind] == [Use.CONTESTED, Use.ACTIVE, Use.SUSPENDED, Use.ACTIVE]


def test_a_mark_said_twice_changes_nothing(tmp_path: Path) -> None:
    take_in(tmp_path, SERIOUS, [listed(1)])
    record, before = record_of(1).pk, latest_revision()
    for _ in range(2):
        mark(record=record, kind=MarkKind.SUSPENDED, reason="", by=BY, at=later(days=1))
    assert latest_revision() == before + 1
    mark(record=record, kind=MarkKind.SETTLED, reason="", by=BY, at=later(days=1))
    assert latest_revision() == before + 1, "nothing was contested, so nothing is settled"


def test_todays_entries_equal_what_the_records_say(tmp_path: Path) -> None:
    """The projection is no truth of its own: after every step it equals the records."""
    steps: Sequence[Sequence[Row]] = (
        [listed(1), listed(2, of=2)],
        [listed(1), listed(3, of=3), listed(4, of=4, 公示截止期="2026-07-02")],
    )
    for days, rows in enumerate(steps):
        take_in(tmp_path, SERIOUS, rows, at=later(days=days))
        pull(on=DAY)
        assert projected() == computed() and projected()
    assert pull(on=DAY) == 0, "a second pull over the same knowledge changes nothing"
    ended = date(2026, 7, 2)
    pull(on=ended)
    assert projected() == computed(ended), "the calendar ends entries without any news"


def test_the_public_page_of_a_list_shows_what_is_in_use(tmp_path: Path) -> None:
    take_in(tmp_path, SERIOUS, [listed(1), listed(2, of=2)])
    mark(record=record_of(2).pk, kind=MarkKind.SUSPENDED, reason="", by=BY, at=later(days=1))
    pull(on=DAY)
    page = on_list("serious-violation", on=DAY, by=BY)
    assert [(line.code, entry.document) for line, entry in page.lines] == [(code(1), "临列〔2026〕1号")]
    assert counts(on=DAY, by=BY) == {"serious-violation": 1}


def test_too_many_codes_are_refused_before_anything_is_read() -> None:
    with pytest.raises(TooManyCodes):
        lookup([code(1)] * (MOST_CODES + 1), as_of=DAY, known_at=None, by=BY, at=AT)


def test_what_is_no_code_is_refused() -> None:
    with pytest.raises(ValueError, match="18 characters"):
        lookup(["91"], as_of=DAY, known_at=None, by=BY, at=AT)
