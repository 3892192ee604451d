"""Made-up names of enterprises, and the ways in which people misspell them.

Nothing here is copied from a register: regions and trades are the words of the rulebook, trade
names are drawn from characters in common use. A seed gives the same names on every machine.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from probity.engine.naming.folding import SYLLABLE
from probity.engine.naming.parsing import NameParser
from probity.engine.naming.traditional import TABLE as TRADITIONAL
from probity.rulebook import Rulebook
from probity.rulebook.naming import NamingRule
from probity.rulebook.regions import bare_region

_LUCKY = (
    "华盛兴隆鑫源恒泰瑞祥宏达远大新创天地金龙凤飞腾安康福禄寿喜吉利顺通博文德信诚义和平中正"
    "美佳丽景春晨光明辉煌星海洋江河山川林森荣昌茂丰裕富贵嘉宝聚汇众联合同创世纪东方北辰南洋"
)
_COMMON = (
    "云智慧科思维尔纳特斯克拉瓦凯迪奥卡米洛巴图尼亚萨比亿万千百十元启承启迪优品良木水火土石竹梅兰菊松柏桂樱桃李果麦禾谷稻"
    "风雨雪霜雷电虹霞露晴朗月日阳光影声韵律琴棋书画诗词歌赋笔墨纸砚雅致匠心艺术工坊鹰虎豹马鹿鹏雁鸿鹤燕鱼鲸象牛羊狮熊"
    "青蓝红紫白黑绿银铜铁钢玉珠翠晶钻珊瑚琥珀蓝图领航先锋超越卓越精锐力量速捷快易简约尚品味道香浓郁醇厚朴素真纯净洁清"
    "清泉溪流湖泊岛屿沙漠草原牧场田园村庄城堡桥梁路径门窗台阁楼宇轩亭院落庭巷弄坊市集群峰岭岩崖壁谷峡湾港汀渚洲渡津"
    "仁义礼智勇毅恒勤俭谦逊宽容善爱友谊情缘梦想希望未来时代纪年轮岁月朝夕晨曦暮色黎明破晓初心始终如一贯穿融合共享互动"
)
_FORMS = ("有限公司",) * 12 + ("有限责任公司",) * 3 + ("股份有限公司",) * 2 + ("集团有限公司", "厂", "中心", "经营部")
_NOTES = ("天猫店", "淘宝网店", "京东旗舰店", "拼多多店铺", "抖音小店")
_ENGLISH = ("Co., Ltd.", "Limited", "Co.,Ltd", "Inc.", "Corporation")
_WIDE = {ord(narrow): chr(ord(narrow) + 0xFEE0) for narrow in "()ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}
_WRITTEN = {simple: others[0] for simple, _, others in (p.partition(":") for p in TRADITIONAL.split())}

Change = Callable[["Maker", str, random.Random], str]


@dataclass
class Maker:
    """Makes names and spoils them, from the words of one rulebook."""

    rule: NamingRule
    regions: list[str]  # with their 省, 市, 区 or 县
    trades: list[str]
    parser: NameParser
    alike: dict[str, str] = field(default_factory=dict)  # syllable → characters read so

    @classmethod
    def of(cls, rulebook: Rulebook, rule: NamingRule) -> "Maker":
        """Take the words from a rulebook."""
        names = rulebook.region_names()
        places = sorted(name for name in names if name[-1] in "市区县" and len(name) <= 5)
        maker = cls(rule, places, sorted(rule.words.trades), NameParser(rule.words, names))
        for character in sorted(set(_LUCKY + _COMMON)):
            syllable = SYLLABLE.get(character, character)
            maker.alike[syllable] = maker.alike.get(syllable, "") + character
        return maker

    def names(self, count: int, seed: int) -> list[str]:
        """Return that many different names; four in a hundred are written in Latin letters."""
        dice = random.Random(seed)
        found: dict[str, None] = {}
        while len(found) < count:
            found[self._english(dice) if dice.random() < 0.04 else self._chinese(dice)] = None
        return list(found)

    def strangers(self, count: int, seed: int) -> list[str]:
        """Return names of nobody: the same places and trades, trade names of their own; some nearly another's."""
        dice = random.Random(seed)
        return [self._chinese(dice, lucky=dice.random() < 0.4) for _ in range(count)]

    def _chinese(self, dice: random.Random, *, lucky: bool | None = None) -> str:
        is_lucky = dice.random() < 0.45 if lucky is None else lucky
        length = dice.choice((2, 2, 3, 3, 4) if not is_lucky else (2, 2, 3))
        held = _LUCKY if is_lucky else _COMMON
        trade_name = "".join(dice.choice(held) for _ in range(length))
        place = dice.choice(self.regions)
        if dice.random() < 0.7:
            place = bare_region(place) if place[-1] == "市" else place
        form = dice.choice(_FORMS)
        trade = dice.choice(self.trades)
        if dice.random() < 0.15:
            return f"{trade_name}（{place}）{trade}{form}"
        return f"{place}{trade_name}{trade}{form}"

    def _english(self, dice: random.Random) -> str:
        syllables = sorted({SYLLABLE[each] for each in _LUCKY})
        words = ["".join(dice.choice(syllables) for _ in range(dice.choice((1, 2, 2, 3)))).title() for _ in range(3)]
        kind = dice.choice(("Trading", "Technology", "Industry", "Development", "Electronics", "Consulting"))
        return f"{words[0]} {words[1]} {words[2]} {kind} {dice.choice(_ENGLISH)}"

    def spoil(self, name: str, kind: str, dice: random.Random) -> str:
        """Return a name misspelled in one way of `CHANGES`."""
        return CHANGES[kind](self, name, dice)

    def questions(self, names: list[str], count: int, seed: int) -> Iterator[tuple[str, str, str]]:
        """Yield (misspelled, right name, kind) where no other name would be as right."""
        dice = random.Random(seed)
        kinds = sorted(CHANGES)
        taken = {fold_key(self.parser, name) for name in names}
        made = 0
        while made < count:
            name, kind = dice.choice(names), kinds[made % len(kinds)]
            wrong = self.spoil(name, kind, dice)
            key = fold_key(self.parser, wrong)
            if wrong == name or not wrong or (key in taken and key != fold_key(self.parser, name)):
                continue
            made += 1
            yield wrong, name, kind


