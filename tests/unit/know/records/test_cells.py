"""A delivered text as one field of a record."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probity.know.records import cells
from probity.know.records.cells import Cell, Memory, cell_reader
from probity.rulebook.types import FeedColumn, Form
from tests.unit.know.making import COLUMNS, TODAY, field, record_type


def read(column: FeedColumn, text: str) -> Cell:
    return cell_reader(column, record_type(), TODAY)(text)


def by(key: str) -> FeedColumn:
    return next(column for column in COLUMNS if column.field == key)


def test_every_different_text_is_read_once() -> None:
    asked: list[str] = []
    memory = Memory(lambda text: asked.append(text) or cells.EMPTY)  # type: ignore[func-returns-value]
    assert [memory["a"], memory["a"], memory["b"]] == [cells.EMPTY] * 3
    assert asked == ["a", "b"]


def test_a_memory_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "_MOST_REMEMBERED", 10)
    memory = Memory(lambda text: cells.EMPTY)
    for number in range(100):
        memory[str(number)]
    assert len(memory) <= 10


def test_what_the_profile_calls_empty_says_nothing() -> None:
    for text in ("", "  ", "\n", "/", "／"):
        assert read(by("facts"), text) == cells.EMPTY


def test_a_required_field_that_says_nothing_is_missing() -> None:
    cell = read(by("decided_on"), " ")
    assert cell.fault and cell.fault.code == "MISSING"


def test_a_text_too_long_or_broken_is_refused() -> None:
    assert read(by("facts"), "长" * 60).fault is None
    for text, code in (("长" * 61, "LENGTH"), ("北京\ufffd", "FORM"), ("a\x00b", "FORM")):
        fault = read(by("facts"), text).fault
        assert fault and fault.code == code


def test_a_name_longer_than_the_tables_of_double_publicity_allow_is_refused() -> None:
    fault = read(by("enterprise_name"), "名" * 201).fault
    assert fault and fault.code == "LENGTH"


def test_only_fields_that_name_the_fact_carry_an_ident() -> None:
    column = by("decision_number")
    assert cell_reader(column, record_type(), TODAY)("某罚[2026]1号").ident == ""
    named = cell_reader(column, record_type(identity=("decision_number",)), TODAY)
    assert named("某罚[2026]1号").ident == named("某罚 〔2026〕 1号").ident != ""


@pytest.mark.parametrize("form", [one for one in Form if one not in (Form.ANY_CODE, Form.CREDIT_CODE)])
@given(text=st.text(max_size=30))
@settings(max_examples=30)
def test_any_text_in_any_form_is_a_value_or_a_fault(form: Form, text: str) -> None:
    """One reader for each form of the rulebook, and none of them raises."""
    kind = record_type(fields={"decided_on": field("decided_on", Form.DAY), "any": field("any", form, "a")})
    cell = cell_reader(FeedColumn(("x",), "any", form, unit="yuan"), kind, TODAY)(text)
    assert cell.fault is None or (cell.value is None and cell.fragment == "")
