"""Reading an index system: from a rule file and its text file to a checked tree."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from probity.rulebook.index_systems.bands import of_score, read_bands
from probity.rulebook.index_systems.selections import read_selection
from probity.rulebook.index_systems.tariffs import magnitude, points_of, positive, read_tariff
from probity.rulebook.index_systems.types import (
    Band,
    Dimension,
    Effect,
    GradeRule,
    IndexSystem,
    Indicator,
    Publication,
    Silence,
)
from probity.rulebook.reading import Node
from probity.rulebook.texts import RuleTexts
from probity.rulebook.types import RecordType, RuleFile
from probity.terms import Family, LegalReference, Status, Text

NOT_YET = {
    "": ("assessments", "outside_scores", "shifts", "matrix", "static", "dynamic", "other_grades", "grade_floors"),
    "score": ("start_by_information",),
    "dimension": ("normalised", "best_of"),
    "indicator": ("decay", "ratio", "restores", "absence", "threshold", "from_evaluation"),
    "grade_rule": ("unless", "score_below"),
}
"""Reserved keys by place: names the format will need, refused until the engine can do them."""


@dataclass
class Desk:
    """What the reading of one index system needs in every part: its instrument, labels, types."""

    instrument: str
    record_types: Mapping[str, RecordType]
    texts: RuleTexts
    used: set[str] = field(default_factory=set)

    def label(self, node: Node, key: str) -> Text:
        """Return the label of a key, which no other part of the system may have.

        Raises:
            RuleFault: when the text file has none, or the key is used twice.
        """
        if key in self.used:
            node.fail(f"「{key}」在本体系中重复使用", f"{key!r} names two parts of this system")
        self.used.add(key)
        return self.texts.label(key)

    def reference(self, node: Node) -> LegalReference:
        """Return the source in law of a part: its article, of its own or the file's instrument."""
        return node.reference(self.instrument)


def read_index_system(
    node: Node, text: Node | None, file: RuleFile, record_types: Mapping[str, RecordType]
) -> IndexSystem:
    """Return the index system a file states.

    Args:
        node: the parsed rule file.
        text: its text file: `title`, `labels`, `notes`, `confidence`.
        file: where the rule stands.
        record_types: the record types in force on the file's first day, by key.

    Raises:
        RuleFault: naming file, line and reason, in both languages.
    """
    _refuse_reserved(node, "")
    if text is None:
        node.fail("缺少文字文件", "the text file is missing")
    desk = Desk(node.need("instrument").text(), record_types, RuleTexts.read(text))
    _refuse_riskier(node.take("direction"))

    family = node.need("family").value(Family, "评价类别", "a family")
    status = node.need("status").value(Status, "状态", "a status")
    publication = node.need("publication").value(Publication, "公开范围", "a publication")
    silence = node.need("silence").value(Silence, "neutral 或 unrated", "neutral or unrated")
    score, rolling = _score_node(node)
    reference = desk.reference(score)
    starts_at, at_least, at_most = _read_start(score, rolling)
    dimensions = tuple(_read_dimension(key, found, desk, rolling) for key, found in node.need("dimensions").entries())
    _refuse_weights(node, dimensions)
    reach = of_score(starts_at, dimensions, at_least, at_most)
    grades = node.need("bands")
    bands_reference = desk.reference(grades)
    listed = grades.need("grades")
    bands = read_bands(listed, {key: desk.label(found, key) for key, found in listed.entries()}, reach)
    grades.close()
    rules = _read_grade_rules(node, desk, bands)
    node.close()
    _refuse_idle_bands(listed, bands, rules)
    desk.texts.close()
    return IndexSystem(
        key=file.key,
        file=file,
        title=desk.texts.title,
        notes=desk.texts.notes,
        confidence=desk.texts.confidence,
        reference=reference,
        family=family,
        status=status,
        publication=publication,
        silence=silence,
        rolling=rolling,
        starts_at=starts_at,
        at_least=at_least,
        at_most=at_most,
        dimensions=dimensions,
        bands_reference=bands_reference,
        bands=bands,
        grade_rules=rules,
    )


def _refuse_reserved(node: Node, place: str) -> None:
    for key in NOT_YET[place]:
        found = node.take(key)
        if found is not None:
            found.fail(f"「{key}」尚未支持", f"{key!r} is reserved, not yet built")


def _refuse_riskier(node: Node | None) -> None:
    if node is None or node.text() == "higher_is_better":
        return
    if node.text() == "riskier":
        node.fail("「riskier」（分数越高风险越大）尚未支持", "'riskier' is reserved, not yet built")
    node.fail("应为 higher_is_better", "higher_is_better was expected")


def _score_node(node: Node) -> tuple[Node, bool]:
    name, found = _either(node, "score", "rolling")
    _refuse_reserved(found, "score")
    return found, name == "rolling"


def _either(node: Node, one: str, other: str) -> tuple[str, Node]:
    stated = [(name, found) for name in (one, other) if (found := node.take(name)) is not None]
    if len(stated) != 1:
        node.fail(f"{one} 与 {other} 应写明其一", f"either {one!r} or {other!r} is stated")
    return stated[0]


