"""Registrations and annual reports: who exists, and who said so in time."""

from datetime import date, timedelta

from example_city.generator.authorities import MARKET
from example_city.generator.city import Enterprise
from example_city.generator.codes import DISTRICTS
from example_city.generator.dice import Dice
from example_city.generator.rows import Cell, Layout, Row

REGISTER = Layout(
    (
        *("企业名称", "统一社会信用代码", "注册号", "市场主体类型", "行业代码", "法定代表人", "成立日期"),
        *("核准日期", "登记机关", "登记状态", "所在区", "业务类型"),
    ),
    name="企业名称",
    code="统一社会信用代码",
    day="核准日期",
    choice="业务类型",
    older_codes=("注册号",),
)
REPORTS = Layout(
    ("企业名称", "统一社会信用代码", "年报年度", "年报状态", "公示日期", "认定日期", "联系电话"),
    name="企业名称",
    code="统一社会信用代码",
    day="认定日期",
    choice="年报状态",
)


def _entry(one: Enterprise, approved: date, act: str, state: str) -> Row:
    cells: dict[str, Cell] = {
        "企业名称": one.name_on(approved),
        "统一社会信用代码": one.code,
        "注册号": one.registration_number,
        "市场主体类型": one.form,
        "行业代码": one.trade.industry,
        "法定代表人": "某某",
        "成立日期": one.founded,
        "核准日期": approved,
        "登记机关": MARKET.zh,
        "登记状态": state,
        "所在区": DISTRICTS[one.district],
        "业务类型": act,
    }
    return Row(cells)


def stock(everyone: list[Enterprise], today: date) -> list[Row]:
    """Return the whole register on a day."""
    known = [one for one in everyone if one.is_registered and one.founded < today]
    return [_entry(one, one.founded, "设立登记", "存续") for one in known]


def changes(everyone: list[Enterprise], first: date, last: date) -> list[Row]:
    """Return what the register saw in a span: foundings, new names, closures, other changes."""
    dice, rows = Dice("register", first), []
    for one in everyone:
        if not one.is_registered:
            continue
        if first <= one.founded <= last:
            rows.append(_entry(one, one.founded, "设立登记", "存续"))
        if one.renamed and first <= one.renamed <= last:
            rows.append(_entry(one, one.renamed, "名称变更登记", "存续"))
        if one.closed and first <= one.closed <= last:
            rows.append(_entry(one, one.closed, "注销登记", "注销"))
        elif one.is_open_on(first) and one.founded < first and not one.renamed and dice.chance(0.004):
            rows.append(_entry(one, dice.day(first, last), "其他变更登记", "存续"))
    return sorted(rows, key=lambda row: (str(row.cells["核准日期"]), str(row.cells["统一社会信用代码"])))


def _silence(one: Enterprise, year: int) -> Row:
    """Return the row of an enterprise that published no report by the end of the window."""
    noted = date(year + 1, 7, 1)
    cells: dict[str, Cell] = {
        "企业名称": one.name_on(noted),
        "统一社会信用代码": one.code,
        "年报年度": str(year),
        "年报状态": "未公示",
        "公示日期": "",
        "认定日期": noted,
        "联系电话": "0999-5550100",
    }
    return Row(cells)


def reports(everyone: list[Enterprise], year: int, first: date, last: date) -> list[Row]:
    """Return the annual reports of a year that were published between two days.

    The window closes on 30 June of the next year; careless enterprises report late or never.
    """
    rows = []
    for one in everyone:
        dice = Dice("annual-report", year, one.code)
        if not one.is_registered or one.founded.year > year or not one.is_open_on(last):
            continue
        misses = dice.chance(min(0.6, 0.015 * one.carelessness))
        late = dice.chance(min(0.7, 0.03 + 0.08 * one.carelessness))
        end = date(year + 1, 6, 30)
        day = end + timedelta(days=dice.number(1, 150)) if late else dice.day(date(year + 1, 1, 4), end)
        if misses or not first <= day <= last:
            rows += [_silence(one, year)] if misses and first <= end < last else []
            continue
        cells: dict[str, Cell] = {
            "企业名称": one.name_on(day),
            "统一社会信用代码": one.code,
            "年报年度": f"{year}年度" if dice.chance(0.02) else str(year),
            "年报状态": "逾期公示" if late else "按时公示",
            "公示日期": day,
            "认定日期": day,
            "联系电话": "0999-5550100",
        }
        rows.append(Row(cells))
    return sorted(rows, key=lambda row: (str(row.cells["认定日期"]), str(row.cells["统一社会信用代码"])))
