"""Lists: a programme names its law, its deciders, its grounds and every way out."""

from datetime import date

import pytest

from probity.rulebook import Rulebook
from probity.rulebook.lists import Arrival, ExitKind, ListKind, Programme
from tests.unit.rulebook.small import faults, layer

PATH = "lists/serious/2021-01-01.yaml"
MEANING = """\
instrument: measure
article: art. 1
kind: serious
reach: national
arrivals: [decided, received]
record_type: penalty
names: [严重失信名单]
sectors: [market-supervision]
levels:
  county: {approved_above: true, article: art. 1}
grounds:
  food: {article: art. 1, penalties: [fine]}
needs: {fields: [number, decided_on], article: art. 1}
term: {months: 36, starts: determination, article: art. 1}
exits:
  correction: {article: art. 1, working_days: 3}
  annulment: {article: art. 1, working_days: 3}
  repair: {after_months: 12, conditions: [performed], article: art. 1}
  expiry: {article: art. 1}
limitation: {months: 24, article: art. 1}
fresh: {days: 7, article: art. 1}
"""
TEXT = """\
title: {zh: 严重失信名单, en: Serious list}
confidence: likely
labels:
  summary: {zh: 说明, en: Summary}
  grounds.food: {zh: 食品, en: Food}
  exits.repair.performed: {zh: 已履行, en: Performed}
"""


def texts(before: str = "", after: str = "") -> dict[str, str]:
    """Return the small rulebook with the list, one place of which may be spoilt."""
    assert before in MEANING
    beside = {PATH.replace(".yaml", ".text.yaml"): TEXT}
    return layer() | {PATH: MEANING.replace(before, after, 1) if before else MEANING} | beside


def programme(before: str = "", after: str = "") -> Programme:
    return Rulebook.read([texts(before, after)]).programme("serious", date(2024, 1, 1))


def test_every_part_arrives() -> None:
    found = programme()
    assert (found.kind, found.arrivals) == (ListKind.SERIOUS, frozenset(Arrival))
    assert found.levels["county"].is_approved_above and found.grounds["food"].penalties == {"fine"}
    assert found.exits[ExitKind.REPAIR].after_months == 12
    assert found.exits[ExitKind.REPAIR].conditions["performed"].zh == "已履行"
    assert found.term.months == 36 and found.limitation_months == 24 and found.fresh_days == 7
    assert found.is_on and found.is_adverse


def test_an_entry_lacking_what_it_needs_is_named_by_what_it_lacks() -> None:
    assert programme().missing({"number": "1", "decided_on": ""}) == ("decided_on",)


def test_a_local_list_is_off_until_a_local_regulation_is_entered() -> None:
    assert not programme("reach: national", "reach: local").is_on
    assert programme("reach: national", "reach: local\nregulation: {article: art. 2}").is_on


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("reach: national", "reach: national\nregulation: {article: art. 2}", "needs no local regulation"),
        ("record_type: penalty", "record_type: gossip", "no record type"),
        ("  correction: {article: art. 1, working_days: 3}\n", "", "can never be closed"),
        ("  annulment: {article: art. 1, working_days: 3}\n", "", "can never be closed"),
        ("county:", "village:", "no level"),
        ("fields: [number, decided_on]", "fields: [colour]", "no field"),
        ("term: {months: 36, ", "term: {months: 36, most_months: 60, ", "no longest one"),
        ("term: {months: 36, ", "term: {", "must state an end"),
        ("  expiry:", "  oblivion:", "there is no exit"),
        ("levels:\n  county: {approved_above: true, article: art. 1}\n", "", "'levels' is missing"),
        ("kind: serious", "kind: grudge", "one of serious"),
        ("fresh: {days: 7, article: art. 1}", "fresh: {days: 7}", "'article' is missing"),
        ("penalties: [fine]", "penalties: [fine], mood: bad", "unknown key"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(before: str, after: str, said: str) -> None:
    found = faults(texts(before, after))
    assert any(said in fault.reason.en and fault.file == PATH and fault.line > 0 for fault in found), found


def test_a_ground_without_a_label_is_refused() -> None:
    spoilt = texts()
    spoilt[PATH.replace(".yaml", ".text.yaml")] = TEXT.replace("  grounds.food: {zh: 食品, en: Food}\n", "")
    assert any("grounds.food" in fault.reason.en for fault in faults(spoilt))