def fold_key(parser: NameParser, name: str) -> tuple[object, ...]:
    """Return what makes two spellings one name, the region included."""
    parts = parser.parse(name)
    return (*parts.key, *parts.region)


def _inner(name: str) -> range:
    """Return the places of a name that a slip may hit: neither its first two characters nor its form."""
    return range(2, max(3, len(name) - 4))


def _slip(name: str, dice: random.Random, put: Callable[[str, str], str]) -> str:
    place = dice.choice(_inner(name))
    return name[:place] + put(name[place : place + 1], name[place + 1 : place + 2]) + name[place + 2 :]


def _typed_alike(maker: Maker, name: str, dice: random.Random) -> str:
    places = [at for at in _inner(name) if len(maker.alike.get(SYLLABLE.get(name[at], ""), "")) > 1]
    if not places:
        return name
    at = dice.choice(places)
    others = [each for each in maker.alike[SYLLABLE[name[at]]] if each != name[at]]
    return name[:at] + dice.choice(others) + name[at + 1 :] if others else name


def _moved(maker: Maker, name: str, _: random.Random) -> str:
    for place in maker.regions:
        for written in (place, bare_region(place)):
            if name.startswith(written) and len(name) > len(written) + 6:
                rest = name[len(written) :]
                return f"{rest[:3]}（{written}）{rest[3:]}" if len(rest) < 9 else f"{rest[:-4]}（{written}）{rest[-4:]}"
    return name


def _without_region(maker: Maker, name: str, _: random.Random) -> str:
    region = maker.parser.parse(name).region
    found = next((place for place in maker.regions if name.startswith(place)), "")
    bare = bare_region(region[0]) if region else ""
    return name.removeprefix(found or bare)


def _with_city(maker: Maker, name: str, _: random.Random) -> str:
    for place in maker.regions:
        if place[-1] == "市":
            if name.startswith(place):
                return bare_region(place) + name.removeprefix(place)
            if name.startswith(bare_region(place)):
                return place + name.removeprefix(bare_region(place))
    return name


def _other_form(_: Maker, name: str, __: random.Random) -> str:
    if "责任" in name:
        return name.replace("有限责任公司", "有限公司")
    return name.replace("有限公司", "有限责任公司") if "股份" not in name else name


def _drop(name: str, dice: random.Random) -> str:
    return _slip(name, dice, lambda _, following: following)


CHANGES: dict[str, Change] = {
    "wide": lambda _, name, __: name.translate(_WIDE),
    "blanks": lambda _, name, dice: _slip(name, dice, lambda one, two: f"{one} {two}"),
    "case": lambda _, name, __: name.upper() if name.isascii() else name.replace("（", "(").replace("）", ") "),
    "traditional": lambda _, name, __: "".join(_WRITTEN.get(each, each) for each in name),
    "form": _other_form,
    "no form": lambda _, name, __: name.removesuffix("公司").removesuffix("有限").removesuffix("责任"),
    "city moved": _moved,
    "city written": _with_city,
    "no region": _without_region,
    "shop note": lambda _, name, dice: f"{name}（{dice.choice(_NOTES)}）",
    "homophone": _typed_alike,
    "unrelated": lambda _, name, dice: _slip(name, dice, lambda __, two: dice.choice(_COMMON) + two),
    "missing": lambda _, name, dice: _drop(name, dice),
    "extra": lambda _, name, dice: _slip(name, dice, lambda one, two: one + dice.choice(_COMMON) + two),
    "doubled": lambda _, name, dice: _slip(name, dice, lambda one, two: one + one + two),
    "swapped": lambda _, name, dice: _slip(name, dice, lambda one, two: two + one),
    "cut off": lambda _, name, __: name[: max(6, len(name) * 3 // 4)],
    "region and slip": lambda maker, name, dice: _typed_alike(maker, _without_region(maker, name, dice), dice),
    "form and slip": lambda maker, name, dice: _drop(_other_form(maker, name, dice), dice),
}
"""How people misspell names: nineteen ways."""
