"""Names: invented trade names, trades and legal forms of the enterprises."""

from dataclasses import dataclass

from example_city.generator.dice import Dice

CITY = "临澜市"
"""Linlan, a prefecture city on no map."""

_FIRST = tuple("曜晟宸禾煦岚屿砚朔峤霁榕栩珩祺汀渚澄栖沐筑衡拓冠恒锦嘉启卓蔚")
_SECOND = tuple("源泰和丰达瑞远航辰嘉盛信诚安泽原野川谷林驰翔微禾图景洲峰森")
_THIRD = ("", "", "", "", "康", "博", "联", "创")
_SHOP = ("听雨", "半亩", "小满", "拾光", "一碗", "临水", "向晚", "老街", "青石", "麦香", "渔火", "南窗", "早春", "暖灶")


@dataclass(frozen=True, slots=True)
class Trade:
    """What an enterprise does, its GB/T 4754 section and division, and who watches it."""

    words: str
    industry: str
    watched_by: tuple[str, ...]
    share: float


TRADES = (
    Trade("食品", "C14", ("emergency", "environment"), 8),
    Trade("餐饮管理", "H62", (), 9),
    Trade("化工", "C26", ("emergency", "environment"), 4),
    Trade("建材", "C30", ("emergency", "environment"), 5),
    Trade("机械制造", "C34", ("emergency", "environment"), 7),
    Trade("纺织", "C17", ("emergency", "environment"), 4),
    Trade("印刷", "C23", ("environment", "culture"), 3),
    Trade("物流", "G54", ("transport", "emergency"), 8),
    Trade("客运", "G54", ("transport",), 2),
    Trade("汽车维修", "O81", ("transport", "environment"), 4),
    Trade("文化传媒", "R87", ("culture",), 5),
    Trade("旅行社", "L72", ("culture", "transport"), 2),
    Trade("网络科技", "I64", ("culture",), 7),
    Trade("商贸", "F51", (), 14),
    Trade("建筑工程", "E47", ("emergency",), 6),
    Trade("环保科技", "N77", ("environment",), 3),
    Trade("医药", "F52", ("emergency",), 3),
    Trade("酒店管理", "H61", ("emergency", "culture"), 4),
    Trade("物业服务", "K70", ("emergency",), 4),
)
"""Market supervision and tax watch all of them."""

COOPERATIVE = Trade("种植", "A01", (), 1)
LAW = Trade("法律服务", "L72", (), 1)
SHOPS = (
    Trade("面馆", "H62", (), 4),
    Trade("小吃店", "H62", (), 3),
    Trade("便利店", "F52", (), 4),
    Trade("汽修部", "O81", ("transport",), 2),
    Trade("书报亭", "F52", ("culture",), 1),
)
"""Sole traders: shop names that name a place or a taste, never a person."""

FORMS = {"有限公司": 78.0, "有限责任公司": 8.0, "股份有限公司": 4.0, "厂": 6.0, "中心（有限合伙）": 2.0}
"""Legal form → share; a 厂 is a sole proprietorship (个人独资企业), coded 91 all the same."""


def trade_name(dice: Dice) -> str:
    """Return a trade name of two or three characters."""
    return dice.one(_FIRST) + dice.one(_SECOND) + dice.one(_THIRD)


def company(dice: Dice, trade: Trade, form: str) -> str:
    """Return a company's name: city, trade name, trade, legal form."""
    return f"{CITY}{trade_name(dice)}{trade.words}{form}"


def shop(dice: Dice, trade: Trade, district: str) -> str:
    """Return a sole trader's shop name."""
    return f"{CITY}{district}{dice.one(_SHOP)}{dice.one(_SECOND)}{trade.words}"
