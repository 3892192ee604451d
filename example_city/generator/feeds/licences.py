"""Licences: permits of transport in the current layout, culture in the old one."""

from datetime import date, timedelta

from example_city.generator.authorities import CULTURE, TRANSPORT, Authority
from example_city.generator.city import Enterprise
from example_city.generator.codes import DISTRICTS
from example_city.generator.dice import Dice
from example_city.generator.feeds.penalties import category_of
from example_city.generator.rows import Cell, Layout, Row

CURRENT = Layout(
    (
        *("行政相对人名称", "行政相对人类别", "统一社会信用代码", "工商注册号", "组织机构代码", "税务登记号"),
        *("事业单位证书号", "社会组织登记证号", "法定代表人", "法定代表人证件类型", "法定代表人证件号码"),
        *("自然人证件类型", "自然人证件号码", "行政许可决定文书名称", "行政许可决定文书号", "许可类别", "许可证书名称"),
        *("许可编号", "许可内容", "许可决定日期", "有效期自", "有效期至", "许可机关", "许可机关统一社会信用代码"),
        *("当前状态", "数据来源单位", "数据来源单位统一社会信用代码", "备注"),
    ),
    name="行政相对人名称",
    code="统一社会信用代码",
    number="行政许可决定文书号",
    number_is_required=True,
    day="许可决定日期",
    choice="许可类别",
    text="许可内容",
    category="行政相对人类别",
    older_codes=("工商注册号",),
)
LEGACY = Layout(
    (
        *(
            "XK_WSH",
            "XK_XMMC",
            "XK_SPLB",
            "XK_NR",
            "XK_XDR",
            "XK_XDR_SHXYM",
            "XK_XDR_ZDM",
            "XK_XDR_GSDJ",
            "XK_XDR_SWDJ",
        ),
        *("XK_XDR_SFZ", "XK_FR", "XK_JDRQ", "XK_JZQ", "XK_XZJG", "XK_ZT", "DFBM", "SJC", "BZ"),
    ),
    name="XK_XDR",
    code="XK_XDR_SHXYM",
    number="XK_WSH",
    number_is_required=True,
    day="XK_JDRQ",
    choice="XK_SPLB",
    text="XK_NR",
    older_codes=("XK_XDR_ZDM", "XK_XDR_GSDJ"),
)
_LONG_TERM = date(2099, 12, 31)
_TRANSPORT = {
    "道路运输经营许可证": "道路普通货物运输，货物专用运输",
    "道路旅客运输许可": "县际包车客运，旅游客运",
    "机动车维修备案": "二类机动车维修，含小型车",
}
_CULTURE = {
    "营业性演出许可": "演出经纪，营业性演出举办",
    "出版物零售许可": "出版物零售，含网络销售",
    "旅行社业务经营许可": "国内旅游业务，入境旅游业务",
}


def granted(
    authority: Authority, everyone: list[Enterprise], first: date, last: date, count: int
) -> list[tuple[date, Enterprise]]:
    """Return who was granted a licence by the authority in a span, and on which day."""
    dice = Dice("licences", authority.key, first)
    sector = authority.key.removeprefix("linlan-")
    watched = [one for one in everyone if sector in one.trade.watched_by and one.is_open_on(first)]
    return sorted(
        ((dice.day(first, last), one) for one in dice.several(watched, count + dice.number(-8, 9))),
        key=lambda pair: (pair[0], pair[1].code),
    )


def in_current_layout(everyone: list[Enterprise], first: date, last: date, count: int) -> list[Row]:
    """Return transport's licences; a fifth of them never end and say 2099/12/31."""
    dice, rows = Dice("licences-current", first), []
    before = 3 * (first - date(2023, 7, 1)).days
    for place, (day, one) in enumerate(granted(TRANSPORT, everyone, first, last, count), 1):
        title, content = dice.one(tuple(_TRANSPORT.items()))
        number = f"临交许〔{day.year}〕{before + place}号"
        cells: dict[str, Cell] = {
            "行政相对人名称": one.name_on(day),
            "行政相对人类别": category_of(one),
            "统一社会信用代码": one.code,
            "工商注册号": one.registration_number,
            "法定代表人": "某某",
            "法定代表人证件类型": "身份证",
            "法定代表人证件号码": "******",
            "行政许可决定文书名称": f"准予{title}决定书",
            "行政许可决定文书号": number,
            "许可类别": dice.weighted({"普通": 7, "核准": 2, "登记": 1}),
            "许可证书名称": title,
            "许可编号": f"临运许{before + place:07d}",
            "许可内容": content,
            "许可决定日期": day,
            "有效期自": day,
            "有效期至": _LONG_TERM if dice.chance(0.2) else day + timedelta(days=365 * dice.number(1, 4)),
            "许可机关": TRANSPORT.zh,
            "许可机关统一社会信用代码": TRANSPORT.code,
            "当前状态": "1",
            "数据来源单位": TRANSPORT.zh,
            "数据来源单位统一社会信用代码": TRANSPORT.code,
        }
        rows.append(Row(cells, ("licence", number, TRANSPORT.zh)))
    return rows


def in_legacy_layout(everyone: list[Enterprise], first: date, last: date, count: int) -> list[Row]:
    """Return culture's licences in the layout of 2015."""
    dice, rows = Dice("licences-legacy", first), []
    before = 2 * (first - date(2023, 7, 1)).days
    for place, (day, one) in enumerate(granted(CULTURE, everyone, first, last, count), 1):
        title, content = dice.one(tuple(_CULTURE.items()))
        number = f"临文旅许〔{day.year}〕{before + place}号"
        cells: dict[str, Cell] = {
            "XK_WSH": number,
            "XK_XMMC": title,
            "XK_SPLB": dice.weighted({"普通": 7, "核准": 3}),
            "XK_NR": content,
            "XK_XDR": one.name_on(day),
            "XK_XDR_SHXYM": one.code,
            "XK_XDR_ZDM": one.code[8:16] + "-" + one.code[16],
            "XK_XDR_GSDJ": one.registration_number,
            "XK_FR": "某某",
            "XK_JDRQ": day,
            "XK_JZQ": _LONG_TERM if dice.chance(0.3) else day + timedelta(days=365 * 3),
            "XK_XZJG": CULTURE.zh,
            "XK_ZT": "0",
            "DFBM": "339900",
            "SJC": f"{day + timedelta(days=4):%Y-%m-%d} 08:00:00",
            "BZ": DISTRICTS[one.district],
        }
        rows.append(Row(cells, ("licence", number, CULTURE.zh)))
    return rows
