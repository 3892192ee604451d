"""Endings: what a newer list leaves out, for a person to decide."""

from collections.abc import Mapping
from functools import partial

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import lawbook
from probity.know.records import actions, queries
from probity.know.records.types import EndingLine
from probity.know.registry import queries as registry
from probity.show.desk.frame import page, page_number
from probity.show.desk.lists import arranged_for
from probity.show.parts.access import requires
from probity.show.parts.arranging import EXPORT_PAGE, Column, is_sheet, list_sheet
from probity.show.parts.asked import Asked
from probity.show.parts.questions import read_day
from probity.show.parts.sheets import Cell

COLUMNS = (
    Column("record", gettext_lazy("Record"), sorts=True, is_fixed=True),
    Column("day", gettext_lazy("Held on"), sorts=True),
    Column("name", gettext_lazy("Name as stated")),
    Column("source", gettext_lazy("Source")),
    Column("delivery", gettext_lazy("Missing from delivery"), sorts=True),
)
STATES = ("waiting", "ended", "kept")


@require_safe
@requires(Permission.BATCH_READ)
def endings(request: Asked) -> HttpResponse:
    """List the proposed endings of one delivery or all, those that wait unless asked otherwise."""
    return _page(request, request.GET, {})


@require_POST
@requires(Permission.RECORD_END)
def settle(request: Asked) -> HttpResponse:
    """End or keep the chosen ones, or all that wait of the list shown, as one act with its reason."""
    asked = QueryDict(request.POST.get("query", ""))
    typed = {key: request.POST.get(key, "").strip() for key in ("reason", "effective_on")}
    act, day = request.POST.get("act", ""), read_day(typed["effective_on"] or str(request.today))
    numbers = [int(text) for text in request.POST.getlist("ending") if text.isdigit() and len(text) < 19]
    if request.POST.get("all") == "yes":
        numbers = queries.ending_numbers(by=request.actor, batch=_batch(asked), most=actions.MOST_AT_ONCE)
    wrong = _wrong(act, numbers, typed["reason"], day)
    if wrong or day is None:
        return _page(request, asked, typed | {"wrong": wrong, "chosen": numbers}, status=400)
    settled = actions.settle_endings(
        proposals=numbers[: actions.MOST_AT_ONCE],
        ends=act == "end",
        effective_on=day,
        reason=typed["reason"],
        by=request.actor,
        at=request.at,
    )
    if settled.done:
        ended = ngettext("%(n)s record was ended.", "%(n)s records were ended.", settled.done)
        kept = ngettext("%(n)s record was kept standing.", "%(n)s records were kept standing.", settled.done)
        messages.success(request, (ended if act == "end" else kept) % {"n": settled.done})
    if settled.refused:
        told = ngettext(
            "%(n)s was decided by somebody else meanwhile.",
            "%(n)s were decided by somebody else meanwhile.",
            len(settled.refused),
        )
        messages.error(request, told % {"n": len(settled.refused)})
    return redirect(reverse("desk:endings") + (f"?{asked.urlencode()}" if asked else ""))


def _wrong(act: str, numbers: list[int], reason: str, day: object) -> str:
    if act not in ("end", "keep") or not numbers:
        return _("Choose at least one row first.")
    if not reason:
        return _("Write the reason: it stands in the record's history and in the trail.")
    return "" if day else _("The day could not be read; write it as 2026-11-16.")


def _page(request: Asked, asked: QueryDict, typed: Mapping[str, object], status: int = 200) -> HttpResponse:
    batch, state = _batch(asked), asked.get("state", "waiting")
    state = state if state in STATES else ""
    listed = arranged_for(request, "endings", COLUMNS, asked)
    order = listed.arrangement.order
    wanted = partial(queries.proposed_endings, by=request.actor, batch=batch, state=state, order=order)
    if is_sheet(asked):
        return list_sheet(listed.arrangement, lambda n: wanted(page=n, size=EXPORT_PAGE), _cells)
    found = wanted(page=page_number(asked))
    holders = registry.enterprises({line.enterprise for line in found.lines if line.enterprise})
    lines = [(line, _cells(line), holders.get(line.enterprise or 0)) for line in found.lines]
    deliveries = queries.endings_by_delivery(by=request.actor)
    waiting = sum(one["waiting"] for one in deliveries if batch in (None, one["batch_id"]))
    shown = {"found": found, "lines": lines, "deliveries": deliveries, "batch": batch, "state": state or "all"}
    shown |= {"typed": typed, "waiting_here": waiting, "most": actions.MOST_AT_ONCE, "query": asked.urlencode()}
    return page(request, "endings.html", "endings", listed=listed, status=status, **shown)


def _batch(asked: QueryDict) -> int | None:
    text = str(asked.get("batch", ""))
    return int(text) if text.isdigit() and len(text) < 19 else None


def _cells(line: EndingLine) -> Mapping[str, Cell]:
    language = get_language() or "zh"
    type_ = lawbook().record_types(line.occurred_on).get(line.type)
    source = lawbook().sources.get(line.source)
    title = type_.title.of(language) if type_ else line.type
    return {
        "record": f"{title} {line.record}",
        "day": line.occurred_on,
        "name": line.name,
        "source": source.title.of(language) if source else line.source,
        "delivery": line.batch,
    }
