"""Stating: a record's fields in the words of its type."""

from dataclasses import replace

from probity.rulebook.types import Form, RecordField
from probity.show.parts.stating import headline, stated_fields, without_repeats
from probity.terms import Text
from tests.unit.show.disclosure.test_rules import LAW, record_type

FIELDS = {
    "number": RecordField("number", Form.DOCUMENT, LAW, Text("文号", "Number")),
    "category": RecordField("category", Form.CHOICE, LAW, Text("类别", "Kind"), choices={"fine": Text("罚款", "Fine")}),
    "as_written": RecordField("as_written", Form.TEXT, LAW, Text("原文", "As written")),
    "amount": RecordField("amount", Form.MONEY, LAW, Text("金额", "Amount")),
}
TYPE = replace(record_type(None), fields=FIELDS, identity=("number",))
STATED = {"amount": "12,000.00", "category": "fine", "number": "临市监罚〔2026〕1号", "as_written": "罚款"}


def test_fields_follow_the_record_type_and_choices_have_words() -> None:
    """Order and words are those of the catalogue, not of the file."""
    fields = stated_fields(TYPE, STATED)
    assert [field.key for field in fields] == ["number", "category", "as_written", "amount"]
    assert fields[1].value == Text("罚款", "Fine")
    assert fields[3].fen == 1_200_000


def test_a_text_that_says_nothing_new_is_left_out() -> None:
    """The heading says the number, and the kind says what the source wrote."""
    kept = without_repeats(stated_fields(TYPE, STATED), headline(TYPE, STATED))
    assert [field.key for field in kept] == ["category", "amount"]


def test_the_document_number_names_the_fact() -> None:
    """A record without one has no name."""
    assert headline(TYPE, STATED) == "临市监罚〔2026〕1号"
    assert headline(TYPE, {}) == ""
