"""Measures: nothing applies without a live, published basis, and every answer says why."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import product

import pytest

from probity.act.lists.types import Coverage, ListEntry, TermDerivation, Use
from probity.act.measures.rules import answer, conflicts, refusals, stands
from probity.act.measures.types import MatterAnswer, Published
from probity.rulebook import Rulebook, shipped
from probity.rulebook.lists import ListKind
from probity.rulebook.measures import Bite, Measure, MeasureKind, Trigger, Verdict
from probity.rulebook.types import InstrumentKind
from probity.terms import LegalReference

DAY = date(2026, 12, 15)


@cache
def rulebook() -> Rulebook:
    return Rulebook.read([shipped()])


def measure(key: str) -> Measure:
    return rulebook().measures(DAY)[key]


def everything_published() -> list[Published]:
    return [Published(one.place, one.file.starts_on) for one in rulebook().measures(DAY).values()]


def hit(programme: str, use: Use = Use.ACTIVE, ends_on: date | None = date(2028, 1, 1)) -> ListEntry:
    """Return an entry that stands since January."""
    rule = rulebook().programme(programme, DAY)
    return ListEntry(
        record=1,
        enterprise=1,
        programme=programme,
        title=rule.title,
        kind=rule.kind,
        ground="",
        document="财罚〔2026〕1号",
        authority="市财政局",
        basis=rule.reference,
        entered_on=date(2026, 1, 5),
        ends_on=ends_on,
        derivation=TermDerivation(None, None, None, ends_on, rule.term.reference),
        use=use,
        missing=(),
        source="linlan-finance",
        known_at=datetime(2026, 1, 6, tzinfo=UTC),
    )


def asked(
    scenario: str, *hits: ListEntry, body: str = "finance", published: list[Published] | None = None
) -> MatterAnswer:
    return answer(
        rulebook().scenarios(DAY)[scenario],
        hits,
        grades={},
        rulebook=rulebook(),
        published=everything_published() if published is None else published,
        body=body,
        on=DAY,
    )


def test_nothing_on_any_list_means_proceed() -> None:
    assert asked("procurement") == MatterAnswer(Verdict.PROCEED, (), ())


def test_a_ban_holds_a_procurement_and_names_its_basis() -> None:
    found = asked("procurement", hit("procurement-ban"))
    assert found.verdict is Verdict.HOLD
    assert [str(one.measure.reference) for one in found.applied] == ["procurement-law art. 77"]
    assert found.applied[0].ends_on == date(2028, 1, 1)


def test_an_unpublished_measure_is_never_applied() -> None:
    """SH art. 32: and the answer says that this is why."""
    found = asked("procurement", hit("procurement-ban"), published=[])
    assert found.verdict is Verdict.PROCEED and found.applied == ()
    assert {one.reason.zh for one in found.not_applied} == {"措施未公布，不得适用"}


def test_publication_counts_from_its_day() -> None:
    late = [Published(measure("procurement-exclusion").place, date(2027, 1, 1))]
    assert asked("procurement", hit("procurement-ban"), published=late).verdict is Verdict.PROCEED


@pytest.mark.parametrize("use", [Use.SUSPENDED, Use.INCOMPLETE, Use.LAPSED])
def test_an_entry_out_of_use_supports_nothing(use: Use) -> None:
    found = asked("procurement", hit("procurement-ban", use))
    assert found.verdict is Verdict.PROCEED and len(found.not_applied) == 1


def test_a_contested_entry_is_annotated_and_still_counts() -> None:
    """An objection annotates; suspension is another transition, with its own ground."""
    assert asked("procurement", hit("procurement-ban", Use.CONTESTED)).verdict is Verdict.HOLD


def test_an_ended_entry_does_not_hold() -> None:
    assert asked("procurement", hit("procurement-ban", ends_on=DAY)).verdict is Verdict.PROCEED


def test_a_body_without_the_power_is_told_so() -> None:
    found = asked("procurement", hit("procurement-ban"), body="culture")
    assert found.verdict is Verdict.PROCEED
    assert found.not_applied[0].reason.en == "the asking body may not apply this measure"


def test_the_abnormal_list_never_holds_anything() -> None:
    """DOMAIN 8.2: it is no black list, in no scenario, whoever asks."""
    for key, scenario in rulebook().scenarios(DAY).items():
        for body in scenario.bodies:
            assert asked(key, hit("abnormal-operation"), body=body).verdict is Verdict.PROCEED


def test_a_serious_record_closes_the_way_by_commitment_only() -> None:
    """SZ art. 59: the licence is decided by the ordinary procedure, not refused."""
    found = asked("licensing", hit("serious-violation"), body="approval")
    assert found.verdict is Verdict.PROCEED
    assert {one.measure.bite for one in found.applied} >= {Bite.NO_COMMITMENT, Bite.SCRUTINISES}


def test_a_red_entry_that_lapsed_favours_nobody() -> None:
    found = asked("tax", hit("tax-grade-a", Use.LAPSED), body="taxation")
    assert found.applied == () and "失效" in found.not_applied[0].reason.zh
    assert asked("tax", hit("tax-grade-a"), body="taxation").applied[0].measure.bite is Bite.FAVOURS


def test_every_shipped_measure_is_sound_or_says_what_it_lacks() -> None:
    """What is marked unsure, or rests on a list that is off, may not be published."""
    unsound = {
        key: {one.code for one in refusals(one, rulebook(), on=DAY)} for key, one in rulebook().measures(DAY).items()
    }
    assert {key: codes for key, codes in unsound.items() if codes} == {
        "false-application-bar": {"unsure", "list-off"},
        "energy-price-review": {"unsure"},
    }


def _spoilt(one: Measure) -> list[tuple[str, Measure]]:
    """Return the measure with each of its supports knocked away, and what must be said of it."""
    weaker = next(
        rule for rule in (rulebook().instrument(key) for key in ("o44", "sta-o54")) if rule.kind is InstrumentKind.RULE
    )
    article = next(iter(weaker.articles))
    spoilt = [
        ("no-basis", replace(one, reference=LegalReference("nobody-knows", "art. 1"))),
        ("no-article", replace(one, reference=LegalReference(one.reference.instrument, "art. 9999"))),
        ("repealed", replace(one, reference=LegalReference("ndrc-o58", "terms"))),
        ("no-trigger", replace(one, triggers=(Trigger(programme="gossip"),))),
        ("list-off", replace(one, triggers=(Trigger(programme="local-serious"),))),
        ("no-scenario", replace(one, scenarios=frozenset({"marriage"}))),
        ("no-body", replace(one, bodies=frozenset({"fan-club"}))),
        ("unsure", replace(one, confidence="unsure")),
        ("too-weak", replace(one, reference=LegalReference("probity-proposal-lists", "art. 1"))),
        ("not-yet", replace(one, file=replace(one.file, starts_on=date(2030, 1, 1)))),
    ]
    if one.kind is MeasureKind.RESTRICTION:
        spoilt.append(("too-weak", replace(one, reference=LegalReference(weaker.key, article))))
    return spoilt


PLANTED = [(code, bad) for one in rulebook().measures(DAY).values() for code, bad in _spoilt(one)]


def test_two_hundred_baseless_measures_are_planted() -> None:
    """The number the promise names; fewer would make the next test mean less."""
    assert len(PLANTED) >= 200


def test_every_baseless_measure_is_refused_by_name() -> None:
    missed = [
        (code, bad.key) for code, bad in PLANTED if code not in {one.code for one in refusals(bad, rulebook(), on=DAY)}
    ]
    assert missed == []


def test_a_contrary_measure_on_one_matter_is_refused() -> None:
    """One trigger may not both bar and favour, nor both bar and let go on under conditions."""
    for one, bite in product(rulebook().measures(DAY).values(), (Bite.FAVOURS, Bite.CONDITIONS)):
        contrary = replace(one, key="contrary", bite=bite)
        assert bool(conflicts(contrary, [one])) is (one.bite is Bite.BARS)
        assert conflicts(replace(contrary, scenarios=frozenset({"elsewhere"})), [one]) == ()
        assert conflicts(replace(contrary, key=one.key), [one]) == (), "a later edition follows the earlier one"


def test_the_red_lists_lapse_on_serious_ones_and_on_nothing_else() -> None:
    for programme in rulebook().programmes(DAY).values():
        assert programme.lapses_on == (frozenset({ListKind.SERIOUS}) if programme.kind is ListKind.RED else frozenset())


def test_nobody_is_let_go_on_by_lists_that_are_stale() -> None:
    """Even for one who is listed: what came since might hold the matter. What holds it holds it anyway."""
    fresh = Coverage("serious-violation", rulebook().programme("serious-violation", DAY).title, None, True, False)
    for verdict in Verdict:
        assert stands(verdict, [fresh])
        assert stands(verdict, [fresh, replace(fresh, is_stale=True)]) is (verdict is Verdict.HOLD)
        assert stands(verdict, []) is (verdict is Verdict.HOLD)
