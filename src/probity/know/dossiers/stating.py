"""Stating: what a record says, in the words its record type gives it."""

from collections.abc import Mapping

from probity.rulebook.types import SUBJECT_FIELDS, Bearing, Form, RecordType


def bearing_of(type_: RecordType, fields: Mapping[str, object]) -> Bearing:
    """Return what a record says of the enterprise; some types are adverse only with some values."""
    if any(str(fields.get(key)) in values for key, values in type_.adverse_when.items()):
        return Bearing.ADVERSE
    return type_.bearing


def shown_fields(type_: RecordType, fields: Mapping[str, object]) -> dict[str, str]:
    """Return field → text, in the order of the record type, without the subject's own codes.

    Choices stay keys here; a page shows them by their titles, see `choice_titles`.
    """
    return {
        key: _text(fields[key], field.form)
        for key, field in type_.fields.items()
        if key in fields and key not in SUBJECT_FIELDS
    }


def _text(value: object, form: Form) -> str:
    if form is Form.MONEY:
        return f"{int(str(value)) / 100:,.2f}"
    if form is Form.POINTS:
        return f"{int(str(value)) / 100:g}"
    return str(value)
