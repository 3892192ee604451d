"""The slow twin: what each line of an evaluation says."""

from datetime import date

from probity.engine.frames import Fact
from probity.engine.reference import judge
from probity.engine.types import UNRATED, ContributionKind
from tests.unit.engine.make import DAY, labels, system
from tests.unit.engine.systems import RULE, SYSTEM, TEXT, day


def lines(evaluation) -> list[tuple[str, str, int | None, int]]:
    return [(str(one.kind), one.indicator, one.record, one.points) for one in evaluation.contributions]


def test_a_cap_falls_on_the_newest_facts_and_names_them() -> None:
    facts = [Fact(3, "penalty", day(3), degree="serious"), Fact(1, "penalty", day(1), degree="serious")]
    assert lines(judge(SYSTEM, facts, DAY)) == [
        ("start", "", None, 10000),
        ("record", "penalties", 1, -2000),
        ("record", "penalties", 3, -2000),
        ("cap", "penalties", 3, 1000),
    ]


def test_a_floor_fills_up_only_where_a_fact_counts() -> None:
    evaluation = judge(SYSTEM, [Fact(1, "visit", day(1), kind="fail")], DAY)
    assert evaluation.points["visits"] == -400
    assert ("floor", "visits", None, -100) in lines(evaluation)
    assert judge(SYSTEM, [], DAY).points["visits"] == 0


def test_a_dimension_is_held_at_its_cap_and_the_score_at_its_own() -> None:
    evaluation = judge(SYSTEM, [Fact(number, "award", day(number)) for number in (1, 2)], DAY)
    assert evaluation.dimensions["standing"] == 400
    assert evaluation.score == 10000
    assert [one.dimension for one in evaluation.contributions if one.kind is ContributionKind.CAP] == ["standing", ""]


def test_two_events_of_one_day_count_in_the_order_of_their_records() -> None:
    rule = """
instrument: made-up-measure
family: sector
status: illustration
publication: internal
silence: neutral
rolling: {starts_at: 9, at_most: 12, article: 1}
dimensions:
  conduct:
    article: 2
    indicators:
      taken: {article: 2, counts: penalty, within: retention, takes: {each: 4}}
      added: {article: 2, counts: award, within: retention, adds: {each: 5}}
bands: {article: 3, grades: {good: {from: 9}, poor: {below: 9}}}
"""
    rolling = system(rule, labels("conduct", "taken", "added", "good", "poor"))
    taken_first = [Fact(1, "penalty", day(1)), Fact(2, "award", day(1))]
    added_first = [Fact(2, "penalty", day(1)), Fact(1, "award", day(1))]
    assert judge(rolling, taken_first, DAY).score == 1000
    assert judge(rolling, added_first, DAY).score == 800
    assert lines(judge(rolling, added_first, DAY)) == [
        ("start", "", None, 900),
        ("record", "added", 1, 500),
        ("cap", "", 1, -200),
        ("record", "taken", 2, -400),
    ]


def test_shares_are_rounded_once_and_what_the_lines_leave_is_told() -> None:
    """Three facts of 0.01 points at half weight: each line rounds to 0.01, the sum of 0.03 to 0.02."""
    rule = RULE.replace("at_least: -50", "weight: 50").replace("at_most: 4\n", "weight: 50\n")
    rule = rule.replace("minor: 1,", "minor: 0.01,")
    halved = system(rule, TEXT)
    evaluation = judge(halved, [Fact(number, "penalty", day(number), degree="minor") for number in (1, 2, 3)], DAY)
    assert evaluation.score == 10000 - 2
    assert evaluation.contributions[-1].kind is ContributionKind.ROUNDING
    assert sum(one.points for one in evaluation.contributions) == evaluation.score


def test_silence_that_means_no_rating_gives_none_even_if_old_facts_are_there() -> None:
    unrated = system(RULE.replace("silence: neutral", "silence: unrated"), TEXT)
    old = Fact(1, "penalty", date(2020, 1, 1), degree="serious")
    for facts in ([], [old]):
        evaluation = judge(unrated, facts, DAY)
        assert (evaluation.score, evaluation.grade, evaluation.contributions) == (None, UNRATED, ())
    assert judge(unrated, [Fact(2, "visit", day(1), kind="fail")], DAY).grade == "A"


def test_fired_rules_name_their_records() -> None:
    fired = judge(SYSTEM, [Fact(7, "penalty", day(1), kind="closure"), Fact(8, "listing", day(1))], DAY).fired
    assert [(one.key, one.records) for one in fired] == [("on-the-list", (8,)), ("closed", (7,))]
