"""Deliveries: what sources brought, accounted for row by row."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import lawbook
from probity.know.records import queries as records
from probity.know.records.types import QuarantineLine
from probity.know.sources import queries as sources
from probity.know.sources.types import BatchLine
from probity.rulebook.types import FeedProfile
from probity.show.desk.frame import page, page_number
from probity.show.desk.know.bringing import bring
from probity.show.desk.lists import arranged_for
from probity.show.parts.access import requires
from probity.show.parts.accounting import accounting_bar
from probity.show.parts.arranging import EXPORT_PAGE, Column, is_sheet, list_sheet
from probity.show.parts.asked import Asked
from probity.show.parts.errors import refused
from probity.show.parts.sheets import Cell, download, spreadsheet
from probity.show.parts.words import STATES

COLUMNS = (
    Column("delivered", gettext_lazy("Delivered"), sorts=True),
    Column("file", gettext_lazy("File and kind"), sorts=True, is_fixed=True),
    Column("source", gettext_lazy("Source"), sorts=True),
    Column("received", gettext_lazy("Received"), sorts=True, is_number=True),
    Column("accepted", gettext_lazy("Accepted"), sorts=True, is_number=True),
    Column("unchanged", gettext_lazy("Unchanged"), sorts=True, is_number=True),
    Column("superseding", gettext_lazy("Superseding"), sorts=True, is_number=True),
    Column("quarantined", gettext_lazy("Quarantined"), is_number=True),
    Column("state", gettext_lazy("State"), sorts=True),
)


@require_safe
@requires(Permission.BATCH_READ)
def deliveries(request: Asked) -> HttpResponse:
    """List the batches, newest first, each with its equation in one row."""
    source, state = request.GET.get("source", ""), request.GET.get("state", "")
    listed = arranged_for(request, "deliveries", COLUMNS)
    order = listed.arrangement.order
    asked = partial(sources.batches, by=request.actor, source=source, state=state, order=order)
    if is_sheet(request.GET):
        return list_sheet(listed.arrangement, lambda n: asked(page=n, size=EXPORT_PAGE), _cells)
    found = asked(page=page_number(request.GET))
    lines = [(line, feed_of(line), lawbook().sources.get(line.source)) for line in found.lines]
    shown = {"found": found, "lines": lines, "sources": lawbook().sources, "source": source, "state": state}
    return page(request, "deliveries.html", "deliveries", listed=listed, **shown)


@require_safe
@requires(Permission.BATCH_READ)
def delivery(request: Asked, number: int) -> HttpResponse:
    """Show one batch: the equation and its bar, warnings, quarantine by reason, what came of it."""
    line = _batch(request, number)
    shown = {
        "batch": line,
        "feed": feed_of(line),
        "source": lawbook().sources.get(line.source),
        "bar": accounting_bar(line.received, line.accepted, line.unchanged, line.superseding, line.in_quarantine),
        "quarantined": line.in_quarantine,
        "codes": sorted(line.quarantined.items(), key=lambda pair: (-pair[1], pair[0])),
        "open": records.quarantine(by=request.actor, batch=number).total,
    }
    return page(request, "delivery.html", "deliveries", **shown)


@require_safe
@requires(Permission.BATCH_READ)
def quarantined_sheet(request: Asked, number: int) -> HttpResponse:
    """Return the rows still waiting as the spreadsheet that was delivered, with a column of reasons."""
    line = _batch(request, number)
    rows = list(records.quarantined_rows(by=request.actor, batch=number))
    headers = list(dict.fromkeys(header for row in rows for header in row.values))
    content = spreadsheet(
        [_("Row"), *headers, _("Reason"), _("What is wrong")], _sheet_rows(rows, headers, request.LANGUAGE_CODE)
    )
    return download(content, f"{Path(line.file_name).stem}-{_('quarantine')}.xlsx")


@require_http_methods(["GET", "POST"])
@requires(Permission.BATCH_DELIVER)
def deliver(request: Asked) -> HttpResponse:
    """Show the form for bringing a file, or take one in and lead to its accounting."""
    feeds = sorted(lawbook().feeds.values(), key=lambda feed: feed.key)
    if request.method == "GET":
        return page(request, "deliver.html", "deliveries", feeds=feeds, chosen=request.GET.get("feed", ""))
    chosen, upload = request.POST.get("feed", ""), request.FILES.get("file")
    wrong = {}
    if not isinstance(upload, UploadedFile) or not upload.size:
        wrong["file"] = _("Choose a file that is not empty.")
    elif upload.size > settings.PROBITY_LARGEST_FILE_MB * 2**20:
        return refused(request, 413)
    if chosen and chosen not in lawbook().feeds:
        wrong["feed"] = _("This kind of file is not in the rulebook.")
    if not wrong and isinstance(upload, UploadedFile):
        brought = bring(upload, feed=chosen, by=request.actor, at=request.at)
        if isinstance(brought, BatchLine):
            messages.success(request, _("The file was taken in: every row is accounted for below."))
            return redirect("desk:delivery", number=brought.id)
        wrong["file"] = brought.of(request.LANGUAGE_CODE)
    return page(request, "deliver.html", "deliveries", feeds=feeds, chosen=chosen, wrong=wrong, status=400)


def feed_of(line: BatchLine) -> FeedProfile | None:
    """Return the profile a batch was read by, or None when the rulebook no longer has it."""
    return lawbook().feeds.get(line.feed)


def _cells(line: BatchLine) -> Mapping[str, Cell]:
    feed, source, language = feed_of(line), lawbook().sources.get(line.source), get_language() or "zh"
    return {
        "delivered": line.delivered_at,
        "file": f"{line.file_name} ({feed.title.of(language) if feed else line.feed})",
        "source": source.title.of(language) if source else line.source,
        "received": line.received,
        "accepted": line.accepted,
        "unchanged": line.unchanged,
        "superseding": line.superseding,
        "quarantined": line.in_quarantine,
        "state": str(STATES[line.state].word) if line.state in STATES else line.state,
    }


def _batch(request: Asked, number: int) -> BatchLine:
    try:
        return sources.batch(number, by=request.actor)
    except LookupError as missing:
        raise Http404(str(missing)) from missing


def _sheet_rows(rows: list[QuarantineLine], headers: list[str], language: str) -> Iterator[list[str | int]]:
    for row in rows:
        reasons = "；".join(problem.message.of(language) for problem in row.problems)
        yield [row.row_number, *(row.values.get(header, "") for header in headers), row.code, reasons]
