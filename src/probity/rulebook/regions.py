"""Regions: the codes of GB/T 2260 with their history; old codes stay in use."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from probity.rulebook.reading import Node
from probity.rulebook.texts import RuleTexts
from probity.rulebook.types import Region, RuleFile
from probity.terms import Text

_NO_PLACE = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
"""Rows of the standard that group counties and name no place of their own."""

_RANKS = ("维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "省", "市")
"""The words for the rank of a province or city, longest first."""


@dataclass(frozen=True)
class Gazetteer:
    """All codes with their spans, oldest first; regions are made when they are asked for."""

    spans: dict[str, tuple[tuple[date, date | None, Text], ...]]

    def find(self, code: str, on: date | None = None) -> Region | None:
        """Return the place a code named on a day, or, without a day, the last one it named.

        Its parents are those of the same day, province first; grouping rows are left out.
        """
        found = None
        for start, until, title in self.spans.get(code, ()):
            if on is None or (start <= on and (until is None or on < until)):
                found = (start, until, title)
        if found is None:
            return None
        start, until, title = found
        day = on or start
        above = [code[:2] + "0000", code[:4] + "00"]
        parents = [self.find(one, day) or self.find(one) for one in above if one < code]
        named = tuple(one for one in parents if one and one.title.zh not in _NO_PLACE and one.code != code)
        return Region(code, title, start, until, named)

    def names(self) -> frozenset[str]:
        """Return every Chinese name of a place, of any time; provinces and cities also without 省 or 市."""
        found: set[str] = set()
        for code, spans in self.spans.items():
            for _, _, title in spans:
                if title.zh in _NO_PLACE:
                    continue
                found.add(title.zh)
                if code.endswith("00") and len(bare := bare_region(title.zh)) > 1:
                    found.add(bare)
        return frozenset(found)


def bare_region(name: str) -> str:
    """Return the name of a province or city without the word for its rank."""
    for rank in _RANKS:
        if name.endswith(rank) and len(name) - len(rank) > 1:
            return name.removesuffix(rank)
    return name


def read_regions(node: Node, texts: RuleTexts, _: RuleFile) -> Gazetteer:
    """Read the table: `spans` are lines `code first-day [until]`, `names` the same with both names.

    The table is one block of lines, not a mapping, because thousands of YAML nodes with
    positions would cost more time than all other rules together.

    Raises:
        RuleFault: naming the line, when a line is none or a span has no name.
    """
    node.reference()
    stated = node.need("spans")
    names = dict(_names(texts.node.need("names")))
    spans: dict[str, list[tuple[date, date | None, Text]]] = {}
    for number, line in enumerate(stated.text().splitlines()):
        code, start, *rest = line.split()
        title = names.pop((code, start), None)
        if title is None or len(code) != 6 or len(rest) > 1:
            stated.fail(f"第 {number + 1} 行：无名称或格式不符", f"row {number + 1}: no name, or not a span")
        until = date.fromisoformat(rest[0]) if rest else None
        spans.setdefault(code, []).append((date.fromisoformat(start), until, title))
    if names:
        texts.node.fail(f"多余的名称：{next(iter(names))[0]}", f"a name without a span: {next(iter(names))[0]}")
    node.close()
    texts.close()
    return Gazetteer({code: tuple(sorted(listed, key=lambda span: span[0])) for code, listed in spans.items()})


def _names(node: Node) -> Iterator[tuple[tuple[str, str], Text]]:
    for line in node.text().splitlines():
        head, _, en = line.partition(" | ")
        code, _, rest = head.partition(" ")
        start, _, zh = rest.partition(" ")
        if not (zh.strip() and en.strip()):
            node.fail(f"名称不全：{line}", f"a name in one language only: {line}")
        yield (code, start), Text(zh, en)
