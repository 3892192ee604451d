"""Cells: a delivered text as one field of a record, each text read once."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from probity.know.records import forms
from probity.know.records.codes import PERSON_FAULT, Coded, read_any_code, read_credit_code, read_other_code
from probity.know.records.folding import fold, is_odd, narrow
from probity.know.records.forms import Reader
from probity.know.records.identities import fragment
from probity.know.records.persons import is_resident_number, masked
from probity.know.records.types import Fault
from probity.rulebook.types import SUBJECT_FIELDS, FeedColumn, Form, RecordField, RecordType
from probity.terms import Text

NAME_FIELD = "enterprise_name"
CODE_FIELDS = frozenset(SUBJECT_FIELDS) - {NAME_FIELD}
_LONGEST_NAME = 200  # characters of 行政相对人名称 in the double publicity tables (DOMAIN 4.1)
_MOST_REMEMBERED = 20_000

_ODD_FAULT = Fault(
    "FORM",
    Text("含有无法识别的字符，可能是编码错误", "it holds unreadable characters: perhaps the encoding is broken"),
)
_MISSING = Fault("MISSING", Text("必填项为空", "it is required and nothing was stated"))


class Cell(NamedTuple):
    """A delivered text as read.

    Attributes:
        fragment: its part of the canonical JSON; empty where nothing was stated.
        value: as kept; for a code ((subject field, code),).
        ident: as it enters an identity, without what typists vary; only of fields that name the fact.
        fault: why it was not read.
        note: numbers hidden in it (int), or the code as repaired (str); 0 for neither.
    """

    fragment: str
    value: Any
    ident: str
    fault: Fault | None = None
    note: int | str = 0


EMPTY = Cell("", None, "")


class Memory(dict[str, Cell]):
    """Text → cell: every different text of a column is read once, as long as there is room."""

    def __init__(self, read: Callable[[str], Cell]) -> None:
        """Take what reads a text not met before."""
        super().__init__()
        self.read = read
        self.has_faults = self.has_notes = False

    def __missing__(self, text: str) -> Cell:
        """Read a text for the first time."""
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        cell = self[text] = self.read(text)
        self.has_faults = self.has_faults or cell.fault is not None
        self.has_notes = self.has_notes or bool(cell.note)
        return cell


def cell_reader(column: FeedColumn, record_type: RecordType, today: date) -> Callable[[str], Cell]:
    """Return what reads a delivered column as a field of a record type."""
    if column.field in CODE_FIELDS:
        return _for_texts(column, None, _code_cell(column))
    if column.field == NAME_FIELD:
        return _for_texts(column, None, _name_cell)
    field = record_type.fields[column.field]
    reader = _reader(column, field, record_type, today)
    if field.form in (Form.TEXT, Form.DOCUMENT):
        return _for_texts(column, field, _text_cell(field, reader, field.key in record_type.identity))
    return _for_texts(column, field, _value_cell(field, reader))


def _reader(column: FeedColumn, field: RecordField, record_type: RecordType, today: date) -> Reader:
    if field.form is Form.DAY:
        began = {record_type.occurred_on, record_type.publicity.starts if record_type.publicity else ""}
        read = partial(forms.past_day, today=today) if field.key in began else forms.end_day
        return partial(read, day_first=column.day_first, part=column.part)
    if field.form is Form.MONEY:
        return partial(forms.read_money, unit=column.unit)
    if field.form is Form.CHOICE:
        return forms.choice_reader(field.choices, column.values)
    return {
        Form.TEXT: forms.read_text,
        Form.DOCUMENT: forms.read_document,
        Form.YEAR: forms.read_year,
        Form.POINTS: forms.read_points,
        Form.INTEGER: forms.read_integer,
        Form.FLAG: forms.read_flag,
        Form.CREDIT_CODE: read_credit_code,
    }[field.form]


def _for_texts(column: FeedColumn, field: RecordField | None, read: Callable[[str], Cell]) -> Callable[[str], Cell]:
    """Return a reader that knows what counts as nothing, and refuses broken characters."""
    empties = {forms.choice_key(text) for text in column.empties} | {""}
    longest = max(len(text) for text in column.empties) + 8 if column.empties else 0
    nothing = EMPTY._replace(fault=_MISSING) if field is not None and field.required else EMPTY

    def read_cell(text: str) -> Cell:
        bare = text.strip()
        if not bare or (len(bare) <= longest and forms.choice_key(bare) in empties):
            return nothing
        if is_odd(text):
            return EMPTY._replace(fault=_ODD_FAULT)
        cell = read(text)
        return nothing if cell is EMPTY else cell

    return read_cell


def _code_cell(column: FeedColumn) -> Callable[[str], Cell]:
    if column.form is Form.ANY_CODE:
        read: Callable[[str], Coded | Fault] = read_any_code
    elif column.field == "credit_code":
        read = read_credit_code
    else:
        read = partial(read_other_code, column.field)

    def read_cell(text: str) -> Cell:
        found = read(text)
        if isinstance(found, Fault):
            return EMPTY._replace(fault=found)
        note = found.code if found.repaired else 0
        return Cell(fragment(found.kind, found.code), ((found.kind, str(found.code)),), "", None, note)

    return read_cell


def _name_cell(text: str) -> Cell:
    name = fold(text)
    if 15 <= len(name) <= 18 and is_resident_number(narrow(name).upper()):
        return EMPTY._replace(fault=PERSON_FAULT)
    name, hidden = masked(name)
    if len(name) > _LONGEST_NAME:
        return EMPTY._replace(fault=_too_long(_LONGEST_NAME))
    return Cell(fragment(NAME_FIELD, name), name, "", None, hidden)


def _text_cell(field: RecordField, read: Reader, is_identity: bool) -> Callable[[str], Cell]:
    is_document = field.form is Form.DOCUMENT  # its reader has narrowed it already

    def read_cell(text: str) -> Cell:
        value, hidden = masked(str(read(text) or ""), is_number=is_document)
        if not value:
            return EMPTY
        if len(value) > field.most_characters:
            return EMPTY._replace(fault=_too_long(field.most_characters))
        ident = "" if not is_identity else value if is_document else narrow(value)
        return Cell(fragment(field.key, value), value, ident, None, hidden)

    return read_cell


def _value_cell(field: RecordField, read: Reader) -> Callable[[str], Cell]:
    def read_cell(text: str) -> Cell:
        found = read(text)
        if isinstance(found, Fault):
            return EMPTY._replace(fault=found)
        value = found.code if isinstance(found, Coded) else found
        written = fragment(field.key, value)
        return Cell(written, value, written.partition(":")[2].strip('"'))

    return read_cell


def _too_long(most: int) -> Fault:
    return Fault("LENGTH", Text(f"超过 {most} 个字符", f"it is longer than {most} characters"))
