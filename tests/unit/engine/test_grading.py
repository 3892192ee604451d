"""Grading: bands, direct grades, ceilings and vetoes, in that order."""

import pytest

from probity.engine.frames import Fact
from probity.engine.grading import band_of
from probity.engine.reference import judge
from tests.unit.engine.make import DAY, system
from tests.unit.engine.systems import RULE, SYSTEM, TEXT, day


@pytest.mark.parametrize(
    ("score", "grade"), [(10000, "A"), (9000, "A"), (8999, "B"), (7000, "B"), (6999, "C"), (0, "D")]
)
def test_a_band_holds_its_lower_limit_and_not_its_upper(score: int, grade: str) -> None:
    assert SYSTEM.bands[band_of(SYSTEM, score)].grade == grade


def test_a_direct_grade_lifts_a_ceiling_lowers_it_and_a_veto_ends_it() -> None:
    lost = [Fact(number, "penalty", day(number), degree="serious") for number in (1, 2)]
    awarded = [Fact(number, "award", day(number)) for number in (3, 4)]
    listed, closed = [Fact(5, "listing", day(1))], [Fact(6, "penalty", day(1), kind="closure", degree="minor")]
    assert judge(SYSTEM, lost, DAY).grade == "B"
    assert judge(SYSTEM, lost + awarded, DAY).grade == "A"
    assert judge(SYSTEM, lost + awarded + listed, DAY).grade == "B"
    assert judge(SYSTEM, lost + awarded + listed + closed, DAY).grade == "D"


def test_grades_are_ordered_by_the_file_and_not_by_their_letters() -> None:
    rule = RULE
    for letter, colour in (("A", "zinc"), ("B", "yellow"), ("C", "red"), ("D", "black")):
        rule = rule.replace(f"grade: {letter}", f"grade: {colour}").replace(f"    {letter}: {{", f"    {colour}: {{")
    text = TEXT + "".join(f"  {colour}: {{zh: 色, en: colour}}\n" for colour in ("zinc", "yellow", "red", "black"))
    for letter in "ABCD":
        text = text.replace(f"  {letter}: {{zh: {letter}, en: {letter}}}\n", "")
    coloured = system(rule, text)
    assert judge(coloured, [], DAY).grade == "zinc"
    assert judge(coloured, [Fact(5, "listing", day(1))], DAY).grade == "yellow"


def test_a_grade_by_rule_is_reached_by_no_score() -> None:
    rule = RULE.replace("C: {from: 60, below: 70}", "C: {below: 70}").replace("D: {below: 60}", "D: by_rule")
    ruled = system(rule, TEXT)
    assert ruled.bands[band_of(ruled, 0)].grade == "C"
    assert judge(ruled, [Fact(6, "penalty", day(1), kind="closure")], DAY).grade == "D"
