"""Record types: parts of a type name its own fields, of the form the part needs."""

from datetime import date

from probity.rulebook import Rulebook
from probity.rulebook.types import RecordType, Undated
from tests.unit.rulebook.small import PATHS, PENALTY, PENALTY_TEXT, faults, layer, spoilt


def penalty(texts: dict[str, str]) -> RecordType:
    return Rulebook.read([texts]).record_type("penalty", date(2024, 1, 1))


def test_every_part_of_the_file_arrives() -> None:
    found = penalty(layer())
    assert (found.identity, found.occurred_on, found.kind, found.amount) == (
        ("number",),
        "decided_on",
        "category",
        "fine",
    )
    assert found.degree is None and found.until is None and found.points is None
    assert str(found.reference) == "measure art. 1" and found.confidence == "likely"
    assert list(found.fields) == ["number", "decided_on", "category", "fine"]
    assert found.fields["category"].choices["fine"].zh == "罚款"


def test_without_a_publicity_block_nothing_is_ever_shown() -> None:
    texts = layer()
    texts[PATHS["penalty"]] = PENALTY.split("publicity:")[0]
    texts[PATHS["penalty text"]] = PENALTY_TEXT.split("  publicity.objection")[0]
    assert penalty(texts).publicity is None


def test_a_list_without_dates_takes_the_day_of_delivery_and_says_so() -> None:
    texts = spoilt("penalty", "occurred_on: decided_on", "occurred_on: decided_on\nundated: delivery_day")
    texts[PATHS["penalty"]] = (
        texts[PATHS["penalty"]]
        .replace("form: day, required: true", "form: day")
        .replace(
            "  number:", "  dated: {form: choice, choices: [by-statement, by-delivery], article: art. 1}\n  number:"
        )
    )
    labels = "  dated: {zh: 日期来源, en: Where the day comes from}\n"
    labels += "  dated.by-statement: {zh: 注明, en: Stated}\n  dated.by-delivery: {zh: 交付日, en: Delivery}\n"
    texts[PATHS["penalty text"]] += labels
    assert penalty(texts).undated is Undated.DELIVERY_DAY
    assert penalty(layer()).undated is Undated.REFUSED


def test_all_faulty_fields_are_shown_together() -> None:
    texts = spoilt("penalty", "{form: document,", "{form: paper,")
    texts[PATHS["penalty"]] = texts[PATHS["penalty"]].replace("fine: {form: money", "fine: {form: coins")
    found = [fault.line for fault in faults(texts) if fault.file == PATHS["penalty"]]
    assert found == [11, 14]


def test_the_months_may_have_another_source_than_the_ground() -> None:
    texts = spoilt("penalty", "  months: 3\n", "  months: 3\n  term: {article: art. 1}\n")
    publicity = penalty(texts).publicity
    assert publicity is not None and publicity.term_reference is not None
    assert (publicity.reference.article, publicity.term_reference.article) == ("art. 2", "art. 1")
