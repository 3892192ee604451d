"""Penalties: decisions of four authorities in the layouts met in deliveries."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from example_city.generator.authorities import Authority, Violation
from example_city.generator.city import Enterprise
from example_city.generator.codes import DISTRICTS
from example_city.generator.dice import Dice
from example_city.generator.rows import Cell, Layout, Row

CURRENT = Layout(
    (
        *("行政相对人名称", "行政相对人类别", "统一社会信用代码", "工商注册号", "组织机构代码", "税务登记号"),
        *("事业单位证书号", "社会组织登记证号", "法定代表人", "法定代表人证件类型", "法定代表人证件号码"),
        *("自然人证件类型", "自然人证件号码", "行政处罚决定书文号", "违法行为类型", "违法事实", "处罚依据", "处罚类别"),
        *("处罚内容", "罚款金额（万元）", "没收违法所得、没收非法财物的金额（万元）", "暂扣或吊销证照名称及编号"),
        *("处罚决定日期", "处罚有效期", "公示截止期", "处罚机关", "处罚机关统一社会信用代码"),
        *("数据来源单位", "数据来源单位统一社会信用代码", "失信程度", "备注"),
    ),
    name="行政相对人名称",
    code="统一社会信用代码",
    number="行政处罚决定书文号",
    number_is_required=True,
    day="处罚决定日期",
    money="罚款金额（万元）",
    choice="处罚类别",
    text="违法事实",
    category="行政相对人类别",
    older_codes=("工商注册号",),
)
"""The double-publicity table in force (DOMAIN 4.1), with the city's own column of gravity."""

ENVELOPE = replace(CURRENT, headers=("cd_id", "cd_time", "cd_source", "cd_batch", "cd_operation", *CURRENT.headers))
"""The same with the exchange columns of database docking in front."""

LEGACY = Layout(
    (
        *("CF_WSH", "CF_CFMC", "CF_CFLB1", "CF_CFLB2", "CF_SY", "CF_YJ", "CF_XDR_MC", "CF_XDR_SHXYM", "CF_XDR_ZDM"),
        *(
            "CF_XDR_GSDJ",
            "CF_XDR_SWDJ",
            "CF_XDR_SFZ",
            "CF_FR",
            "CF_JG",
            "CF_JDRQ",
            "CF_XZJG",
            "CF_ZT",
            "DFBM",
            "SJC",
            "BZ",
        ),
    ),
    name="CF_XDR_MC",
    code="CF_XDR_SHXYM",
    number="CF_WSH",
    number_is_required=True,
    day="CF_JDRQ",
    choice="CF_CFLB1",
    text="CF_SY",
    older_codes=("CF_XDR_ZDM", "CF_XDR_GSDJ"),
)
"""The layout of 2015, still met; kinds are numbers, results are words, amounts are missing."""

LEGACY_KINDS = {"警告": "01", "罚款": "02", "没收违法所得": "03", "责令停产停业": "04"}


@dataclass(frozen=True, slots=True)
class Penalty:
    """One decision as it was really taken; amounts in fen."""

    authority: Authority
    enterprise: Enterprise
    number: str
    violation: Violation
    fine: int
    confiscated: int
    day: date

    @property
    def has_fine(self) -> bool:
        """Whether money is asked for at all; a bare warning asks for none."""
        return self.violation.most > 0


def befall(authority: Authority, everyone: list[Enterprise], first: date, last: date) -> list[Penalty]:
    """Return the authority's decisions from `first` to `last`, in the order of their numbers."""
    dice = Dice("penalties", authority.key, first)
    share = ((last - first).days + 1) / 365
    sector = authority.key.removeprefix("linlan-")
    drawn: list[tuple[date, Enterprise]] = []
    for one in everyone:
        if sector != "market" and sector not in one.trade.watched_by:
            continue
        rate = authority.penalty_rate * one.carelessness * share
        for _ in range(int(rate) + dice.chance(rate - int(rate))):
            day = dice.day(first, last)
            if one.is_open_on(day):
                drawn.append((day, one))
    drawn.sort(key=lambda pair: (pair[0], pair[1].code))
    # Numbers run on from period to period: a period of n days takes fewer than 2n of them.
    before = 2 * (first - date(2023, 7, 1)).days
    return [_decision(authority, one, day, before + place, dice) for place, (day, one) in enumerate(drawn, 1)]


