"""Names: a few made-up enterprises, and a finder over them."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import product

from probity.engine.naming.finding import Finder
from probity.engine.naming.index import NameIndex, arrays_of
from probity.engine.naming.parsing import NameParser
from probity.engine.naming.types import IndexedName, NameStanding
from probity.rulebook import Rulebook, shipped
from probity.rulebook.naming import NamingRule


@cache
def rule() -> NamingRule:
    """Return the shipped naming rule."""
    return Rulebook.read([shipped()]).naming(date(2026, 11, 1))


@cache
def parser() -> NameParser:
    """Return a parser with the shipped words and regions."""
    return NameParser(rule().words, Rulebook.read([shipped()]).region_names())


REGISTER = (
    IndexedName(1, "北京鑫旺路桥建设有限公司", code="911101166004285960"),
    IndexedName(2, "临澜灯影食品有限公司"),
    IndexedName(3, "青岛海澜之星商贸有限公司"),
    IndexedName(4, "北京善讯科技有限公司"),
    IndexedName(5, "北京善讯科技有限公司上海分公司"),
    IndexedName(6, "深圳市万达电影股份有限公司"),
    IndexedName(7, "杭州云栖软件有限公司"),
    IndexedName(8, "杭州云栖软件有限公司"),
    IndexedName(9, "成都锦里餐饮管理有限公司"),
    IndexedName(9, "成都蜀香餐饮管理有限公司", NameStanding.FORMER),
    IndexedName(10, "Lantern Foods Trading Co., Ltd."),
    IndexedName(11, "北京诚泰商务酒店"),
    # Others, so that regions and trades are frequent and trade names rare, as in any register.
    *(
        IndexedName(1000 + n, f"{region}{one}{two}{trade}有限公司")
        for n, (region, one, (two, trade)) in enumerate(
            product(
                ["北京", "上海", "深圳", "杭州"],
                "金木水火土日月云",
                zip("山川江河湖海", ["科技", "商贸", "食品", "软件", "建设", "餐饮管理"], strict=True),
            )
        )
    ),
)


def finder(entries: Sequence[IndexedName] = REGISTER) -> Finder:
    """Return a finder over some names."""
    return Finder(NameIndex(arrays_of(entries, parser())), parser(), rule())
