"""Evaluation: reading runs and outcomes, and explaining one grade."""

from datetime import date, datetime
from functools import lru_cache

from probity.engine.reference import judge
from probity.engine.types import Contribution, ContributionKind
from probity.guard.authorities.queries import permit, seen
from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import lawbook, revision_at
from probity.judge.evaluation.models import Outcome, Run
from probity.judge.evaluation.results import layers
from probity.judge.evaluation.telling import explanation_json
from probity.judge.evaluation.types import ExplainedLine, Explanation, NotGraded, ReasonCount, RunLine
from probity.know.dossiers import queries as dossiers
from probity.know.dossiers.types import DossierLine
from probity.know.registry import queries as registry
from probity.know.registry.types import Page
from probity.rulebook.index_systems import IndexSystem
from probity.terms import Actor, LegalReference, Text, Unknown

__all__ = [
    "article_text",
    "explain",
    "explanation_json",
    "index_system",
    "latest_run",
    "line_of",
    "outcome",
    "runs",
    "systems",
    "top_reasons",
]

PAGE_SIZE = 30

RUN_ORDERS = {
    "run": "pk",
    "system": "system",
    "as_of": "as_of",
    "enterprises": "enterprises",
    "changed": "changed",
    "finished": "finished_at",
}
"""What the list of runs may be ordered by → the column."""

_KIND_LABELS = {
    ContributionKind.START: Text("起始分", "Start"),
    ContributionKind.RECORD: Text("记录", "Record"),
    ContributionKind.ABSENCE: Text("无此信息", "Absence"),
    ContributionKind.CAP: Text("上限", "Cap"),
    ContributionKind.FLOOR: Text("下限", "Floor"),
    ContributionKind.ROUNDING: Text("取整", "Rounding"),
    ContributionKind.RESTORE: Text("恢复", "Restored"),
}


def explain(code: str, *, system: str, as_of: date, known_at: datetime | None, by: Actor) -> Explanation:
    """Judge one enterprise now by the slow twin and say where each point comes from.

    Raises:
        LookupError: when no enterprise goes by the code, or no index system by the key.
        NotGraded: for a sole trader, whose name may be a person's.
        NotPermitted: when the actor may not read evaluations.
    """
    permit(by, Permission.EVALUATION_READ)
    enterprise = registry.enterprise(code)
    if enterprise.is_sole_trader:
        raise NotGraded(
            Text(
                "个体工商户不予评级：其名称可能是自然人姓名，本平台不评价自然人",
                "an individual business is not graded: its name may be a person's, and persons are never graded here",
            )
        )
    revision = revision_at(known_at)
    rules = index_system(system, on=as_of)
    facts = dossiers.facts_of(enterprise.number, as_of=as_of, revision=revision)
    evaluation = judge(rules, facts, as_of)
    lines = dossiers.lines_of(enterprise.number, as_of=as_of, revision=revision)
    records = {line.record: line for line in lines}
    explained, running = [], 0
    for contribution in evaluation.contributions:
        running += contribution.points
        explained.append(_explained(rules, contribution, records, running))
    return Explanation(
        rules, code, enterprise.name, as_of, known_at, revision, evaluation, lawbook().digest, tuple(explained)
    )


def index_system(key: str, *, on: date) -> IndexSystem:
    """Return an index system in its edition of a day.

    Raises:
        Unknown: when there is none in force.
    """
    found = lawbook().index_systems(on)
    if key not in found:
        known = ", ".join(sorted(found))
        raise Unknown(
            f"{on} 没有有效的评价指标体系「{key}」；有效的有：{known}",
            f"no index system {key!r} is in force on {on}; in force are: {known}",
        )
    return found[key]


def article_text(reference: LegalReference) -> Text | None:
    """Return the words of an article as the rulebook quotes them, or None when it does not."""
    try:
        return lawbook().instrument(reference.instrument).articles.get(reference.article)
    except KeyError:
        return None


def runs(*, by: Actor, system: str = "", order: str = "", page: int = 1, size: int = PAGE_SIZE) -> Page[RunLine]:
    """Return the finished runs, newest first, or in the order of a key of `RUN_ORDERS`."""
    permit(by, Permission.EVALUATION_READ)
    rows = seen(Run.objects.filter(finished_at__isnull=False), by, Permission.EVALUATION_READ)
    if system:
        rows = rows.filter(system=system)
    sign, key = ("-", order[1:]) if order.startswith("-") else ("", order)
    asked = (f"{sign}{RUN_ORDERS[key]}",) if key in RUN_ORDERS else ()
    start = (max(page, 1) - 1) * size
    found = rows.order_by(*asked, "-pk")[start : start + size]
    return Page(tuple(line_of(row) for row in found), max(page, 1), size, rows.count())


