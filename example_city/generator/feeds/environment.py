"""Environment and objections: points, promises, and what was called wrong."""

from datetime import date, timedelta

from example_city.generator.authorities import ENVIRONMENT
from example_city.generator.city import Enterprise
from example_city.generator.dice import Dice
from example_city.generator.feeds.penalties import Penalty
from example_city.generator.rows import Cell, Layout, Row

EVENTS = Layout(
    ("企业名称", "统一社会信用代码", "文书文号", "信息类别", "分值", "认定日期", "认定机关", "情况说明"),
    name="企业名称",
    code="统一社会信用代码",
    number="文书文号",
    day="认定日期",
    choice="信息类别",
    text="情况说明",
)
OBJECTIONS = Layout(
    (
        "异议编号",
        "企业名称",
        "统一社会信用代码",
        "异议信息文号",
        "信息提供单位",
        "异议理由",
        "提出日期",
        "处理结果",
        "答复日期",
    ),
    name="企业名称",
    code="统一社会信用代码",
    number="异议信息文号",
    number_is_required=True,
    day="提出日期",
    choice="处理结果",
    text="异议理由",
)
_ADVERSE = {"责令改正": (1, 1), "警告": (1, 1), "罚款": (2, 4), "限制生产、停产整治": (5, 6), "环境犯罪": (12, 12)}
_SHARES = {"责令改正": 55.0, "警告": 20.0, "罚款": 20.0, "限制生产、停产整治": 4.0, "环境犯罪": 1.0}
_REASONS = ("当事人已依法履行，公示信息未更新", "处罚金额与决定书不一致，请核实", "该文书相对人并非我单位，名称相近")


def events(everyone: list[Enterprise], first: date, last: date) -> list[Row]:
    """Return a span's environmental events: what they are worth, whether for or against, says the kind."""
    dice = Dice("environment", first)
    rows: list[Row] = []
    share = ((last - first).days + 1) / 365
    before = 2 * (first - date(2023, 7, 1)).days
    for one in everyone:
        if "environment" not in one.trade.watched_by or not one.is_graded:
            continue
        rate = 0.35 * one.carelessness * share
        kinds = [dice.weighted(_SHARES) for _ in range(int(rate) + dice.chance(rate - int(rate)))]
        if one.carelessness < 0.3 and dice.chance(0.25 * share):
            kinds.append(dice.weighted({"环保信用承诺": 8, "环保领跑者": 1}))
        for kind in kinds:
            day = dice.day(first, last)
            if one.is_open_on(day):
                rows.append(_event(one, kind, day, before + len(rows) + 1, dice))
    return sorted(rows, key=lambda row: (str(row.cells["认定日期"]), str(row.cells["文书文号"])))


def _event(one: Enterprise, kind: str, day: date, place: int, dice: Dice) -> Row:
    if kind in _ADVERSE:
        points, remark = dice.number(*_ADVERSE[kind]), "依据现场检查和调查结果认定，已告知当事人"
    else:
        points, remark = dice.number(1, 2), "签署承诺并连续两年无失信记录，经公示无异议"
    number = f"临环信〔{day.year}〕{place}号"
    cells: dict[str, Cell] = {
        "企业名称": one.name_on(day),
        "统一社会信用代码": one.code,
        "文书文号": number,
        "信息类别": kind,
        "分值": points,
        "认定日期": day,
        "认定机关": ENVIRONMENT.zh,
        "情况说明": remark,
    }
    return Row(cells)


def objections(penalties: list[Penalty], first: date, last: date) -> list[Row]:
    """Return the objections of a span against decisions taken up to then."""
    dice, rows = Dice("objections", first), []
    against = [penalty for penalty in penalties if penalty.enterprise.is_graded and penalty.day < first]
    for place, penalty in enumerate(dice.several(against, 7), 1):
        day = dice.day(first, last - timedelta(days=10))
        result = dice.weighted({"维持": 5, "更正": 3, "撤销公示": 1, "处理中": 2})
        cells: dict[str, Cell] = {
            "异议编号": f"YY{day:%Y%m}{place:04d}",
            "企业名称": penalty.enterprise.name_on(day),
            "统一社会信用代码": penalty.enterprise.code,
            "异议信息文号": penalty.number,
            "信息提供单位": penalty.authority.zh,
            "异议理由": dice.one(_REASONS),
            "提出日期": day,
            "处理结果": result,
            "答复日期": "" if result == "处理中" else day + timedelta(days=dice.number(2, 9)),
        }
        rows.append(Row(cells))
    return rows
