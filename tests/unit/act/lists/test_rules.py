"""Lists: until when an entry stands, what takes it out of use, and how fresh a list must be."""

from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest

from probity.act.lists.rules import by_name, coverage, derived, entries
from probity.act.lists.types import Coverage, ListEntry, MarkKind, StatedEntry, Use, is_covered
from probity.rulebook import Rulebook, shipped
from probity.rulebook.lists import TermStart

DAY = date(2026, 12, 15)
KNOWN = datetime(2026, 2, 14, tzinfo=UTC)


@cache
def rulebook() -> Rulebook:
    return Rulebook.read([shipped()])


def stated(programme: str = "serious-violation", record: int = 1, **changes: object) -> StatedEntry:
    """Return an entry on a list as its record states it."""
    rule = rulebook().programme(programme, DAY)
    values: dict[str, object] = {
        "record": record,
        "enterprise": 1,
        "type": rule.record_type,
        "list_name": rule.names[0],
        "ground": "虚假登记",
        "document": "临列〔2026〕1号",
        "authority": "临澜市市场监督管理局",
        "entered_on": date(2026, 2, 13),
        "ends_on": None,
        "determined_on": None,
        "conduct_ended_on": None,
        "source": "linlan-market",
        "known_at": KNOWN,
        "revision": 1,
    }
    return StatedEntry(**(values | changes))  # type: ignore[arg-type]


def standing(
    *some: StatedEntry, on: date = DAY, marks: dict[int, list[MarkKind]] | None = None
) -> tuple[ListEntry, ...]:
    return entries(some, rulebook().programmes(on).values(), marks or {}, on=on)


def use(*marks: MarkKind) -> Use:
    return standing(stated(), marks={1: list(marks)})[0].use


def test_the_term_counts_where_the_source_states_no_end() -> None:
    """O44: three years, from the decision; and the derivation says so."""
    (entry,) = standing(stated())
    assert entry.ends_on == date(2029, 2, 13)
    assert (entry.derivation.starts, entry.derivation.months) == (TermStart.DETERMINATION, 36)
    assert str(entry.derivation.reference) == "o44 exit"


def test_a_stated_end_counts_unless_it_is_beyond_the_law() -> None:
    assert standing(stated(ends_on=date(2027, 2, 13)))[0].ends_on == date(2027, 2, 13)
    assert standing(stated(ends_on=date(2099, 12, 31)))[0].ends_on == date(2029, 2, 13)


def test_a_ban_stands_as_decided_and_never_longer_than_three_years() -> None:
    """Procurement Law art. 77."""
    rule = rulebook().programme("procurement-ban", DAY)
    decided = stated("procurement-ban", ends_on=date(2027, 2, 13))
    assert derived(decided, rule).ends_on == date(2027, 2, 13)
    assert derived(stated("procurement-ban", ends_on=date(2040, 1, 1)), rule).ends_on == date(2029, 2, 13)


def test_a_debtor_stands_until_the_court_says_otherwise() -> None:
    assert standing(stated("judgment-debtors"))[0].ends_on is None


@pytest.mark.parametrize(
    ("on", "stands"), [(date(2026, 2, 12), 0), (date(2026, 2, 13), 1), (date(2029, 2, 12), 1), (date(2029, 2, 13), 0)]
)
def test_an_entry_stands_from_its_day_up_to_its_end(on: date, stands: int) -> None:
    """An ended entry leaves nothing behind, not even a mark."""
    assert len(standing(stated(), on=on)) == stands


def test_a_list_nobody_knows_is_no_list() -> None:
    assert standing(stated(list_name="网友票选名单")) == ()


def test_names_of_lists_are_folded() -> None:
    assert len(standing(stated(list_name=" 市场监督管理 严重违法失信名单"))) == 1


def test_every_name_belongs_to_one_list() -> None:
    """Were a name on two lists, an entry would stand on whichever was read last."""
    programmes = rulebook().programmes(DAY)
    assert len(by_name(programmes.values())) == sum(len(one.names) for one in programmes.values())


def test_marks_follow_one_another() -> None:
    contested, settled, suspended, resumed = MarkKind
    assert use() is Use.ACTIVE
    assert use(contested) is Use.CONTESTED
    assert use(contested, settled) is Use.ACTIVE
    assert use(contested, suspended) is Use.SUSPENDED
    assert use(contested, suspended, resumed) is Use.CONTESTED
    assert use(suspended, resumed, suspended) is Use.SUSPENDED


def test_an_incomplete_entry_is_visible_and_supports_nothing() -> None:
    (entry,) = standing(stated(missing=("decision_number",)))
    assert (entry.use, entry.missing) == (Use.INCOMPLETE, ("decision_number",))


def test_a_red_entry_lapses_while_a_serious_one_is_in_use() -> None:
    red = stated("tax-grade-a", record=2, entered_on=date(2026, 4, 30))
    assert [entry.use for entry in standing(stated(), red)] == [Use.LAPSED, Use.ACTIVE]


@pytest.mark.parametrize("mark", [MarkKind.SUSPENDED, None])
def test_a_red_entry_does_not_lapse_by_one_that_is_out_of_use(mark: MarkKind | None) -> None:
    """A wrong listing under suspension takes no honour away either; nor does an incomplete one."""
    red = stated("tax-grade-a", record=2, entered_on=date(2026, 4, 30))
    black = stated(missing=() if mark else ("ground",))
    found = standing(black, red, marks={1: [mark]} if mark else {})
    assert {entry.programme: entry.use for entry in found}["tax-grade-a"] is Use.ACTIVE


def test_the_abnormal_list_takes_no_honour_away() -> None:
    red = stated("tax-grade-a", record=2, entered_on=date(2026, 4, 30))
    assert Use.LAPSED not in {entry.use for entry in standing(stated("abnormal-operation"), red)}


def test_a_local_list_without_a_regulation_is_off() -> None:
    assert standing(stated("local-serious"))[0].use is Use.OFF


def covering(heard: dict[str, datetime], *required: str, at: datetime = KNOWN) -> tuple[Coverage, ...]:
    return coverage(rulebook().programmes(DAY).values(), heard, required=frozenset(required), at=at)


def test_a_list_not_heard_of_for_too_long_is_stale() -> None:
    programmes = rulebook().programmes(DAY).values()
    fresh = {one.key: KNOWN - timedelta(days=one.fresh_days) for one in programmes}
    assert is_covered(covering(fresh))
    late = {key: moment - timedelta(seconds=1) for key, moment in fresh.items()}
    assert all(one.is_stale for one in covering(late)) and not is_covered(covering(late))


def test_one_stale_list_spoils_every_clean_answer() -> None:
    fresh = {one.key: KNOWN for one in rulebook().programmes(DAY).values()}
    assert not is_covered(covering(fresh | {"tax-violators": KNOWN - timedelta(days=90)}))


def test_a_list_that_never_came_is_not_carried_unless_it_must_be() -> None:
    """What a city does not have it does not speak of; what it undertook to carry it must have."""
    heard = {"serious-violation": KNOWN}
    by_key = {one.programme: one for one in covering(heard)}
    assert not by_key["tax-violators"].is_carried and is_covered(covering(heard))
    assert not is_covered(covering(heard, "tax-violators"))


def test_without_any_list_nobody_is_clean() -> None:
    assert not is_covered(covering({}))


def test_a_list_that_is_off_is_not_among_the_covered() -> None:
    named = {one.programme for one in covering({})}
    assert "local-serious" not in named and "serious-violation" in named
