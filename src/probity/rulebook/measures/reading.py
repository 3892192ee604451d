"""Reading a measure: its basis, its triggers, and whom it may bite."""

from collections.abc import Mapping

from probity.rulebook.index_systems import IndexSystem, Publication
from probity.rulebook.lists import ListKind, Programme
from probity.rulebook.measures.types import Bite, Measure, MeasureKind, Trigger
from probity.rulebook.reading import FaultList, Node
from probity.rulebook.texts import RuleTexts
from probity.rulebook.types import RuleFile

SUBJECT = "enterprise"
"""The only subject there is: measures on posts, spending, schooling or leaving the country cannot be expressed."""

_FAVOURABLE = {MeasureKind.INCENTIVE: (Bite.FAVOURS,)}
_ADVERSE = (Bite.BARS, Bite.CONDITIONS, Bite.NO_COMMITMENT, Bite.SCRUTINISES)


def read_measure(
    node: Node,
    texts: RuleTexts,
    file: RuleFile,
    programmes: Mapping[str, Programme],
    systems: Mapping[str, IndexSystem],
) -> Measure:
    """Read one edition of a measure against the lists and index systems of its first day.

    Raises:
        RulebookFaults: all faults of the file together: another subject than an enterprise, a
            trigger that is no list and no published grade, a bite its kind does not allow.
    """
    faults = FaultList()
    kind = MeasureKind(node.need("kind").choice(*MeasureKind))
    with faults.gathering():
        _refuse_persons(node.need("subject"))
    bite = Bite(node.need("bite").choice(*_FAVOURABLE.get(kind, _ADVERSE)))
    triggers = []
    for one in node.need("triggers").items():
        with faults.gathering():
            triggers.append(_trigger(one, kind, programmes, systems))
    term = node.take("term")
    reference = node.reference()
    measure = Measure(
        key=file.key,
        file=file,
        title=texts.title,
        content=texts.label("content"),
        kind=kind,
        bite=bite,
        reference=reference,
        triggers=tuple(triggers),
        scenarios=frozenset(node.need("scenarios").texts()),
        bodies=frozenset(node.need("bodies").texts()),
        months=term.need("months").integer(least=1) if term else None,
        confidence=texts.confidence,
        notes=texts.notes,
    )
    if term:
        term.reference(reference.instrument)
    for whole in (*([term] if term else []), node):
        with faults.gathering():
            whole.close()
    with faults.gathering():
        texts.close()
    faults.settle()
    return measure


def _refuse_persons(node: Node) -> None:
    if node.text() != SUBJECT:
        node.fail(
            "措施的对象只能是企业，不得针对自然人",
            "a measure bites an enterprise; one that bites a person has no place here",
        )


def _trigger(
    node: Node, kind: MeasureKind, programmes: Mapping[str, Programme], systems: Mapping[str, IndexSystem]
) -> Trigger:
    named, graded = node.take("list"), node.take("system")
    if (named is None) == (graded is None):
        node.fail("触发条件应为一个名单或一个评价", "a trigger is one list or one index system")
    if named:
        programme = programmes.get(named.text())
        if programme is None:
            named.fail(f"没有名单「{named.text()}」", f"there is no list {named.text()!r}")
        if (programme.kind is ListKind.RED) != (kind is MeasureKind.INCENTIVE):
            named.fail(
                "激励只能由守信名单触发，惩戒不得由守信名单触发", "incentives follow red lists, constraints the others"
            )
        if programme.kind is ListKind.ABNORMAL and kind is MeasureKind.RESTRICTION:
            named.fail(
                "经营异常名录不是黑名单，不得据此减损权益",
                "the abnormal list is no black list: it reduces nobody's rights",
            )
        node.close()
        return Trigger(programme=programme.key)
    assert graded is not None  # noqa: S101  (one of the two is there)
    system = systems.get(graded.text())
    if system is None:
        graded.fail(f"没有评价指标体系「{graded.text()}」", f"there is no index system {graded.text()!r}")
    if system.publication is Publication.INTERNAL:
        graded.fail("内部风险分类不得触发措施", "an internal risk class triggers nothing")
    grades = node.need("grades")
    known = {band.grade for band in system.bands}
    for grade in grades.texts():
        if grade not in known:
            grades.fail(f"没有等级「{grade}」", f"there is no grade {grade!r}")
    node.close()
    return Trigger(system=system.key, grades=frozenset(grades.texts()))
