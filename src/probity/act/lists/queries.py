"""Lists: asking who stands where, on any day, and how far that is known."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings

from probity.act.lists.models import Entry
from probity.act.lists.reading import heard, list_types, marks_of, stated_entries
from probity.act.lists.rules import coverage, entries, moment
from probity.act.lists.telling import answer_json, both, coverage_json, entry_json
from probity.act.lists.types import Coverage, ListAnswer, ListEntry, Use
from probity.guard.authorities.queries import permit
from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import lawbook, revision_at
from probity.know.records import queries as records
from probity.know.registry import queries as registry
from probity.know.registry.types import EnterpriseLine, Page
from probity.terms import Actor, CreditCode, Text

__all__ = [
    "MOST_CODES",
    "ListAnswer",
    "TooManyCodes",
    "answer_json",
    "both",
    "counts",
    "coverage_json",
    "covered_on",
    "entries_of",
    "entry_json",
    "lookup",
    "on_list",
]

PAGE_SIZE = 30
MOST_CODES = 1000
"""Codes in one question; more belong into a screening job."""


class TooManyCodes(ValueError):
    """A question about more codes than one answer may hold."""

    def __init__(self, asked: int) -> None:
        """Say how many were asked and how many may be."""
        self.text = Text(
            f"一次最多查询 {MOST_CODES} 个代码，收到 {asked} 个",
            f"at most {MOST_CODES} codes in one question, got {asked}",
        )
        super().__init__(self.text.en)


def lookup(
    codes: Sequence[str], *, as_of: date, known_at: datetime | None, by: Actor, at: datetime
) -> tuple[ListAnswer, ...]:
    """Return for each code, in the order asked, every standing entry and the coverage of every list.

    A code nobody is registered under has no entries; that is no error, and the coverage says how
    much it means. An entry that ended cannot be told from one that never was.

    Raises:
        NotPermitted: when the actor may not look up.
        TooManyCodes: when more are asked than one answer may hold.
        ValueError: for what is no credit code.
    """
    permit(by, Permission.LIST_READ)
    if len(codes) > MOST_CODES:
        raise TooManyCodes(len(codes))
    checked = [CreditCode(code) for code in codes]
    revision = revision_at(known_at)
    numbers = registry.by_codes(checked)
    found = entries_of(list(numbers.values()), on=as_of, revision=revision)
    covered = covered_on(as_of, at=moment(as_of, known_at or at))
    return tuple(ListAnswer(code, as_of, revision, found.get(numbers.get(code, 0), ()), covered) for code in checked)


def covered_on(on: date, *, at: datetime) -> tuple[Coverage, ...]:
    """Return how fresh every list of a day is, as heard by a moment."""
    programmes = lawbook().programmes(on).values()
    required = frozenset(settings.PROBITY_LISTS_REQUIRED)
    return coverage(programmes, heard(on, until=at), required=required, at=at)


def entries_of(enterprises: Sequence[int], *, on: date, revision: int) -> dict[int, tuple[ListEntry, ...]]:
    """Return enterprise → its standing entries on a day as known at a revision, read from the records."""
    numbers = records.of_types(list_types(on), enterprises=enterprises)
    stated = stated_entries(numbers, on=on, revision=revision)
    marks = marks_of(numbers, revision=revision)
    programmes = lawbook().programmes(on).values()
    found = {owner: entries(some, programmes, marks, on=on) for owner, some in stated.items()}
    return {owner: some for owner, some in found.items() if owner in set(enterprises)}


def on_list(programme: str, *, on: date, page: int = 1, by: Actor) -> Page[tuple[EnterpriseLine, ListEntry]]:
    """Return who stands on a list today, newest first, without entries that are out of use or over.

    Raises:
        NotPermitted: when the actor may not read lists.
    """
    permit(by, Permission.LIST_READ)
    rows = Entry.objects.filter(programme=programme, use__in=(Use.ACTIVE, Use.CONTESTED))
    rows = rows.exclude(ends_on__lte=on).order_by("-entered_on", "-record_id")
    start = (max(page, 1) - 1) * PAGE_SIZE
    shown = list(rows[start : start + PAGE_SIZE].values_list("enterprise_id", "record_id"))
    lines = registry.enterprises({enterprise for enterprise, _ in shown})
    found = entries_of(list(lines), on=on, revision=revision_at(None))
    by_record = {entry.record: entry for some in found.values() for entry in some}
    lines_shown = tuple((lines[enterprise], by_record[record]) for enterprise, record in shown if record in by_record)
    return Page(lines_shown, max(page, 1), PAGE_SIZE, rows.count())


def counts(*, on: date, by: Actor) -> dict[str, int]:
    """Return list → how many entries stand on it today."""
    from django.db.models import Count

    permit(by, Permission.LIST_READ)
    rows = Entry.objects.exclude(ends_on__lte=on).filter(use__in=(Use.ACTIVE, Use.CONTESTED))
    return dict(rows.values_list("programme").annotate(Count("pk")))
