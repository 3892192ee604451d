"""Measures: the legality gate and the one answer, as pure decisions.

No measure without a live, published legal basis that covers subject, trigger, body and day
(DOMAIN 17.15). What the gate refuses is refused twice: when a measure is to be published, and
again each time it would be applied, since instruments are repealed without asking us.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from probity.act.lists.types import Coverage, ListEntry, Use, is_covered
from probity.act.measures.types import Applied, LegalFault, MatterAnswer, NotApplied, Published
from probity.rulebook import Rulebook
from probity.rulebook.measures.types import Bite, Measure, MeasureKind, Scenario, Trigger, Verdict
from probity.rulebook.types import Instrument
from probity.terms import Text, months_before

_WEIGHT = {Verdict.PROCEED: 0, Verdict.COMMITMENT: 1, Verdict.HOLD: 2}
_AGAINST_EACH_OTHER = ({Bite.BARS, Bite.FAVOURS}, {Bite.BARS, Bite.CONDITIONS})


def refusals(measure: Measure, rulebook: Rulebook, *, on: date) -> tuple[LegalFault, ...]:
    """Return everything that keeps a measure from being published on a day; nothing means it may be.

    Raises:
        KeyError: when no rule of legality is in force; then nothing may be published at all.
    """
    legality = rulebook.legality(on)
    found = []

    def refuse(code: str, zh: str, en: str) -> None:
        found.append(LegalFault(code, Text(zh, en), legality.reference))

    if measure.file.starts_on > on:
        refuse("not-yet", f"自 {measure.file.starts_on} 起施行", f"in force only from {measure.file.starts_on}")
    basis = _basis(measure, rulebook, on)
    if basis is None:
        refuse("no-basis", "依据的文件不存在或尚未施行", "the instrument it rests on is not there, or not in force yet")
    else:
        title = basis.title
        if basis.repealed_on is not None and basis.repealed_on <= on:
            refuse(
                "repealed", f"《{title.zh}》已于 {basis.repealed_on} 失效", f"{title.en} ended on {basis.repealed_on}"
            )
        if measure.reference.article not in basis.articles:
            refuse("no-article", f"《{title.zh}》没有所引条款", f"{title.en} has no such article")
        if basis.kind not in legality.bases[measure.kind]:
            refuse(
                "too-weak",
                f"《{title.zh}》的效力层级不足以设定此类措施",
                f"{title.en} is not of the rank such a measure needs",
            )
        if basis.confidence == "unsure":
            refuse("unsure", f"《{title.zh}》的内容尚未核实", f"the wording of {title.en} was never verified")
    if measure.confidence == "unsure":
        refuse("unsure", "措施内容尚未核实", "what the measure says was never verified")
    for code, reason in _outside(measure, rulebook, on):
        refuse(code, reason.zh, reason.en)
    return tuple(found)


def conflicts(measure: Measure, published: Iterable[Measure]) -> tuple[Measure, ...]:
    """Return the published measures that say the contrary about one matter from one trigger.

    Two editions of one measure are not in conflict: the later one takes the place of the earlier.
    """
    return tuple(
        other
        for other in published
        if other.key != measure.key
        and {measure.bite, other.bite} in _AGAINST_EACH_OTHER
        and measure.scenarios & other.scenarios
        and set(measure.triggers) & set(other.triggers)
    )


def answer(
    scenario: Scenario,
    entries: Sequence[ListEntry],
    *,
    grades: Mapping[str, str],
    rulebook: Rulebook,
    published: Iterable[Published],
    body: str,
    on: date,
) -> MatterAnswer:
    """Return the one answer to a matter, with what it rests on and why nothing else applied.

    Args:
        scenario: the matter.
        entries: every entry of the enterprise on any list, those out of use included.
        grades: index system → published grade in force; a risk class is never among them.
        rulebook: the law of the day.
        published: which editions of measures were published, and since when.
        body: the sector of the asking authority.
        on: the legal day of the answer.
    """
    since = {one.measure: one.since for one in published}
    applied: list[Applied] = []
    left: list[NotApplied] = []
    for measure in rulebook.measures(on).values():
        if scenario.key not in measure.scenarios:
            continue
        for entry in _set_off(measure.triggers, entries, grades):
            why = _why_not(measure, entry, rulebook, since=since.get(measure.place), body=body, on=on)
            if why is None:
                applied.append(Applied(measure, entry, _ends_on(measure, entry)))
            else:
                left.append(NotApplied(measure, entry, why))
    verdict = max(
        (scenario.answers[one.measure.bite] for one in applied), key=_WEIGHT.__getitem__, default=Verdict.PROCEED
    )
    heaviest_first = sorted(applied, key=lambda one: (-_WEIGHT[scenario.answers[one.measure.bite]], one.measure.key))
    return MatterAnswer(verdict, tuple(heaviest_first), tuple(left))


def stands(verdict: Verdict, coverage: Iterable[Coverage]) -> bool:
    """Whether an answer may be given: what holds a matter holds it anyway, going on needs fresh lists."""
    return verdict is Verdict.HOLD or is_covered(coverage)


def _basis(measure: Measure, rulebook: Rulebook, on: date) -> Instrument | None:
    try:
        found = rulebook.instrument(measure.reference.instrument)
    except KeyError:
        return None
    if found.in_force_on > on:
        try:
            return rulebook.instrument(measure.reference.instrument, on)
        except KeyError:
            return None
    return found


def _outside(measure: Measure, rulebook: Rulebook, on: date) -> Iterable[tuple[str, Text]]:
    """Yield what its triggers, scenarios and bodies lack."""
    programmes, scenarios = rulebook.programmes(on), rulebook.scenarios(on)
    for trigger in measure.triggers:
        programme = programmes.get(trigger.programme)
        if trigger.programme and programme is None:
            yield (
                "no-trigger",
                Text(f"名单「{trigger.programme}」未施行", f"the list {trigger.programme!r} is not in force"),
            )
        elif programme is not None and not programme.is_on:
            yield (
                "list-off",
                Text(
                    f"「{programme.title.zh}」缺少地方性法规依据，未启用",
                    f"{programme.title.en} is off: no local regulation",
                ),
            )
    for key in sorted(measure.scenarios):
        scenario = scenarios.get(key)
        if scenario is None:
            yield "no-scenario", Text(f"应用场景「{key}」未施行", f"the scenario {key!r} is not in force")
        elif not scenario.bodies & measure.bodies:
            yield (
                "no-body",
                Text(f"「{scenario.title.zh}」的办理机关无权适用", f"no body of {scenario.title.en} may apply it"),
            )
    if measure.kind is MeasureKind.RESTRICTION and not measure.bodies:
        yield "no-body", Text("未写明适用机关", "no body is named that may apply it")


def _set_off(
    triggers: Iterable[Trigger], entries: Sequence[ListEntry], grades: Mapping[str, str]
) -> Iterable[ListEntry | None]:
    """Yield each entry, and None once for each grade, that would set the measure off."""
    for trigger in triggers:
        if trigger.programme:
            yield from (entry for entry in entries if entry.programme == trigger.programme)
        elif grades.get(trigger.system) in trigger.grades:
            yield None


def _why_not(
    measure: Measure, entry: ListEntry | None, rulebook: Rulebook, *, since: date | None, body: str, on: date
) -> Text | None:
    """Return why a measure that was set off does not apply, or None when it does."""
    if since is None or since > on:
        return Text("措施未公布，不得适用", "the measure is not published, so it may not be applied")
    if body not in measure.bodies:
        return Text("询问机关无权适用此措施", "the asking body may not apply this measure")
    for refusal in refusals(measure, rulebook, on=on):
        return refusal.reason
    if entry is None:
        return None
    if entry.use in _NOT_IN_USE:
        return _NOT_IN_USE[entry.use]
    if entry.entered_on > on:
        return Text(f"自 {entry.entered_on} 起列入", f"the entry stands only from {entry.entered_on}")
    ends_on = _ends_on(measure, entry)
    if ends_on is not None and ends_on <= on:
        return Text(f"已于 {ends_on} 届满", f"it ended on {ends_on}")
    return None


_NOT_IN_USE = {
    Use.SUSPENDED: Text("列入信息因异议暂停使用", "the entry is suspended while it is contested"),
    Use.INCOMPLETE: Text(
        "列入信息缺少机关、文号、日期或依据，不支持任何措施",
        "the entry lacks its body, number, day or ground and supports no measure",
    ),
    Use.OFF: Text("名单缺少本地法规依据，未启用", "the list is off: it rests on no regulation here"),
    Use.LAPSED: Text("守信激励因列入失信名单而失效", "the honour lapsed when the enterprise was listed"),
}


def _ends_on(measure: Measure, entry: ListEntry | None) -> date | None:
    """Return the earlier of the entry's end and the measure's own term, None while neither is known."""
    if entry is None:
        return None
    own = months_before(entry.entered_on, -measure.months) if measure.months else None
    known = [day for day in (own, entry.ends_on) if day is not None]
    return min(known) if known else None
