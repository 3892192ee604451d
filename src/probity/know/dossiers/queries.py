"""Dossiers: one enterprise's file, and the facts an index system may weigh."""

import json
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from probity.engine.frames import Fact
from probity.guard.authorities.queries import permit
from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import lawbook, moment_of, revision_at
from probity.know.dossiers.histories import histories
from probity.know.dossiers.rules import History, owner_at, state_at
from probity.know.dossiers.stating import bearing_of, shown_fields
from probity.know.dossiers.types import Dossier, DossierLine
from probity.know.records import queries as records
from probity.know.registry import queries as registry
from probity.rulebook import Rulebook
from probity.terms import Actor, Text, Unknown, shanghai_day


def dossier(code: str, *, as_of: date, known_at: datetime | None, by: Actor) -> Dossier:
    """Return one enterprise's dossier on a day, as known at a moment (None: now).

    Lines are those that had happened by `as_of`, newest first; ended ones stay, with their state.

    Raises:
        LookupError: when no enterprise goes by the code.
        NotPermitted: when the actor may not read enterprises.
    """
    permit(by, Permission.ENTERPRISE_READ)
    enterprise = registry.enterprise(code)
    revision = revision_at(known_at)
    return Dossier(
        enterprise,
        registry.names(enterprise.number, known_at=known_at),
        registry.identities(enterprise.number, known_at=known_at),
        lines_of(enterprise.number, as_of=as_of, revision=revision),
        as_of,
        known_at,
        revision,
    )


def lines_of(enterprise: int, *, as_of: date, revision: int) -> tuple[DossierLine, ...]:
    """Return the lines of one enterprise on a day, as known at a revision, newest first."""
    known = _known(enterprise, revision)
    lines = [
        _line(stated, known[stated["pk"]], as_of, revision, lawbook())
        for stated in records.stated(list(known))
        if stated["occurred_on"] <= as_of
    ]
    return tuple(sorted(lines, key=lambda line: (line.day, line.record), reverse=True))


def facts_of(enterprise: int, *, as_of: date, revision: int) -> tuple[Fact, ...]:
    """Return the standing facts of one enterprise: what an index system may weigh on that day."""
    return facts_of_many([enterprise], as_of=as_of, revision=revision)[enterprise]


def facts_of_many(enterprises: Collection[int], *, as_of: date, revision: int) -> dict[int, tuple[Fact, ...]]:
    """Return enterprise → standing facts, read some hundred enterprises at a time.

    Most records were stated once and left so; only of the others is the whole history read.
    """
    found: dict[int, list[Fact]] = {enterprise: [] for enterprise in enterprises}
    reopened = records.reopened_of(found)
    for enterprise, *stated, _ in records.born_of(found, until=revision):
        if stated[0] not in reopened and stated[2] <= as_of:
            found[enterprise].append(Fact(*stated))
    owners = {}
    for number, past in histories(reopened).items():
        owner = owner_at(past, revision) if past.born <= revision else None
        if owner in found and state_at(past, as_of=as_of, revision=revision)[0] == "standing":
            owners[number] = owner
    for row in records.stated_columns(owners):
        fact = Fact(*row)
        if fact.day <= as_of:
            found[owners[fact.record]].append(fact)
    return {enterprise: tuple(sorted(facts, key=_in_order)) for enterprise, facts in found.items()}


def _in_order(fact: Fact) -> tuple[date, int]:
    return (fact.day, fact.record)


def record(number: int, *, as_of: date, known_at: datetime | None, by: Actor) -> tuple[DossierLine, int | None]:
    """Return one record as a line, and the enterprise it is attributed to.

    Raises:
        LookupError: when there is none of this number, or it was not known yet.
        NotPermitted: when the actor may not read enterprises.
    """
    permit(by, Permission.ENTERPRISE_READ)
    revision = revision_at(known_at)
    past = histories([number]).get(number)
    if past is None or past.born > revision:
        raise Unknown(f"没有第 {number} 号记录", f"no record {number}")
    line = _line(records.stated([number])[0], past, as_of, revision, lawbook())
    return line, owner_at(past, revision)


def standing_of(numbers: Collection[int], *, as_of: date, revision: int) -> dict[int, tuple[int, int]]:
    """Return record → (enterprise, revision at which it became known) for those that stand on a day.

    As known at a revision: what was corrected, annulled, repaired or expired by then is not among
    them, nor what belongs to nobody.
    """
    found = {}
    for number, past in histories(numbers).items():
        owner = owner_at(past, revision) if past.born <= revision else None
        if owner is not None and state_at(past, as_of=as_of, revision=revision)[0] == "standing":
            found[number] = (owner, past.born)
    return found


def _known(enterprise: int, revision: int) -> Mapping[int, History]:
    """Return the histories of the records that were known to be the enterprise's."""
    pasts = histories(records.records_of(enterprise))
    return {
        number: past
        for number, past in pasts.items()
        if past.born <= revision and owner_at(past, revision) == enterprise
    }


def _line(stated: Mapping[str, Any], past: History, as_of: date, revision: int, rulebook: Rulebook) -> DossierLine:
    known_at = moment_of(past.born)
    assert known_at is not None  # noqa: S101  (a revision is never without its moment)
    type_ = rulebook.record_type(stated["type"], on=shanghai_day(known_at))
    fields = json.loads(stated["fields"])
    state, since = state_at(past, as_of=as_of, revision=revision)
    source = rulebook.sources.get(stated["source"])
    return DossierLine(
        record=stated["pk"],
        type=type_.key,
        title=type_.title,
        stage=type_.stage,
        bearing=bearing_of(type_, fields),
        day=stated["occurred_on"],
        until=stated["until"],
        source=stated["source"],
        source_title=source.title if source else Text(stated["source"], stated["source"]),
        fields=shown_fields(type_, fields),
        labels={key: field.title for key, field in type_.fields.items()},
        reference=type_.reference,
        known_at=known_at,
        batch=stated["batch_id"],
        row_number=stated["row_number"],
        state=state,
        state_since=since,
    )