def _decision(authority: Authority, one: Enterprise, day: date, place: int, dice: Dice) -> Penalty:
    violation = dice.weighted({found: 1.0 if found.most > 250_000 else 4.0 for found in authority.violations})
    # Fines cluster at the low end of their range; a few reach the top.
    reach = min(dice.between(0, 1), dice.between(0, 1))
    fine = round((violation.least + (violation.most - violation.least) * reach) / 100) * 10_000
    confiscated = dice.number(800, 90_000) * 37 if "没收" in violation.category else 0
    number = f"{authority.mark}〔{day.year}〕{place}号"
    return Penalty(authority, one, number, violation, fine, confiscated, day)


def ten_thousands(fen: int) -> str:
    """Return fen as ten-thousand yuan with up to six decimals, as the table wants them."""
    whole, part = divmod(fen, 1_000_000)
    return f"{whole}.{part:06d}".rstrip("0").rstrip(".") if part else str(whole)


def category_of(one: Enterprise) -> str:
    """Return the counterpart's category as the table names it."""
    return "个体工商户" if one.kind == "sole_trader" else "法人及非法人组织"


def in_current_layout(penalty: Penalty) -> Row:
    """Return a decision as a row of the table in force."""
    one, authority = penalty.enterprise, penalty.authority
    fine = penalty.fine if penalty.has_fine else 0
    severity = "严重" if fine >= 10_000_000 else "一般" if fine >= 1_000_000 else "轻微"
    result = f"罚款{ten_thousands(penalty.fine)}万元" if penalty.has_fine else "警告"
    years = 3 if penalty.violation.most > 100_000 else 1
    end = penalty.day.replace(year=penalty.day.year + years, day=min(penalty.day.day, 28))
    cells: dict[str, Cell] = {
        "行政相对人名称": one.name_on(penalty.day),
        "行政相对人类别": category_of(one),
        "统一社会信用代码": one.code,
        "工商注册号": one.registration_number,
        "法定代表人": "某某",
        "法定代表人证件类型": "身份证",
        "法定代表人证件号码": "******",
        "行政处罚决定书文号": penalty.number,
        "违法行为类型": penalty.violation.act,
        "违法事实": f"当事人{penalty.violation.facts}。",
        "处罚依据": penalty.violation.basis,
        "处罚类别": penalty.violation.category,
        "处罚内容": result,
        "罚款金额（万元）": ten_thousands(penalty.fine) if penalty.has_fine else "",
        "没收违法所得、没收非法财物的金额（万元）": ten_thousands(penalty.confiscated) if penalty.confiscated else "",
        "处罚决定日期": penalty.day,
        "处罚有效期": end,
        "公示截止期": end,
        "处罚机关": authority.zh,
        "处罚机关统一社会信用代码": authority.code,
        "数据来源单位": authority.zh,
        "数据来源单位统一社会信用代码": authority.code,
        "失信程度": severity,
    }
    return Row(cells, ("penalty", penalty.number, authority.zh))


def in_legacy_layout(penalty: Penalty) -> Row:
    """Return a decision as a row of the layout of 2015."""
    one = penalty.enterprise
    kind = penalty.violation.category.split("，")[0]
    result = f"罚款人民币{penalty.fine // 100}元" if penalty.has_fine else "警告"
    cells: dict[str, Cell] = {
        "CF_WSH": penalty.number,
        "CF_CFMC": f"{penalty.violation.act}案",
        "CF_CFLB1": LEGACY_KINDS[kind],
        "CF_SY": f"当事人{penalty.violation.facts}。",
        "CF_YJ": penalty.violation.basis,
        "CF_XDR_MC": one.name_on(penalty.day),
        "CF_XDR_SHXYM": one.code,
        "CF_XDR_ZDM": one.code[8:16] + "-" + one.code[16],
        "CF_XDR_GSDJ": one.registration_number,
        "CF_FR": "某某",
        "CF_JG": result,
        "CF_JDRQ": penalty.day,
        "CF_XZJG": penalty.authority.zh,
        "CF_ZT": "0",
        "DFBM": "339900",
        "SJC": f"{penalty.day + timedelta(days=5):%Y-%m-%d} 08:00:00",
        "BZ": DISTRICTS[one.district],
    }
    return Row(cells, ("penalty", penalty.number, penalty.authority.zh))


def corrected(penalty: Penalty, share: float) -> Penalty:
    """Return the decision with its fine changed to `share` of the first, as a correction states it."""
    return replace(penalty, fine=round(penalty.fine * share / 100_000) * 100_000)
