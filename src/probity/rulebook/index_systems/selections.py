"""Selections: how a rule file says which facts are meant."""

from collections.abc import Mapping, Sequence

from probity.rulebook.index_systems.tariffs import choice_slot
from probity.rulebook.index_systems.types import Selection, Slot
from probity.rulebook.reading import Node
from probity.rulebook.types import RecordType

RETENTION = "retention"
"""`within: retention` looks back as far as the record type counts at all."""


def read_selection(node: Node, record_types: Mapping[str, RecordType]) -> tuple[Selection, tuple[RecordType, ...]]:
    """Return which facts are meant, from `counts`, `when`, `within` and `standing`, and their types.

    Raises:
        RuleFault: on an unknown record type, field or choice, a window beyond retention, or
            neither a window nor `standing`.
    """
    counts = node.need("counts")
    for key in counts.texts():
        if key not in record_types:
            counts.fail(f"没有记录类型「{key}」", f"there is no record type {key!r}")
    if len(set(counts.texts())) < len(counts.texts()):
        counts.fail("记录类型重复", "a record type is listed twice")
    types = tuple(record_types[key] for key in counts.texts())
    admitted = _read_when(node.take("when"), types)
    standing = _read_standing(node.take("standing"), types)
    months = _read_window(node.take("within"), types)
    if months is None and not standing:
        node.fail("应写明 within 或 standing", "`within` or `standing` is stated")
    kinds, degrees = admitted.get(Slot.KIND), admitted.get(Slot.DEGREE)
    return Selection(counts.texts(), kinds, degrees, months, standing), types


def _read_when(node: Node | None, types: Sequence[RecordType]) -> dict[Slot, frozenset[str]]:
    admitted: dict[Slot, frozenset[str]] = {}
    for field, values in node.entries() if node else ():
        slot, choices = choice_slot(values, field, types)
        for choice in values.texts():
            if choice not in choices:
                values.fail(f"「{field}」没有选项「{choice}」", f"{field!r} has no choice {choice!r}")
        admitted[slot] = frozenset(values.texts())
    return admitted


def _read_standing(node: Node | None, types: Sequence[RecordType]) -> bool:
    if node is None:
        return False
    if not node.flag():
        node.fail("standing 只能为 true，否则不写", "`standing` is true or not stated")
    for record_type in types:
        if record_type.until is None:
            node.fail(f"记录类型「{record_type.key}」没有终止日期", f"record type {record_type.key!r} states no end")
    return True


def _read_window(node: Node | None, types: Sequence[RecordType]) -> int | None:
    if node is None:
        return None
    shortest = min(types, key=lambda record_type: record_type.retention_months)
    if not node.is_mapping:
        if node.text() != RETENTION:
            node.fail("应为 {months: n} 或 retention", "{months: n} or retention was expected")
        if len({record_type.retention_months for record_type in types}) > 1:
            node.fail(
                "各记录类型的有效期限不同，请写明月数", "the record types count for different terms; state the months"
            )
        return shortest.retention_months
    stated = node.need("months")
    months = stated.integer(least=1, most=1200)
    node.close()
    if months > shortest.retention_months:
        stated.fail(
            f"超出记录类型「{shortest.key}」的有效期限（{shortest.retention_months} 个月）",
            f"reaches beyond the {shortest.retention_months} months for which {shortest.key!r} counts",
        )
    return months