def _read_start(node: Node, rolling: bool) -> tuple[int, int | None, int | None]:
    start = node.need("starts_at")
    least = None if rolling else node.take("at_least")
    most = node.need("at_most") if rolling else node.take("at_most")
    node.close()
    starts_at, at_least, at_most = start.points(), points_of(least), points_of(most)
    if rolling and at_most is not None and starts_at > at_most:
        start.fail("初始分高于最高分", "the start is above the maximum")
    if at_least is not None and at_most is not None and at_least >= at_most:
        node.fail("下限不低于上限", "the floor is not below the cap")
    return starts_at, at_least, at_most


def _read_dimension(key: str, node: Node, desk: Desk, rolling: bool) -> Dimension:
    _refuse_reserved(node, "dimension")
    reference, label = desk.reference(node), desk.label(node, key)
    indicators = tuple(_read_indicator(name, found, desk, rolling) for name, found in node.need("indicators").entries())
    if not indicators:
        node.fail("一级指标下没有指标", "the dimension has no indicator")
    if rolling:
        node.close()
        return Dimension(key, label, reference, indicators)
    starts_at, least, most, weight = (node.take(name) for name in ("starts_at", "at_least", "at_most", "weight"))
    node.close()
    at_least, at_most = points_of(least), points_of(most)
    if least is not None and at_least is not None and at_most is not None and at_least >= at_most:
        least.fail("下限不低于上限", "the floor is not below the cap")
    return Dimension(
        key,
        label,
        reference,
        indicators,
        starts_at.points() if starts_at else 0,
        at_least,
        at_most,
        weight.integer(least=1, most=100) if weight else None,
    )


def _read_indicator(key: str, node: Node, desk: Desk, rolling: bool) -> Indicator:
    _refuse_reserved(node, "indicator")
    name_of_sign, counted = _either(node, "takes", "adds")
    reference, label = desk.reference(node), desk.label(node, key)
    selection, types = read_selection(node, desk.record_types)
    tariff = read_tariff(counted, types, selection)
    most, least = (None, None) if rolling else (node.take("at_most"), node.take("at_least"))
    node.close()
    at_most, at_least = positive(most) if most else None, magnitude(least) if least else None
    if least is not None and at_least is not None and at_most is not None and at_least > at_most:
        least.fail("下限高于上限", "the floor is above the cap")
    return Indicator(key, label, reference, selection, -1 if name_of_sign == "takes" else 1, tariff, at_most, at_least)


def _refuse_weights(node: Node, dimensions: tuple[Dimension, ...]) -> None:
    if not dimensions:
        node.need("dimensions").fail("没有一级指标", "there is no dimension")
    weights = [dimension.weight for dimension in dimensions if dimension.weight is not None]
    if weights and (len(weights) < len(dimensions) or sum(weights) != 100):
        node.need("dimensions").fail("权重应全部写明且合计 100", "weights are stated for all and sum to 100")


def _read_grade_rules(node: Node, desk: Desk, bands: tuple[Band, ...]) -> tuple[GradeRule, ...]:
    places = (("direct_grades", Effect.DIRECT), ("ceilings", Effect.CEILING), ("vetoes", Effect.VETO))
    rules: list[GradeRule] = []
    for place, effect in places:
        listed = node.take(place)
        for key, found in listed.entries() if listed else ():
            rules.append(_read_grade_rule(key, found, effect, desk, bands))
    return tuple(rules)


def _read_grade_rule(key: str, node: Node, effect: Effect, desk: Desk, bands: tuple[Band, ...]) -> GradeRule:
    _refuse_reserved(node, "grade_rule")
    reference, label = desk.reference(node), desk.label(node, key)
    selection, _ = read_selection(node, desk.record_types)
    grade, times = node.need("grade"), node.take("times")
    node.close()
    ranks = [band.grade for band in bands]
    if grade.text() not in ranks:
        grade.fail(f"没有等级「{grade.text()}」", f"there is no grade {grade.text()!r}")
    if effect is Effect.VETO and grade.text() != ranks[-1]:
        grade.fail(
            "一票否决应指向最差等级；否则写作 ceilings 或 direct_grades",
            "a veto names the worst grade; otherwise write it under `ceilings` or `direct_grades`",
        )
    if effect is Effect.CEILING and grade.text() == ranks[0]:
        grade.fail("最好等级不构成限制", "the best grade is no ceiling")
    count = times.integer(least=1) if times else 1
    return GradeRule(effect, key, label, reference, selection, grade.text(), count)


def _refuse_idle_bands(node: Node, bands: tuple[Band, ...], rules: tuple[GradeRule, ...]) -> None:
    led_to = {rule.grade for rule in rules}
    for band in bands:
        if band.by_rule and band.grade not in led_to:
            node.need(band.grade).fail("没有规则达到此等级", "no rule leads to this grade")
