"""Lists and grades: abnormal, serious, arrears, grade A, transport, culture."""

from dataclasses import dataclass
from datetime import date, timedelta

from example_city.generator.authorities import MARKET, TAX, TRANSPORT
from example_city.generator.city import FIRST_DAY, LAST_DAY, Enterprise
from example_city.generator.dice import Dice
from example_city.generator.rows import Cell, Layout, Row

ABNORMAL = Layout(
    (
        "序号",
        "企业名称",
        "统一社会信用代码",
        "列入决定文号",
        "列入原因",
        "列入日期",
        "作出列入决定机关",
        "移出原因",
        "移出日期",
    ),
    name="企业名称",
    code="统一社会信用代码",
    number="列入决定文号",
    day="列入日期",
)
SERIOUS = Layout(
    ("企业名称", "统一社会信用代码", "列入决定文号", "列入领域", "列入事由", "列入日期", "列入机关", "公示截止期"),
    name="企业名称",
    code="统一社会信用代码",
    number="列入决定文号",
    day="列入日期",
    text="列入事由",
)
ARREARS = Layout(
    (
        "纳税人名称",
        "纳税人识别号",
        "欠税税种",
        "欠税余额（元）",
        "其中：当期新发生的欠税金额（元）",
        "公告日期",
        "主管税务机关",
    ),
    name="纳税人名称",
    code="纳税人识别号",
    day="公告日期",
    money="欠税余额（元）",
)
TAX_A = Layout(
    ("序号", "纳税人识别号", "纳税人名称", "评价年度", "评价结果", "公布日期"),
    name="纳税人名称",
    code="纳税人识别号",
    day="公布日期",
)
VENUES = Layout(
    ("名单类型", "单位名称", "统一社会信用代码", "列入日期", "有效期至", "列入依据", "文号"),
    name="单位名称",
    code="统一社会信用代码",
    number="文号",
    day="列入日期",
    text="列入依据",
)
GRADES = Layout(
    ("业户名称", "评定等级", "所属区域", "年度", "统一社会信用代码", "评定日期"),
    name="业户名称",
    code="统一社会信用代码",
    day="评定日期",
    choice="评定等级",
)
_GROUNDS = {
    "未依照规定期限公示年度报告": 60.0,
    "通过登记的住所或者经营场所无法联系": 30.0,
    "未在责令期限内公示有关企业信息": 6.0,
    "公示企业信息隐瞒真实情况、弄虚作假": 4.0,
}
_SERIOUS = {
    "食品安全": "因同类违法行为被处以较重行政处罚，性质恶劣",
    "虚假登记": "提交虚假材料取得登记，情节严重",
    "产品质量": "生产不符合保障人身安全标准的产品，社会影响较大",
}


@dataclass(slots=True)
class Listed:
    """A stay on a list as it really was; `removed` None while it lasts."""

    enterprise: Enterprise
    number: str
    ground: str
    entered: date
    removed: date | None
    vanishes: date | None = None  # from this day a snapshot forgets it without a word

    @property
    def was_removed_before(self) -> bool:
        """Whether it left before the year began."""
        return self.removed is not None and self.removed < FIRST_DAY


def abnormal_stays(everyone: list[Enterprise]) -> list[Listed]:
    """Return all stays on the abnormal list that touch the year."""
    dice = Dice("abnormal")
    stays: list[Listed] = []
    for one in everyone:
        if one.kind == "sole_trader" or not dice.chance(min(0.6, 0.02 + 0.07 * one.carelessness)):
            continue
        entered = dice.day(date(2024, 7, 8), LAST_DAY - timedelta(days=10))
        if one.is_open_on(entered):
            removed = entered + timedelta(days=dice.number(25, 400)) if dice.chance(0.7) else None
            number = f"临市监异列〔{entered.year}〕{len(stays) + 1}号"
            stays.append(Listed(one, number, dice.weighted(_GROUNDS), entered, removed))
    lasting = [stay for stay in stays if stay.removed is None and stay.entered < FIRST_DAY]
    for stay in dice.several(lasting, 3):
        stay.vanishes = dice.day(date(2025, 11, 1), date(2026, 3, 1))
    return sorted(stays, key=lambda stay: (stay.entered, stay.enterprise.code))


def abnormal(stays: list[Listed], today: date) -> list[Row]:
    """Return the abnormal list as it stands.

    Who left before the year began is shown with the day of leaving for a quarter; who leaves in
    the year is simply gone from the next list, and an ending says why.
    """
    rows = []
    for stay in stays:
        gone = stay.removed and stay.removed <= today and not stay.was_removed_before
        forgotten = stay.removed and stay.removed < today - timedelta(days=90)
        if stay.entered > today or gone or forgotten or (stay.vanishes and today >= stay.vanishes):
            continue
        removed = stay.removed if stay.was_removed_before else None
        cells: dict[str, Cell] = {
            "企业名称": stay.enterprise.name_on(stay.entered),
            "统一社会信用代码": stay.enterprise.code,
            "列入决定文号": stay.number,
            "列入原因": stay.ground,
            "列入日期": stay.entered,
            "作出列入决定机关": MARKET.zh,
            "移出原因": "已补报并申请移出" if removed else "",
            "移出日期": removed,
        }
        rows.append(Row(cells))
    return rows


