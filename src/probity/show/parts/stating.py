"""Stating: the fields of a record as lines of a page, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from probity.rulebook.types import Form, RecordType
from probity.terms import Text, yuan

LONG = 60
"""A value longer than this takes a whole line of the page."""


@dataclass(frozen=True, slots=True)
class StatedField:
    """One field: its name, its value as text, as a choice in both languages, or as fen."""

    key: str
    title: Text
    value: Text | str
    fen: int | None
    is_code: bool
    is_long: bool
    is_repeatable: bool  # a text or a code, which says nothing when said twice


def stated_fields(type_: RecordType, fields: Mapping[str, str]) -> tuple[StatedField, ...]:
    """Return the fields that were stated, in the order of the record type."""
    return tuple(_stated(type_, key, fields[key]) for key in type_.fields if fields.get(key))


def without_repeats(fields: Iterable[StatedField], said: str = "") -> tuple[StatedField, ...]:
    """Return fields without texts and codes that an earlier one, or the heading, says already."""
    seen, kept = {said}, []
    for field in fields:
        shown = {field.value.zh, field.value.en} if isinstance(field.value, Text) else {field.value}
        if not (field.is_repeatable and shown & seen):
            kept.append(field)
        seen |= shown
    return tuple(kept)


def headline(type_: RecordType, fields: Mapping[str, str]) -> str:
    """Return what names the fact for a reader: its document number, else nothing."""
    for key in (*type_.identity, *type_.fields):
        field = type_.fields.get(key)
        if field is not None and field.form is Form.DOCUMENT and fields.get(key):
            return fields[key]
    return ""


def _stated(type_: RecordType, key: str, text: str) -> StatedField:
    field = type_.fields[key]
    fen = None
    if field.form is Form.MONEY:
        try:
            fen = int(yuan(text))
        except ValueError:
            fen = None
    value = field.choices.get(text, text)
    is_code = field.form in (Form.DOCUMENT, Form.CREDIT_CODE, Form.ANY_CODE)
    return StatedField(key, field.title, value, fen, is_code, len(text) > LONG, is_code or field.form is Form.TEXT)
