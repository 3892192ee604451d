"""Tariffs: how a rule file says what one counted fact takes or gives."""

from collections.abc import Callable, Mapping, Sequence

from probity.rulebook.index_systems.types import (
    AmountStep,
    PerAmount,
    PerChoice,
    PerMonth,
    PerOccurrence,
    Selection,
    Slot,
    Stated,
    Tariff,
)
from probity.rulebook.reading import Node
from probity.rulebook.types import Form, RecordType
from probity.terms import yuan


def read_tariff(node: Node, types: Sequence[RecordType], selection: Selection) -> Tariff:
    """Return what one fact is worth, from `takes` or `adds`.

    Args:
        node: a mapping that holds exactly one of `each`, `month`, `by` (with `points`), `amount`, `stated`.
        types: the record types the indicator counts.
        selection: which of their facts it counts.

    Raises:
        RuleFault: when the form is unknown, or asks for something the record types do not state.
    """
    forms: dict[str, Callable[[Node], Tariff]] = {
        "each": lambda found: PerOccurrence(positive(found)),
        "month": lambda found: PerMonth(positive(found)),
        "by": lambda found: _per_choice(found, node, types, selection),
        "amount": lambda found: _per_amount(found, types),
        "stated": lambda found: _stated(found, types),
    }
    stated = [key for key, _ in node.entries()]
    named = [key for key in forms if key in stated]
    node.taken.difference_update(stated)
    if len(named) != 1:
        listed = ", ".join(forms)
        node.fail(f"应恰有一种计分方式：{listed}", f"exactly one way of counting is stated: {listed}")
    tariff = forms[named[0]](node.need(named[0]))
    node.close()
    return tariff


def points_of(node: Node | None) -> int | None:
    """Return points of either sign in hundredths, or None where nothing is stated."""
    return None if node is None else node.points()


def positive(node: Node) -> int:
    """Return points above zero, in hundredths; the sign is said by `takes` or `adds`.

    Raises:
        RuleFault: when they are zero or negative.
    """
    points = node.points()
    if points <= 0:
        node.fail("分值应大于零；方向由 takes 或 adds 表示", "points are above zero; `takes` or `adds` says the sign")
    return points


def magnitude(node: Node) -> int:
    """Return points of at least zero, in hundredths.

    Raises:
        RuleFault: when they are negative.
    """
    points = node.points()
    if points < 0:
        node.fail("分值不得为负", "points are not negative")
    return points


def choice_slot(node: Node, field: str, types: Sequence[RecordType]) -> tuple[Slot, Mapping[str, object]]:
    """Return whether a field is the kind or the degree of all these record types, and its choices.

    Raises:
        RuleFault: when it is neither, for one of them, or not the same for all.
    """
    slots: set[Slot] = set()
    choices: dict[str, object] = {}
    for record_type in types:
        if field not in record_type.fields:
            node.fail(
                f"记录类型「{record_type.key}」没有字段「{field}」",
                f"record type {record_type.key!r} has no field {field!r}",
            )
        if field not in (record_type.kind, record_type.degree):
            node.fail(
                f"「{field}」既不是「{record_type.key}」的类别字段，也不是程度字段",
                f"{field!r} is neither the kind nor the degree of {record_type.key!r}",
            )
        slots.add(Slot.KIND if field == record_type.kind else Slot.DEGREE)
        choices.update(record_type.fields[field].choices)
    if len(slots) != 1:
        node.fail(
            f"「{field}」在所列记录类型中含义不一",
            f"{field!r} is the kind of one record type and the degree of another",
        )
    return slots.pop(), choices


def _per_choice(by: Node, node: Node, types: Sequence[RecordType], selection: Selection) -> PerChoice:
    slot, choices = choice_slot(by, by.text(), types)
    admitted = selection.kinds if slot is Slot.KIND else selection.degrees
    points: dict[str, int] = {}
    listed = node.need("points")
    for choice, found in listed.entries():
        if choice not in choices:
            found.fail(f"没有选项「{choice}」", f"there is no choice {choice!r}")
        if admitted is not None and choice not in admitted:
            found.fail(f"选项「{choice}」未被 when 选中", f"choice {choice!r} is not admitted by `when`")
        points[choice] = magnitude(found)
    others = node.take("others")
    missing = sorted(set(choices if admitted is None else admitted) - set(points))
    if missing and others is None:
        listed.fail(
            f"未说明选项「{missing[0]}」的分值；请列出或写明 others",
            f"choice {missing[0]!r} has no points; list it or state `others`",
        )
    if not any(points.values()) and (others is None or others.points() == 0):
        listed.fail("所有选项均为零分", "every choice is worth nothing")
    return PerChoice(slot, points, 0 if others is None else magnitude(others))


def _per_amount(node: Node, types: Sequence[RecordType]) -> PerAmount:
    for record_type in types:
        if record_type.amount is None:
            node.fail(f"记录类型「{record_type.key}」没有金额字段", f"record type {record_type.key!r} states no amount")
    steps: list[AmountStep] = []
    reached: int | None = 0  # where the next step has to begin; None once a step is without limit
    for item in node.items():
        start, below = item.need("from"), item.take("below")
        starts_at = start.value(yuan, "金额（元）", "an amount in yuan")
        if reached is None or starts_at < reached:
            start.fail("金额区间重叠", "the amounts overlap")
        if starts_at > reached:
            start.fail("金额区间不连续", "there is a gap between the amounts")
        reached = None if below is None else below.value(yuan, "金额（元）", "an amount in yuan")
        if below is not None and reached is not None and reached <= starts_at:
            below.fail("金额界限未按升序排列", "the amounts are not in rising order")
        steps.append(AmountStep(starts_at, magnitude(item.need("points"))))
        item.close()
    if reached is not None:
        node.fail("最后一个金额区间应无上限", "the last amount has no `below`")
    return PerAmount(tuple(steps))


def _stated(node: Node, types: Sequence[RecordType]) -> Stated:
    for record_type in types:
        if record_type.points is None or record_type.fields[record_type.points].form is not Form.POINTS:
            node.fail(f"记录类型「{record_type.key}」不载明分值", f"record type {record_type.key!r} states no points")
    least, most = node.need("from"), node.need("to")
    stated = Stated(magnitude(least), positive(most))
    if stated.least > stated.most:
        most.fail("分值范围未按升序排列", "the range of points is not in rising order")
    node.close()
    return stated
