"""Plan log: numbers without gaps, so that no draw can be repeated unseen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from probity.engine.drawing.planning import plan_hash, read_plan
from probity.engine.drawing.types import DrawRefused, DrawStep
from probity.terms import Text

START = "0" * 64
"""What stands before the first line of a log."""


@dataclass(frozen=True, slots=True)
class LoggedPlan:
    """One line of the public log: a plan committed, later opened or voided with a reason.

    `opened` says that the bundle was published and recomputed; `voided` holds the reason.
    """

    number: int
    draw: str
    plan: str
    opens: date
    head: str
    opened: bool = False
    voided: str = ""


def logged(log: Sequence[LoggedPlan], text: str) -> LoggedPlan:
    """Return the line under which a plan enters the log: the next number, chained to the one before.

    Raises:
        DrawRefused: when the plan has no opening day, or the log holds that draw already.
    """
    plan = read_plan(text)
    if not plan.opens:
        raise DrawRefused(DrawStep.LOG, "方案未写明开示日期", "the plan names no day of opening")
    if any(line.draw == plan.number for line in log):
        raise DrawRefused(
            DrawStep.LOG,
            f"编号 {plan.number} 已登记；一个编号只抽一次，重抽须作废原方案并另立编号",
            f"{plan.number} is in the log already: one number is one draw; void it with a reason and take a new number",
        )
    number, before = len(log) + 1, log[-1].head if log else START
    day = date.fromisoformat(plan.opens)
    return LoggedPlan(number, plan.number, plan_hash(text), day, _head(before, number, plan.number, plan_hash(text)))


def log_faults(log: Sequence[LoggedPlan], on: date) -> list[Text]:
    """Return what is wrong with a log on a day: gaps, repeats, a broken chain, draws not opened in time.

    A draw that was not opened on its day counts as void, in red.
    """
    faults, before, seen = [], START, set()
    for place, line in enumerate(log, 1):
        if line.number != place:
            faults.append(
                Text(f"第 {place} 行编号为 {line.number}，编号中断", f"line {place} bears number {line.number}: a gap")
            )
        if line.draw in seen:
            faults.append(Text(f"{line.draw} 登记了两次", f"{line.draw} is in the log twice"))
        seen.add(line.draw)
        if line.head != _head(before, line.number, line.draw, line.plan):
            faults.append(
                Text(
                    f"第 {line.number} 号与前一号不相衔接", f"number {line.number} does not follow from the one before"
                )
            )
        before = line.head
        if not line.opened and not line.voided and line.opens < on:
            faults.append(
                Text(
                    f"{line.draw} 应于 {line.opens} 开示而未开示，按作废计",
                    f"{line.draw} was to be opened on {line.opens} and was not: it counts as void",
                )
            )
        if line.opened and line.voided:
            faults.append(Text(f"{line.draw} 既开示又作废", f"{line.draw} is both opened and voided"))
    return faults


def refuse_unlogged(log: Sequence[LoggedPlan], bundle: Mapping[str, Any]) -> None:
    """Refuse a bundle whose plan is not the one committed under its number, or was voided.

    Raises:
        DrawRefused: when the log does not hold exactly this plan.
    """
    text = bundle["plan"]
    lines = {line.draw: line for line in log}
    line = lines.get(read_plan(text).number)
    if line is None or line.plan != plan_hash(text):
        raise DrawRefused(
            DrawStep.LOG, "公开登记中没有这一方案", "the public log does not hold this plan under its number"
        )
    if line.voided:
        raise DrawRefused(DrawStep.LOG, f"{line.draw} 已作废：{line.voided}", f"{line.draw} was voided: {line.voided}")


def _head(before: str, number: int, draw: str, plan: str) -> str:
    return sha256("\n".join(["draw-log-v1", before, str(number), draw, plan]).encode()).hexdigest()
