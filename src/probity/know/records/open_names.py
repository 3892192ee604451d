"""Open names: the spellings under which records wait, and whom they may mean."""

from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q

from probity.engine.naming.folding import fold
from probity.engine.naming.types import NameAnswer, NameQuestion
from probity.guard.authorities.queries import permit, seen
from probity.guard.authorities.types import Permission
from probity.know.records.models import OpenName, OpenRow
from probity.know.records.types import OpenNameLine
from probity.know.registry import queries as registry
from probity.know.registry.types import Judgement, Page
from probity.terms import Actor, Unknown

PAGE_SIZE = 50


def open_names(
    *, by: Actor, state: str = "waiting", verdict: str = "", grounds: str | None = None, page: int = 1
) -> Page[OpenNameLine]:
    """Return the open names the actor may settle, in the order in which they are settled.

    Args:
        by: who asks.
        state: waiting or settled.
        verdict: accept, review or reject; empty for all.
        grounds: only names whose first candidate is contradicted by exactly this; None for all.
        page: which page.

    Raises:
        NotPermitted: when the actor may not settle names.
    """
    permit(by, Permission.MATCH_SETTLE)
    rows = _open(by, state, verdict, grounds)
    start = (max(page, 1) - 1) * PAGE_SIZE
    return Page(tuple(map(_open_line, rows[start : start + PAGE_SIZE])), max(page, 1), PAGE_SIZE, rows.count())


def open_name(number: int, *, by: Actor) -> OpenNameLine:
    """Return one open name.

    Raises:
        LookupError: when there is none of this number that the actor may settle.
    """
    permit(by, Permission.MATCH_SETTLE)
    found = _open(by, "", "", None).filter(pk=number).first()
    if found is None:
        raise Unknown(f"没有第 {number} 号待认名称", f"no open name {number}")
    return _open_line(found)


def candidates_for(line: OpenNameLine, *, at: datetime) -> NameAnswer:
    """Return whom an open name may mean, without those somebody judged to be others."""
    key = fold(line.name)[:300]
    judged = registry.judgements([key]).get(key, ())
    others = {each.enterprise for each in judged if each.judgement is Judgement.NOT_SAME}
    return registry.found(NameQuestion((line.name,)), at=at, ruled_out=others)


def open_records(name: int, *, by: Actor) -> list[dict[str, Any]]:
    """Return the records that wait under an open name, adverse ones first, at most a page of them."""
    line = open_name(name, by=by)
    rows = OpenRow.objects.filter(name=line.id, state="waiting").order_by("-is_adverse", "record_id")[:PAGE_SIZE]
    columns = {"type": F("record__type"), "occurred_on": F("record__occurred_on"), "fields": F("record__fields")}
    return list(rows.values("record_id", "is_adverse", source=F("record__batch__source"), **columns))


def open_counts(*, by: Actor) -> dict[str, int]:
    """Return verdict → number of waiting open names the actor may settle."""
    permit(by, Permission.MATCH_SETTLE)
    rows = _open(by, "waiting", "", None).order_by().values_list("verdict").annotate(names=Count("pk", distinct=True))
    return dict(rows.values_list("verdict", "names"))


def _open(by: Actor, state: str, verdict: str, grounds: str | None) -> Any:
    rows = seen(OpenName.objects.all(), by, Permission.MATCH_SETTLE)
    chosen = Q()
    if state:
        chosen &= Q(state=state)
    if verdict:
        chosen &= Q(verdict=verdict)
    if grounds is not None:
        chosen &= Q(grounds=grounds)
    waits = Q(rows__state="waiting")
    counted = rows.filter(chosen).annotate(
        waiting=Count("rows", filter=waits), adverse=Count("rows", filter=waits & Q(rows__is_adverse=True))
    )
    return counted.order_by(F("skipped_at").asc(nulls_first=True), "-score", "pk")


def _open_line(row: Any) -> OpenNameLine:
    grounds = tuple(filter(None, row.grounds.split(",")))
    return OpenNameLine(row.pk, row.name, row.verdict, row.score, grounds, row.waiting, row.adverse, row.state)
