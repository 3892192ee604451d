"""Matching: names without codes find their enterprises; adverse records wait."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from django.db.models import Q

from probity.engine.naming.folding import fold
from probity.engine.naming.types import MatchVerdict, NameAnswer, NameQuestion
from probity.guard.authorities.queries import permit
from probity.guard.authorities.types import Permission
from probity.guard.procedures.actions import move_cursor, take_revision
from probity.guard.procedures.queries import cursor, latest_revision, lawbook
from probity.guard.trail.actions import acting
from probity.guard.trail.tables import fill
from probity.know.records.models import Attribution, OpenName, OpenRow, Record
from probity.know.records.rules import may_carry
from probity.know.records.types import Matching
from probity.know.registry import queries as registry
from probity.know.registry.actions import Found, judge
from probity.know.registry.types import Judgement, StandingJudgement
from probity.rulebook.types import SUBJECT_FIELDS, Bearing
from probity.terms import Actor, shanghai_day

READS = "records.open_names"
"""The cursor of this room over its own revisions."""

BY_NAME, UNMATCHED = "name", "unmatched"
NAMES_AT_ONCE, RECORDS_AT_ONCE = 200, 2_000


def match_names(*, by: Actor, at: datetime, most: int | None = None) -> Matching:
    """Ask for every open name whose the records under it are, and attribute what may be attributed.

    Neutral and favourable records under a name that one enterprise alone fits without contradiction
    become that enterprise's; adverse ones never do. A second pass over the same changes nothing.

    Args:
        by: in whose name; who may settle names, or the platform itself.
        at: the moment.
        most: how many names are asked for at most, None for all; those never asked come first.

    Raises:
        NotPermitted: when the actor may not settle names.
    """
    permit(by, Permission.MATCH_SETTLE)
    _gather(at)
    newest = registry.newest_name()
    waiting = OpenName.objects.filter(state="waiting").filter(Q(register__lt=newest) | Q(verdict=""))
    numbers = list(waiting.order_by("register", "pk").values_list("pk", flat=True)[:most])
    done = Matching(0, 0, 0, 0)
    for start in range(0, len(numbers), NAMES_AT_ONCE):
        done = _added(done, _asked(numbers[start : start + NAMES_AT_ONCE], newest, by, at))
    return done


def _added(one: Matching, other: Matching) -> Matching:
    return Matching(
        one.asked + other.asked,
        one.accepted + other.accepted,
        one.attributed + other.attributed,
        one.withheld + other.withheld,
    )


def _gather(at: datetime) -> None:
    """Put every record that became known and is nobody's under its name; forget those since replaced."""
    after, newest = cursor(READS), latest_revision()
    if after >= newest:
        return
    born = Attribution.objects.filter(
        how=UNMATCHED, revision=None, record__batch__revision__gt=after, record__batch__revision__lte=newest
    )
    columns = born.order_by("record_id").values_list(
        "record_id", "record__authority_id", "record__type", "record__fields"
    )
    rows = columns.iterator(chunk_size=RECORDS_AT_ONCE)
    while part := list(islice(rows, RECORDS_AT_ONCE)):
        with acting("names.gathered", by=Actor.system("matching"), at=at) as act:
            act.note("names", records=len(part), first=part[0][0])
            _keep_open(part, at)
    with acting("names.read", by=Actor.system("matching"), at=at) as act:
        act.note("names", until=newest)
        replaced = OpenRow.objects.filter(state="waiting", record__later__batch__revision__isnull=False)
        ended = OpenRow.objects.filter(state="waiting", record__events__kind__in=("correction", "annulment"))
        for gone in (replaced, ended):
            OpenRow.objects.filter(pk__in=list(gone.values_list("pk", flat=True))).update(state="gone")
        emptied = OpenName.objects.filter(state="waiting").exclude(rows__state="waiting")
        OpenName.objects.filter(pk__in=list(emptied.values_list("pk", flat=True))).update(state="settled")
        move_cursor(name=READS, revision=newest)


def _keep_open(part: Sequence[tuple[int, int, str, str]], at: datetime) -> None:
    stated = []
    for record, authority, type_, fields in part:
        said = json.loads(fields)
        name = str(said.get("enterprise_name", ""))
        if key := fold(name)[:300]:
            stated.append((authority, key, name[:300], record, bearing_of(type_, said, at) is Bearing.ADVERSE))
    fill(
        OpenName,
        _OPEN,
        ((*each, "", 0, "", 0, "waiting") for each in {s[:2]: s[:3] for s in stated}.values()),
        skip_known=True,
    )
    keys = {key for _, key, *_ in stated}
    found = OpenName.objects.filter(key__in=list(keys)).values_list("authority_id", "key", "pk")
    numbers = {(authority, key): number for authority, key, number in found}
    rows = [(numbers[authority, key], record, adverse, "waiting") for authority, key, _, record, adverse in stated]
    fill(OpenRow, ("name_id", "record_id", "is_adverse", "state"), rows, skip_known=True)
    OpenName.objects.filter(pk__in={number for number, *_ in rows}).update(state="waiting", verdict="")


_OPEN = ("authority_id", "key", "name", "verdict", "score", "grounds", "register", "state")


def bearing_of(type_: str, stated: dict[str, object], at: datetime) -> Bearing:
    """Return what a record says of an enterprise; of a type no longer in the catalogue, the worst."""
    found = lawbook().record_types(shanghai_day(at)).get(type_)
    return found.bearing_of(stated) if found else Bearing.ADVERSE


