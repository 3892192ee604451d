"""Disclosure: default closed, what the law refuses, and the last public day."""

from datetime import date

import pytest

from probity.rulebook.types import Bearing, Publicity, RecordType, RuleFile, Stage
from probity.show.disclosure.rules import disclosure_of, last_day, was_public
from probity.show.disclosure.types import Derivation, Disclosure, Refusal
from probity.terms import LegalReference, Text

LAW = LegalReference("made-up-measure", "art. 3")
TERM = LegalReference("made-up-measure", "art. 8")
OBJECTION = Text("可以提出异议", "an objection is possible")
ON = date(2026, 6, 30)


def ground(**stated: object) -> Publicity:
    """A publicity of twelve months from the day of the decision, changed as stated."""
    given: dict[str, object] = {
        "reference": LAW,
        "starts": "decided_on",
        "ends": "publicity_ends_on",
        "months": 12,
        "refuses": {"category": ("warning", "no-penalty"), "procedure": ("summary",)},
        "objection": OBJECTION,
    }
    return Publicity(**(given | stated))  # type: ignore[arg-type]


def record_type(publicity: Publicity | None) -> RecordType:
    """A made-up penalty with this publicity."""
    return RecordType(
        key="penalty",
        file=RuleFile("record_types", "penalty", date(2020, 1, 1), "0" * 64, "record_types/penalty/2020-01-01.yaml"),
        title=Text("处罚", "Penalty"),
        reference=LAW,
        stage=Stage.AFTER,
        bearing=Bearing.ADVERSE,
        adverse_when={},
        identity=(),
        fields={},
        occurred_on="decided_on",
        until=None,
        kind="category",
        degree=None,
        amount=None,
        points=None,
        retention_months=60,
        publicity=publicity,
    )


def decided(**fields: str) -> dict[str, str]:
    """The fields of a fine decided on 1 February 2026, changed as stated."""
    return {"decided_on": "2026-02-01", "category": "fine"} | fields


def answer(fields: dict[str, str], *, on: date = ON, state: str = "standing", **stated: object) -> Disclosure | Refusal:
    """What the rule says of a record with these fields."""
    return disclosure_of(record_type(ground(**stated)), fields, state=state, on=on)


def test_a_type_without_publicity_is_never_shown() -> None:
    """Default closed: what no law makes public stays inside, whatever the record says."""
    assert disclosure_of(record_type(None), decided(), state="standing", on=ON) is Refusal.NO_GROUND


@pytest.mark.parametrize("fields", [{"category": "warning"}, {"category": "no-penalty"}, {"procedure": "summary"}])
def test_what_the_law_keeps_out_is_never_shown(fields: dict[str, str]) -> None:
    """A bare warning, a case without penalty and a summary procedure are not public."""
    assert answer(decided(**fields)) is Refusal.NEVER


def test_a_record_without_its_first_day_is_not_shown() -> None:
    """Without a beginning there is no end, so it stays closed."""
    assert answer({"category": "fine"}) is Refusal.NO_START
    assert answer(decided(decided_on="soon")) is Refusal.NO_START


def test_a_record_is_not_shown_before_its_first_day() -> None:
    """The first day itself is public, the day before is not."""
    assert answer(decided(), on=date(2026, 1, 31)) is Refusal.NOT_YET
    assert isinstance(answer(decided(), on=date(2026, 2, 1)), Disclosure)


def test_the_last_day_is_public_and_the_next_is_not() -> None:
    """Twelve months from 1 February run out with the next 1 February."""
    assert isinstance(answer(decided(), on=date(2027, 2, 1)), Disclosure)
    assert answer(decided(), on=date(2027, 2, 2)) is Refusal.OVER


def test_a_stated_end_goes_before_the_counted_one() -> None:
    """What the source stated is the last day, and the page can say so."""
    found = answer(decided(publicity_ends_on="2026-08-01"))
    assert isinstance(found, Disclosure)
    assert (found.ends_on, found.derivation, found.months) == (date(2026, 8, 1), Derivation.STATED, None)


def test_a_graver_record_is_shown_for_the_longer_term() -> None:
    """`months_when` lengthens the term; the page names the article of the term."""
    found = answer(
        decided(severity="serious"), months=3, months_when={"severity": {"serious": 36}}, term_reference=TERM
    )
    assert isinstance(found, Disclosure)
    assert (found.ends_on, found.months, found.ground, found.term) == (date(2029, 2, 1), 36, LAW, TERM)


def test_a_term_is_clipped_at_the_end_of_a_month() -> None:
    """Three months from 30 November end on 28 February."""
    assert last_day(ground(months=3), date(2025, 11, 30), {}) == (date(2026, 2, 28), Derivation.COUNTED)


def test_without_months_a_record_is_shown_as_long_as_it_stands() -> None:
    """A list that names no term shows its entries until they leave."""
    found = answer(decided(), months=None, on=date(2050, 1, 1))
    assert isinstance(found, Disclosure)
    assert (found.ends_on, found.derivation) == (None, Derivation.STANDING)


@pytest.mark.parametrize("state", ["corrected", "annulled", "repaired", "expired"])
def test_an_ended_record_is_withdrawn(state: str) -> None:
    """All four exits take a record off the page at once."""
    assert answer(decided(), state=state) is Refusal.ENDED


def test_only_what_was_public_answers_gone() -> None:
    """A record that never was public looks like one that does not exist."""
    assert {refusal for refusal in Refusal if was_public(refusal)} == {Refusal.OVER, Refusal.ENDED}
