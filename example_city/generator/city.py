"""The city: two thousand enterprises, how careful each is, how it is called."""

from dataclasses import dataclass
from datetime import date, timedelta

from example_city.generator import codes, names
from example_city.generator.dice import Dice
from example_city.generator.names import CITY, Trade

FIRST_DAY, LAST_DAY = date(2025, 7, 1), date(2026, 6, 30)
"""The year that is told."""


@dataclass(slots=True)
class Enterprise:
    """One enterprise of the city as it really is, whatever the files say of it."""

    code: str
    name: str
    kind: str  # company | branch | sole_trader | cooperative | law_firm
    form: str
    trade: Trade
    district: str
    founded: date
    registration_number: str  # older ones bear one too
    carelessness: float  # about 0.1 for most, above 5 for the worst two in a hundred
    is_registered: bool = True  # false: never in the registrations, so provisional when met
    parent: str = ""
    closed: date | None = None
    renamed: date | None = None
    later_name: str = ""

    def name_on(self, day: date) -> str:
        """Return the name it bears on that day."""
        return self.later_name if self.renamed and day >= self.renamed else self.name

    def is_open_on(self, day: date) -> bool:
        """Whether it exists on that day."""
        return self.founded <= day and (self.closed is None or day < self.closed)

    @property
    def is_graded(self) -> bool:
        """Whether an index system may judge it at all (not a sole trader)."""
        return self.kind != "sole_trader"


def population() -> list[Enterprise]:
    """Return all enterprises of the year, in the order of their serial numbers."""
    dice, taken = Dice("population"), set[str]()
    kinds = ["company"] * 1689 + ["branch"] * 70 + ["sole_trader"] * 190 + ["cooperative"] * 50 + ["law_firm"]
    everyone: list[Enterprise] = []
    for serial, kind in enumerate(kinds, 1):
        one = _enterprise(dice, serial, kind, everyone)
        while one.name in taken:
            one = _enterprise(dice, serial, kind, everyone)
        taken.add(one.name)
        everyone.append(one)
    _twins(dice, everyone)
    _changes(dice, everyone, taken)
    return everyone


def _enterprise(dice: Dice, serial: int, kind: str, earlier: list[Enterprise]) -> Enterprise:
    region = dice.weighted({"339901": 5, "339902": 3, "339921": 2})
    founded = dice.day(FIRST_DAY, LAST_DAY) if dice.chance(0.06) else dice.day(date(2003, 1, 6), date(2025, 6, 20))
    prefix = {"sole_trader": "92", "cooperative": "93", "law_firm": "31"}.get(kind, "91")
    code = codes.credit_code(prefix, region, serial, founded >= date(2015, 10, 1))
    number = codes.registration_number(region, serial) if founded < date(2014, 1, 1) and prefix == "91" else ""
    trade, form, name, parent = _style(dice, kind, codes.DISTRICTS[region], earlier)
    one = Enterprise(code, name, kind, form, trade, region, founded, number, _carelessness(dice), parent=parent)
    if dice.chance(0.025):
        one.closed = dice.day(max(founded + timedelta(days=60), FIRST_DAY), date(2027, 6, 30))
    one.is_registered = kind != "company" or not dice.chance(0.015)
    return one


def _style(dice: Dice, kind: str, district: str, earlier: list[Enterprise]) -> tuple[Trade, str, str, str]:
    """Return trade, legal form, name and the code of the parent of an enterprise of this kind."""
    if kind == "sole_trader":
        trade = dice.weighted({trade: trade.share for trade in names.SHOPS})
        return trade, "个体工商户", names.shop(dice, trade, district), ""
    if kind == "cooperative":
        name = f"{CITY}{district}{names.trade_name(dice)}种植专业合作社"
        return names.COOPERATIVE, "农民专业合作社", name, ""
    if kind == "law_firm":
        return names.LAW, "律师事务所", f"{CITY}衡砚律师事务所", ""
    if kind == "branch":
        parent = dice.one([one for one in earlier if one.kind == "company" and one.form.endswith("公司")])
        return parent.trade, "分公司", f"{parent.name}{district}{dice.one(('第一', '第二', ''))}分公司", parent.code
    trade = dice.weighted({trade: trade.share for trade in names.TRADES})
    form = dice.weighted(names.FORMS)
    return trade, form, names.company(dice, trade, form), ""


def _carelessness(dice: Dice) -> float:
    """Return how careless an enterprise is: few cause most findings."""
    least, most = dice.weighted({(0.02, 0.3): 70, (0.3, 1.5): 22, (1.5, 4.0): 6, (4.0, 12.0): 2})
    return dice.between(least, most)


def _twins(dice: Dice, everyone: list[Enterprise]) -> None:
    """Let three pairs of enterprises of different districts share one name, as happens."""
    for one in dice.several([one for one in everyone if one.kind == "company"], 3):
        twin = dice.one([other for other in everyone if other.kind == "company" and other.district != one.district])
        twin.name, twin.form, twin.trade = one.name, one.form, one.trade


def _changes(dice: Dice, everyone: list[Enterprise], taken: set[str]) -> None:
    """Rename fourteen companies in the course of the year."""
    steady = [one for one in everyone if one.kind == "company" and one.is_registered and one.founded < FIRST_DAY]
    for one in dice.several([one for one in steady if not one.closed], 14):
        later = names.company(dice, one.trade, one.form)
        if later not in taken:
            one.renamed, one.later_name = dice.day(date(2025, 9, 1), date(2026, 5, 15)), later
            taken.add(later)