def _asked(numbers: Sequence[int], newest: int, by: Actor, at: datetime) -> Matching:
    done = Matching(0, 0, 0, 0)
    with acting("names.matched", by=by, at=at) as act:
        open_names = list(OpenName.objects.select_for_update().filter(pk__in=numbers, state="waiting").order_by("pk"))
        judged = registry.judgements([each.key for each in open_names])
        moved: list[tuple[OpenRow, int, int]] = []
        for each in open_names:
            rows = list(each.rows.filter(state="waiting").select_related("record"))
            answer = asked_for(each.name, judged.get(each.key, ()), at)
            accepted = _accepted(each, answer, judged.get(each.key, ()), rows, by, at)
            _keep_answer(each, answer, newest)
            carried = [row for row in rows if accepted and may_carry(_bearing(row), has_second_identifier=False)]
            if accepted:
                moved += [(row, *accepted) for row in carried]
            if rows and len(carried) == len(rows):
                each.state = "settled"
            each.save()
            withheld = len(rows) - len(carried) if accepted else 0
            done = _added(done, Matching(1, bool(accepted), len(carried), withheld))
        act.note("names", names=len(open_names), accepted=done.accepted, attributed=done.attributed)
        if moved:
            attribute(moved, how=BY_NAME, revision=take_revision(at=at, cause="names.matched"))
    return done


def asked_for(name: str, judged: Sequence[StandingJudgement], at: datetime) -> NameAnswer:
    """Return the answer for an open name; enterprises judged to be others take nobody's place."""
    others = {each.enterprise for each in judged if each.judgement is Judgement.NOT_SAME}
    return registry.found(NameQuestion((name,)), at=at, ruled_out=others)


def _accepted(
    open_name: OpenName,
    answer: NameAnswer,
    judged: Sequence[StandingJudgement],
    rows: Sequence[OpenRow],
    by: Actor,
    at: datetime,
) -> tuple[int, int] | None:
    """Return (enterprise, judgement) that may carry neutral records, keeping a new judgement where needed."""
    chosen = _chosen(answer, judged)
    if not chosen or any(registry.conflicting_code(chosen, codes_of(row.record)) for row in rows):
        return None
    for each in judged:
        if each.enterprise == chosen and each.judgement is Judgement.SAME:
            return chosen, each.match
    if chosen in registry.taken_back(open_name.key):
        return None  # somebody undid it once: only a person says it again
    assert answer.accepted is not None  # noqa: S101  (a remembered owner has his judgement)
    found = Found(open_name.name, answer.accepted, reason="accepted by rule")
    return chosen, judge(found=found, judgement=Judgement.SAME, by=by, at=at)


def _chosen(answer: NameAnswer, judged: Sequence[StandingJudgement]) -> int | None:
    """Return whom a person said this spelling names, or whom the rule accepts where nobody has said.

    Where a person named somebody and a second enterprise now fits as well, a person is asked again.
    """
    owners = {each.enterprise for each in judged if each.judgement is Judgement.SAME and each.is_personal}
    if not owners:
        return registry.head_of(answer.accepted.entry.enterprise) if answer.accepted else None
    fitting = {
        registry.head_of(each.entry.enterprise)
        for each in answer.candidates
        if not each.likeness.contradictions - {"several"}
    }
    return owners.pop() if len(owners) == 1 and fitting <= owners else None


def _keep_answer(open_name: OpenName, answer: NameAnswer, newest: int) -> None:
    first = answer.candidates[0] if answer.candidates else None
    open_name.verdict, open_name.register = answer.verdict.value, newest
    open_name.score = first.likeness.score if first else 0
    open_name.grounds = ",".join(sorted(first.likeness.contradictions)) if first else ""


def _bearing(row: OpenRow) -> Bearing:
    return Bearing.ADVERSE if row.is_adverse else Bearing.NEUTRAL


def codes_of(record: Record) -> dict[str, str]:
    """Return kind → code of the codes a record states of its subject."""
    stated = json.loads(record.fields)
    return {key: str(stated[key]) for key in SUBJECT_FIELDS[1:] if stated.get(key)}


def attribute(moved: Sequence[tuple[OpenRow, int, int]], *, how: str, revision: int) -> None:
    """Say of each row whose its record is, under which judgement, from a revision on."""
    fill(Attribution, _OWNED, _owned(moved, how, revision))
    for row, _, match in moved:
        row.state, row.match_id = "settled", match
    OpenRow.objects.bulk_update([row for row, _, _ in moved], ["state", "match"], batch_size=250)


def _owned(moved: Sequence[tuple[OpenRow, int, int]], how: str, revision: int) -> Iterator[tuple[object, ...]]:
    for row, enterprise, match in moved:
        yield row.record_id, enterprise, how, json.dumps({"match": match}), revision


_OWNED = ("record_id", "enterprise_id", "how", "reasons", "revision")


def verdicts(numbers: Sequence[int], at: datetime) -> None:
    """Ask again for names about which somebody judged, inside the act that judged."""
    judged = registry.judgements(list(OpenName.objects.filter(pk__in=numbers).values_list("key", flat=True)))
    for each in OpenName.objects.filter(pk__in=numbers, state="waiting"):
        _keep_answer(each, asked_for(each.name, judged.get(each.key, ()), at), registry.newest_name())
        if each.verdict == MatchVerdict.ACCEPT:  # the pass alone accepts; until then a person sees it
            each.verdict = MatchVerdict.REVIEW
        each.save()