def run(number: int, *, by: Actor) -> RunLine:
    """Return one finished run.

    Raises:
        LookupError: when there is none of this number.
        NotPermitted: when the actor may not read evaluations.
    """
    permit(by, Permission.EVALUATION_READ)
    found = seen(Run.objects.filter(pk=number, finished_at__isnull=False), by, Permission.EVALUATION_READ).first()
    if found is None:
        raise Unknown(f"没有第 {number} 次评价", f"no run {number}")
    return line_of(found)


def top_reasons(number: int, *, by: Actor) -> tuple[ReasonCount, ...] | None:
    """Return which indicators took most from those a run judged, the most frequent first.

    None when this node has not the run's points any more, or the rulebook not its edition.

    Raises:
        LookupError: when there is no finished run of this number.
        NotPermitted: when the actor may not read evaluations.
    """
    permit(by, Permission.EVALUATION_READ)
    found = Run.objects.filter(pk=number, finished_at__isnull=False).first()
    if found is None:
        raise Unknown(f"没有第 {number} 次评价", f"no run {number}")
    rules = lawbook().index_systems(found.as_of).get(found.system)
    kept = layers(found.result_file)
    if rules is None or rules.file.digest != found.system_digest or not kept:
        return None
    parts = {part.key: part for part in rules.indicators}
    counted = _reason_counts(rules.key, found.as_of, found.system_digest, tuple(kept))
    return tuple(
        ReasonCount(key, parts[key].label, parts[key].reference, first, among) for key, first, among in counted
    )


@lru_cache(maxsize=64)
def _reason_counts(system: str, on: date, digest: str, kept: tuple[str, ...]) -> list[tuple[str, int, int]]:
    """Count once what never changes: files are named by their content, rules by their `digest`."""
    from probity.engine.everyone import standing
    from probity.engine.explaining import reason_counts

    rules = lawbook().index_systems(on)[system]
    assert rules.file.digest == digest  # noqa: S101
    return reason_counts(rules, standing(kept, *(f"p:{part.key}" for part in rules.indicators)))


def latest_run(system: str, *, by: Actor) -> RunLine | None:
    """Return the newest finished run of an index system, or None before the first."""
    found = runs(by=by, system=system).lines
    return found[0] if found else None


def outcome(enterprise: int, *, system: str, by: Actor) -> tuple[int | None, str, date] | None:
    """Return (score, grade, as_of of the run that set it) of the latest outcome, or None."""
    permit(by, Permission.EVALUATION_READ)
    rows = Outcome.objects.filter(enterprise=enterprise, run__system=system, run__finished_at__isnull=False)
    rows = seen(rows, by, Permission.EVALUATION_READ, authority="run__authority__key")
    return rows.order_by("-run_id").values_list("score", "grade", "run__as_of").first()


def systems(on: date) -> tuple[IndexSystem, ...]:
    """Return the index systems of a day, by key."""
    return tuple(system for _, system in sorted(lawbook().index_systems(on).items()))


def line_of(row: Run) -> RunLine:
    """Return a stored run as a line."""
    return RunLine(
        row.pk,
        row.system,
        row.system_from,
        row.status,
        row.as_of,
        row.revision,
        row.is_incremental,
        row.judged,
        row.enterprises,
        row.changed,
        row.grades,
        row.result_digest,
        row.engine_version,
        row.rulebook_digest,
        row.system_digest,
        row.started_at,
        row.finished_at,
    )


def _explained(
    rules: IndexSystem, contribution: Contribution, records: dict[int, DossierLine], running: int
) -> ExplainedLine:
    label = _KIND_LABELS[contribution.kind]
    indicators = {indicator.key: indicator.label for indicator in rules.indicators}
    dimensions = {dimension.key: dimension.label for dimension in rules.dimensions}
    if contribution.kind is ContributionKind.RECORD:
        label = indicators[contribution.indicator]
    elif contribution.indicator or contribution.dimension:
        of = indicators.get(contribution.indicator) or dimensions[contribution.dimension]
        label = Text(f"{label.zh}：{of.zh}", f"{label.en}: {of.en}")
    record = records.get(contribution.record) if contribution.record is not None else None
    return ExplainedLine(contribution, label, article_text(contribution.reference), record, running)
