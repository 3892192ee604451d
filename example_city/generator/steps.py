"""Steps: the calendar of the year: deliveries, branches, new names, endings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from example_city.generator.authorities import MARKET, TRANSPORT
from example_city.generator.city import LAST_DAY, Enterprise
from example_city.generator.dice import Dice
from example_city.generator.feeds.lists import Listed
from example_city.generator.feeds.penalties import Penalty
from example_city.generator.rows import Delivery
from example_city.generator.year import SHANGHAI, Year

_REPAIRED = "处罚已履行完毕，公示满最短期限，经核实符合修复条件"
_ANNULLED = "经行政复议，原处罚决定被撤销"
_EXPIRED = "公示期满"
_LEFT = "已补报年度报告或恢复联系，移出经营异常名录"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens at a moment: a verb and what it is done to."""

    on: datetime
    verb: str  # deliver | branch | rename | repair | annul | expire
    told: Mapping[str, object]

    def line(self) -> str:
        """Return the step as one line of the calendar (flow style, which is YAML and almost JSON)."""
        if self.verb == "deliver":
            inside = ", ".join(f"{key}: {value}" for key, value in self.told.items())
            return f"- {{at: {self.on:%Y-%m-%dT%H:%M}+08:00, {inside}}}"
        words = ", ".join(f"{key}: {_scalar(value)}" for key, value in self.told.items())
        return f"- {{at: {self.on:%Y-%m-%dT%H:%M}+08:00, {self.verb}: {{{words}}}}}"


def _scalar(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def all_steps(everyone: list[Enterprise], year: Year, paths: list[str]) -> list[Step]:
    """Return every step of the year in order; `paths` names the file of each delivery."""
    deliveries = year.deliveries
    steps = [
        Step(delivery.on, "deliver", {"deliver": delivery.feed, "file": path})
        for delivery, path in zip(deliveries, paths, strict=True)
    ]
    begun = datetime(2025, 7, 1, 10, 0, tzinfo=SHANGHAI)
    register = {row.cells["统一社会信用代码"] for row in deliveries[0].rows if not row.problem}
    for one in everyone:
        if one.code in register and one.parent in register:
            steps.append(Step(begun, "branch", {"code": one.code, "parent": one.parent}))
        if one.renamed and one.code in register:
            when = datetime(one.renamed.year, one.renamed.month, one.renamed.day, 15, 30, tzinfo=SHANGHAI)
            steps.append(Step(when, "rename", {"code": one.code, "name": one.later_name, "from": one.renamed}))
    steps += _endings(deliveries, year.decided)
    steps += _departures(deliveries, year.stays)
    return sorted(steps, key=lambda step: step.on)


def _endings(deliveries: list[Delivery], decided: list[Penalty]) -> list[Step]:
    """Return repairs, annulments and expiries of decisions that were taken in and never restated."""
    stated: dict[str, int] = {}
    refused: set[str] = set()
    for delivery in deliveries:
        for row in delivery.rows:
            number = str(row.identity[1]) if row.identity[:1] == ("penalty",) else ""
            stated[number] = stated.get(number, 0) + 1
            if row.problem or row.dirt:
                refused.add(number)
    once = [found for found in decided if stated.get(found.number) == 1 and found.number not in refused]
    dice = Dice("endings")
    fresh = [found for found in once if date(2025, 1, 5) < found.day < date(2025, 11, 20)]
    old = [found for found in once if date(2023, 7, 1) <= found.day < date(2024, 6, 1) and found.authority is MARKET]
    chosen = dice.several(fresh, 18)
    steps = [
        _ending("repair", found, found.day + timedelta(days=dice.number(150, 210)), _REPAIRED) for found in chosen[:13]
    ]
    steps += [
        _ending("annul", found, date(2026, 2, 3) + timedelta(days=9 * place), _ANNULLED)
        for place, found in enumerate(chosen[13:])
    ]
    steps += [
        _ending("expire", found, date(2026, 1, 12) + timedelta(days=21 * place), _EXPIRED)
        for place, found in enumerate(dice.several(old, 6))
    ]
    return steps


def _departures(deliveries: list[Delivery], stays: list[Listed]) -> list[Step]:
    """Return the endings of stays on the abnormal list that a delivered list had named."""
    named: dict[str, date] = {}
    unclear: set[str] = set()
    for delivery in deliveries:
        if delivery.feed == "linlan-market/abnormal-list" and not delivery.is_held:
            for row in delivery.rows:
                number = str(row.cells["列入决定文号"])
                named.setdefault(number, delivery.on.date())
                if row.dirt:
                    unclear.add(number)
    steps = []
    for stay in stays:
        if not stay.removed or stay.number in unclear or stay.removed <= named.get(stay.number, stay.removed):
            continue
        if stay.removed <= LAST_DAY:
            told: dict[str, object] = {"feed": "linlan-market/abnormal-list", "document_number": stay.number}
            told |= {"effective_on": stay.removed, "reason": _LEFT}
            when = datetime(stay.removed.year, stay.removed.month, stay.removed.day, 16, 0, tzinfo=SHANGHAI)
            steps.append(Step(when, "repair", told))
    return steps


def _ending(verb: str, penalty: Penalty, on: date, reason: str) -> Step:
    day = max(on, date(2025, 8, 20))
    feed = f"{penalty.authority.key}/penalties"
    told = {"feed": feed, "document_number": penalty.number, "effective_on": day, "reason": reason}
    minute = 10 * (penalty.authority is TRANSPORT)
    return Step(datetime(day.year, day.month, day.day, 14, minute, tzinfo=SHANGHAI), verb, told)
