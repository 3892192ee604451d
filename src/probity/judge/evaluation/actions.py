"""Evaluation: the verb that judges everyone, or those who may have changed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from django.db import transaction

from probity.engine.everyone import (
    DIGEST_BITS,
    changed,
    due_by,
    grade_counts,
    judge_bucket,
    judge_selected,
    judge_some,
    rows_of,
    set_digest,
    standing,
)
from probity.engine.types import ENGINE_VERSION
from probity.guard.authorities.actions import PLATFORM, platform
from probity.guard.authorities.queries import permit
from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import lawbook, revision_at
from probity.guard.trail.actions import acting
from probity.guard.trail.tables import fill, writing
from probity.judge.evaluation.models import Outcome, Run
from probity.judge.evaluation.queries import index_system, line_of
from probity.judge.evaluation.results import keep, keep_layers, layers
from probity.judge.evaluation.types import RunLine
from probity.know.dossiers import actions as dossiers
from probity.know.dossiers.queries import facts_of_many
from probity.know.records.queries import enterprises_of, touched_between
from probity.know.registry.queries import ungraded
from probity.rulebook.index_systems import IndexSystem
from probity.terms import Actor

TWIN_ALWAYS_UNDER, TWIN_UNDER_SHARE = 200, 200
"""So few enterprises, or fewer than one in so many, are judged by reading each dossier by key: that
costs about 0.2 ms each, against one reading of the whole mirror."""

MOST_LAYERS = 24
"""After this many incremental layers a full run makes one file of them again."""

FULL_FROM_SHARE = 4
"""From a quarter of all enterprises on, judging everyone costs no more than choosing."""

_ROWS = 5000


@dataclass(frozen=True)
class Judged:
    """What a run found: the layers of its results, and which enterprises came out differently."""

    layers: tuple[str, ...]
    judged: int
    digest: int
    enterprises: int
    grades: Counter[str]
    changed: tuple[Any, ...]  # frames of enterprise, score, grade


def run(
    *, system: str, as_of: date, known_at: datetime | None = None, full: bool = False, by: Actor, at: datetime
) -> RunLine:
    """Judge every enterprise by an index system; the same inputs give the same result digest.

    When the newest run is by the same rules, of an earlier or equal day, only enterprises
    whose records changed since, or that are due by the calendar, are judged again; the result
    equals a full run's.

    Raises:
        Unknown: when no such index system is in force on the day.
        NotPermitted: when the actor may not run evaluations.
    """
    permit(by, Permission.EVALUATION_RUN, authority=PLATFORM)
    rules = index_system(system, on=as_of)
    revision = revision_at(known_at)
    previous = None if full else _previous(rules, as_of, revision)
    started = _start(rules, as_of, revision, previous, by, at)
    judged = _incremental(rules, previous, as_of, revision) if previous else None
    if judged is None:
        started.previous, started.is_incremental = None, False
        judged = _full(rules, as_of, revision)
    return _finish(started, judged, by, at)


def _previous(rules: IndexSystem, as_of: date, revision: int) -> Run | None:
    """Return the newest run, when it may be built upon: same rules, not of a later day or knowledge.

    Only the newest: outcomes state what changed since the run before, whatever that one asked.
    """
    found = _newest(rules.key)
    if found is None or (found.system_digest, found.engine_version) != (rules.file.digest, ENGINE_VERSION):
        return None
    if found.as_of > as_of or found.revision > revision:
        return None
    kept = layers(found.result_file)
    return found if kept and len(kept) < MOST_LAYERS else None


def _start(rules: IndexSystem, as_of: date, revision: int, previous: Run | None, by: Actor, at: datetime) -> Run:
    with acting("evaluation.started", by=by, at=at) as act:
        started: Run = Run.objects.create(
            authority_id=platform(by=by, at=at),
            system=rules.key,
            system_from=rules.file.starts_on,
            system_digest=rules.file.digest,
            rulebook_digest=lawbook().digest,
            engine_version=ENGINE_VERSION,
            status=rules.status.value,
            as_of=as_of,
            revision=revision,
            previous=previous,
            is_incremental=previous is not None,
            started_at=at,
            by=by.key,
        )
        act.note(
            f"run:{started.pk}", system=rules.key, as_of=as_of.isoformat(), revision=revision, rulebook=lawbook().digest
        )
    return started


def _full(rules: IndexSystem, as_of: date, revision: int) -> Judged:
    outside = ungraded()
    found = _newest(rules.key)
    kept = layers(found.result_file) if found else None
    before = standing(kept, "score", "grade").collect() if kept else None
    names, differing, digest, count = [], [], 0, 0
    grades: Counter[str] = Counter()
    for bucket in dossiers.pulled_buckets():
        frame = judge_bucket(rules, bucket, as_of=as_of, revision=revision, ungraded=outside)
        names.append(keep(frame))
        differing.append(changed(before, frame))
        digest += set_digest(frame["row"])
        count += len(frame)
        grades.update(grade_counts(frame))
    return Judged(tuple(names), count, digest, count, grades, tuple(differing))


def _incremental(rules: IndexSystem, previous: Run, as_of: date, revision: int) -> Judged | None:
    """Judge whom new records or the calendar touch; None when that is so many that all are judged."""
    kept = layers(previous.result_file)
    assert kept is not None  # noqa: S101  (looked at when the previous run was chosen)
    touched = enterprises_of(touched_between(previous.revision, revision), revision=revision)
    candidates = (touched | due_by(kept, as_of)) - set(ungraded())
    if len(candidates) * FULL_FROM_SHARE > previous.enterprises:
        return None
    if len(candidates) < max(TWIN_ALWAYS_UNDER, previous.enterprises // TWIN_UNDER_SHARE):
        frame = judge_some(rules, facts_of_many(candidates, as_of=as_of, revision=revision), as_of=as_of)
    else:
        frame = judge_selected(rules, dossiers.pulled_buckets(), candidates, as_of=as_of, revision=revision)
    earlier = rows_of(kept, candidates)
    grades = Counter(previous.grades)
    grades.update(grade_counts(frame))
    grades.subtract(grade_counts(earlier))
    return Judged(
        (*(PurePath(path).name for path in kept), keep(frame)),
        len(frame),
        int(previous.result_digest, 16) + set_digest(frame["row"]) - set_digest(earlier["row"]),
        previous.enterprises + len(frame) - len(earlier),
        grades,
        (changed(earlier, frame),),
    )


def _newest(system: str) -> Run | None:
    return Run.objects.filter(system=system, finished_at__isnull=False).order_by("-pk").first()


def _finish(started: Run, judged: Judged, by: Actor, at: datetime) -> RunLine:
    """Keep the changed outcomes some thousand at a time, then close the run in one short act."""
    differing = [row for frame in judged.changed for row in frame.iter_rows()]
    for start in range(0, len(differing), _ROWS):
        with transaction.atomic(), writing():
            rows = ((started.pk, *row) for row in differing[start : start + _ROWS])
            fill(Outcome, ("run_id", "enterprise_id", "score", "grade"), rows)
    with acting("evaluation.finished", by=by, at=at) as act:
        started.judged, started.enterprises, started.changed = judged.judged, judged.enterprises, len(differing)
        started.grades = {grade: number for grade, number in sorted(judged.grades.items()) if number}
        started.result_digest = f"{judged.digest % 2**DIGEST_BITS:064x}"
        started.result_file = keep_layers(judged.layers)
        started.finished_at = at
        started.save()
        act.note(f"run:{started.pk}", digest=started.result_digest, grades=started.grades, changed=started.changed)
    return line_of(started)
