"""Inspections: what four authorities found, each in its own published table."""

from datetime import date, datetime

from example_city.generator.authorities import CULTURE, EMERGENCY, ENVIRONMENT, MARKET, Authority
from example_city.generator.city import Enterprise
from example_city.generator.codes import DISTRICTS
from example_city.generator.dice import Dice
from example_city.generator.rows import Cell, Layout, Row

DOUBLE_RANDOM = Layout(
    ("序号", "任务名称", "主体名称", "统一社会信用代码", "抽查机关", "抽查时间", "抽查结果"),
    name="主体名称",
    code="统一社会信用代码",
    choice="抽查结果",
)
SITE_RECORDS = Layout(
    (
        *("序号", "企业名称", "统一社会信用代码", "经营地址（区）", "执法任务类型", "检查内容", "现场检查文书编号"),
        *("现场检查时间", "现场检查结果", "复查文书", "复查时间", "复查结果"),
    ),
    name="企业名称",
    code="统一社会信用代码",
    number="现场检查文书编号",
    day="现场检查时间",
    choice="现场检查结果",
    text="检查内容",
)
FIXED_SOURCES = Layout(
    ("序号", "单位名称", "统一社会信用代码", "所在区", "检查日期", "问题名称", "处理结果"),
    name="单位名称",
    code="统一社会信用代码",
    day="检查日期",
    choice="处理结果",
    text="问题名称",
)
VENUES = Layout(
    ("单位名称", "社会信用代码", "检查日期", "检查方式", "检查结果", "检查人员", "备注"),
    name="单位名称",
    code="社会信用代码",
    day="检查日期",
    choice="检查结果",
)

_TASKS = ("对企业年度报告的部门联合抽查", "对食品经营单位的双随机抽查", "对广告行为的专项抽查", "对在用计量器具的抽查")
_CONTENTS = (
    "是否如实记录安全生产教育和培训情况，是否按规定配备劳动防护用品",
    "特种作业人员是否取得操作资格证书，是否上岗作业",
    "安全出口是否保持畅通，是否设置符合要求的标志",
    "是否建立事故隐患排查治理制度，是否通报排查情况",
)
_PROBLEMS = ("未按照规定设置危险废物识别标志，", "自行监测频次不足，", "污染防治设施运行记录不全，", "物料堆场未覆盖，")


def visited(
    authority: Authority, everyone: list[Enterprise], first: date, last: date, count: int
) -> list[tuple[date, Enterprise, bool]]:
    """Return the visits of a span: day, enterprise, and whether something was wrong."""
    dice = Dice("visits", authority.key, first)
    sector = authority.key.removeprefix("linlan-")
    watched = [one for one in everyone if authority is MARKET or sector in one.trade.watched_by]
    found = []
    for one in dice.several(
        [one for one in watched if one.is_open_on(first)], count + dice.number(-count // 8, count // 6)
    ):
        fails = dice.chance(min(0.8, 0.03 + 0.11 * one.carelessness))
        found.append((dice.day(first, last), one, fails))
    return sorted(found, key=lambda visit: (visit[0], visit[1].code))


def double_random(everyone: list[Enterprise], first: date, last: date, count: int) -> list[Row]:
    """Return market supervision's published results of random checks, with the minute of the visit."""
    dice, rows = Dice("double-random", first), []
    for day, one, fails in visited(MARKET, everyone, first, last, count):
        quiet = {"未发现问题": 88, "未发现开展本次抽查涉及的经营活动": 7, "无法开展检查": 5}
        wrong = {
            "发现问题已责令改正": 55,
            "未按规定公示应当公示的信息": 18,
            "通过登记的住所（经营场所）无法联系": 15,
            "公示信息隐瞒真实情况、弄虚作假": 5,
            "发现问题待后续处理（后续发现问题）": 5,
            "不配合检查情节严重": 2,
        }
        moment = datetime(day.year, day.month, day.day, dice.number(9, 16), dice.number(0, 59), dice.number(0, 59))  # noqa: DTZ001
        cells: dict[str, Cell] = {
            "任务名称": f"{day.year}年度{dice.one(_TASKS)}",
            "主体名称": one.name_on(day),
            "统一社会信用代码": one.code,
            "抽查机关": MARKET.zh,
            "抽查时间": moment,
            "抽查结果": dice.weighted(wrong if fails else quiet),
        }
        rows.append(Row(cells))
    return rows


def site_records(everyone: list[Enterprise], first: date, last: date, count: int) -> list[Row]:
    """Return emergency management's on-site records, with the second visit where one followed."""
    dice, rows = Dice("site-records", first), []
    before = 3 * (first - date(2023, 7, 1)).days
    for place, (day, one, fails) in enumerate(visited(EMERGENCY, everyone, first, last, count), 1):
        number = f"（临）应急现记〔{day.year}〕执{before + place:05d}号"
        again = fails and dice.chance(0.7)
        cells: dict[str, Cell] = {
            "企业名称": one.name_on(day),
            "统一社会信用代码": one.code,
            "经营地址（区）": DISTRICTS[one.district],
            "执法任务类型": dice.weighted({"日常": 6, "重点": 3, "双随机": 3, "专项": 1}),
            "检查内容": dice.one(_CONTENTS),
            "现场检查文书编号": number,
            "现场检查时间": day,
            "现场检查结果": "不合格" if fails else "合格",
            "复查文书": number.replace("现记", "复查") if again else "",
            "复查时间": min(date.fromordinal(day.toordinal() + dice.number(8, 25)), last) if again else "",
            "复查结果": ("合格" if dice.chance(0.9) else "不合格") if again else "",
        }
        rows.append(Row(cells))
    return rows


def fixed_sources(everyone: list[Enterprise], first: date, last: date, count: int) -> list[Row]:
    """Return the environment bureau's random checks of fixed sources; "/" means nothing to do."""
    dice, rows = Dice("fixed-sources", first), []
    for day, one, fails in visited(ENVIRONMENT, everyone, first, last, count):
        cells: dict[str, Cell] = {
            "单位名称": one.name_on(day),
            "统一社会信用代码": one.code,
            "所在区": DISTRICTS[one.district],
            "检查日期": day,
            "问题名称": dice.one(_PROBLEMS) + "已当场告知" if fails else "未发现明显违法行为",
            "处理结果": dice.weighted({"整改": 7, "立案": 2}) if fails else "/",
        }
        rows.append(Row(cells))
    return rows


def venues(everyone: list[Enterprise], first: date, last: date, count: int) -> list[Row]:
    """Return the culture bureau's visits to venues, with a column about officers that is dropped."""
    dice, rows = Dice("venues", first), []
    for day, one, fails in visited(CULTURE, everyone, first, last, count):
        cells: dict[str, Cell] = {
            "单位名称": one.name_on(day),
            "社会信用代码": one.code,
            "检查日期": day,
            "检查方式": dice.weighted({"现场检查": 8, "网络巡查": 2}),
            "检查结果": "发现问题，责令改正" if fails else "未发现问题",
            "检查人员": "执法员甲、执法员乙",
        }
        rows.append(Row(cells))
    return rows