def serious(everyone: list[Enterprise], today: date) -> list[Row]:
    """Return the list of serious dishonesty as it stands."""
    dice, rows = Dice("serious"), []
    worst = sorted((one for one in everyone if one.is_graded), key=lambda one: -one.carelessness)[:60]
    for place, one in enumerate(dice.several(worst, 14), 1):
        entered, field = dice.day(date(2024, 9, 1), date(2026, 6, 1)), dice.one(tuple(_SERIOUS))
        if entered > today or not one.is_open_on(entered):
            continue
        cells: dict[str, Cell] = {
            "企业名称": one.name_on(entered),
            "统一社会信用代码": one.code,
            "列入决定文号": f"临市监严列〔{entered.year}〕{place}号",
            "列入领域": field,
            "列入事由": _SERIOUS[field],
            "列入日期": entered,
            "列入机关": MARKET.zh,
            "公示截止期": entered.replace(year=entered.year + 3, day=min(entered.day, 28)),
        }
        rows.append(Row(cells))
    return rows


def arrears(everyone: list[Enterprise], today: date) -> list[Row]:
    """Return the quarterly notice of tax arrears; amounts in yuan, rows by taxpayer and tax."""
    rows = []
    for one in everyone:
        dice = Dice("arrears", one.code)
        owes = one.is_graded and one.is_open_on(today) and dice.chance(min(0.5, 0.035 * one.carelessness))
        begins = dice.day(date(2025, 1, 1), LAST_DAY)
        ends = begins + timedelta(days=dice.number(80, 420))
        if not owes or not begins <= today < ends:
            continue
        for tax in dice.several(("增值税", "企业所得税", "城镇土地使用税"), dice.number(1, 2)):
            balance = dice.number(30_000, 90_000_000) if dice.chance(0.3) else dice.number(30_000, 4_000_000)
            cells: dict[str, Cell] = {
                "纳税人名称": one.name_on(today),
                "纳税人识别号": one.code,
                "欠税税种": tax,
                "欠税余额（元）": f"{balance / 100:,.2f}",
                "其中：当期新发生的欠税金额（元）": f"{dice.number(0, balance) / 100:.2f}",
                "公告日期": today,
                "主管税务机关": TAX.zh,
            }
            rows.append(Row(cells))
    return rows


def tax_grade_a(everyone: list[Enterprise], year: int, today: date) -> list[Row]:
    """Return the taxpayers of grade A of a year, the most careful enterprises of some age."""
    rows = []
    for one in everyone:
        chosen = one.is_graded and one.carelessness < 0.25 and Dice("tax-a", year, one.code).chance(0.22)
        if chosen and one.founded.year < year - 2 and one.is_open_on(today):
            cells: dict[str, Cell] = {
                "纳税人识别号": one.code,
                "纳税人名称": one.name_on(today),
                "评价年度": str(year),
                "评价结果": "A",
                "公布日期": today,
            }
            rows.append(Row(cells))
    return rows


def transport_grades(everyone: list[Enterprise], year: int, today: date) -> list[Row]:
    """Return the transport bureau's yearly grades AA, A, B, C."""
    rows = []
    for one in everyone:
        if one.is_graded and "transport" in one.trade.watched_by and one.founded.year < year and one.is_open_on(today):
            dice = Dice("transport-grade", year, one.code)
            mark = one.carelessness + dice.between(0, 0.8)
            cells: dict[str, Cell] = {
                "业户名称": one.name_on(today),
                "评定等级": "AA" if mark < 0.35 else "A" if mark < 1.0 else "B" if mark < 3 else "C",
                "所属区域": TRANSPORT.zh.removesuffix("交通运输局") + "分局",
                "年度": str(year),
                "统一社会信用代码": one.code,
                "评定日期": today,
            }
            rows.append(Row(cells))
    return rows


def venues(everyone: list[Enterprise], today: date) -> list[Row]:
    """Return the culture bureau's red list and watch list in one sheet; one row belongs to neither."""
    dice, rows = Dice("culture-lists", today), []
    watched = [one for one in everyone if "culture" in one.trade.watched_by and one.is_graded and one.is_open_on(today)]
    careful = dice.several([one for one in watched if one.carelessness < 0.3], 16)
    careless = dice.several([one for one in watched if one.carelessness > 1.5], 8)
    for place, one in enumerate([*careful, *careless], 1):
        is_red = one.carelessness < 0.3
        entered = today - timedelta(days=dice.number(5, 60))
        cells: dict[str, Cell] = {
            "名单类型": "守信红名单" if is_red else "重点关注名单",
            "单位名称": one.name_on(entered),
            "统一社会信用代码": one.code,
            "列入日期": entered,
            "有效期至": entered + timedelta(days=730 if is_red else 365),
            "列入依据": "连续两年检查未发现问题，经公示无异议" if is_red else "一年内两次检查发现问题，列为重点关注",
            "文号": f"临文旅信〔{entered.year}〕{today.month}{place:02d}号",
        }
        rows.append(Row(cells))
    rows[dice.number(0, len(rows) - 1)].cells["名单类型"] = "其他名单"
    for row in rows:
        if row.cells["名单类型"] == "其他名单":
            row.problem, row.dirt = "ROUTE", "list-of-no-type"
    return rows
