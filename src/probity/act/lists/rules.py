"""Lists: how a record becomes an entry, until when it stands, how it may be used."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from probity.act.lists.types import Coverage, ListEntry, MarkKind, StatedEntry, TermDerivation, Use
from probity.rulebook.lists.types import ListKind, Programme, TermStart
from probity.terms import end_of_day, months_before


def folded(name: str) -> str:
    """Return the name of a list as two writers of it would agree on it."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def by_name(programmes: Iterable[Programme]) -> dict[tuple[str, str], Programme]:
    """Return (record type, folded name) → programme, by every name its feeds use."""
    return {(one.record_type, folded(name)): one for one in programmes for name in one.names}


def derived(stated: StatedEntry, programme: Programme) -> TermDerivation:
    """Return until when an entry stands, and by what: the stated end, else the term from its day.

    A stated end beyond the longest term the law knows is cut to it; rules differ on the day a term
    starts from (DOMAIN 17.8), and where that day was not stated the day of entry stands in.
    """
    term = programme.term
    longest = term.months or term.most_months
    day = {
        TermStart.PUBLICITY: stated.entered_on,
        TermStart.DETERMINATION: stated.determined_on or stated.entered_on,
        TermStart.CONDUCT_END: stated.conduct_ended_on or stated.entered_on,
    }[term.starts]
    counted = months_before(day, -longest) if longest else None
    if stated.ends_on is not None and (counted is None or stated.ends_on <= counted):
        return TermDerivation(None, None, None, stated.ends_on, term.reference)
    return TermDerivation(term.starts, day, longest, counted, term.reference)


def entries(
    stated: Sequence[StatedEntry],
    programmes: Iterable[Programme],
    marks: Mapping[int, Sequence[MarkKind]],
    *,
    on: date,
) -> tuple[ListEntry, ...]:
    """Return the standing entries of one enterprise, newest first, each with how it may be used.

    An entry that ended leaves nothing behind: it cannot be told from one that never was.
    Records of lists no programme knows are not entries.
    """
    known = by_name(programmes)
    found = []
    for one in stated:
        programme = known.get((one.type, folded(one.list_name)))
        if programme is None or one.entered_on > on:
            continue
        derivation = derived(one, programme)
        if derivation.ends_on is None or derivation.ends_on > on:
            found.append((one, programme, derivation))
    serious = {
        programme.kind
        for one, programme, _ in found
        if _use(one, programme, marks.get(one.record, ()), frozenset()) in (Use.ACTIVE, Use.CONTESTED)
    }
    built = [
        _entry(one, programme, derivation, _use(one, programme, marks.get(one.record, ()), frozenset(serious)))
        for one, programme, derivation in found
    ]
    return tuple(sorted(built, key=lambda entry: (entry.entered_on, entry.record), reverse=True))


def _entry(stated: StatedEntry, programme: Programme, derivation: TermDerivation, use: Use) -> ListEntry:
    return ListEntry(
        record=stated.record,
        enterprise=stated.enterprise,
        programme=programme.key,
        title=programme.title,
        kind=programme.kind,
        ground=stated.ground,
        document=stated.document,
        authority=stated.authority,
        basis=programme.reference,
        entered_on=stated.entered_on,
        ends_on=derivation.ends_on,
        derivation=derivation,
        use=use,
        missing=stated.missing,
        source=stated.source,
        known_at=stated.known_at,
    )


def _use(stated: StatedEntry, programme: Programme, marks: Sequence[MarkKind], standing: frozenset[ListKind]) -> Use:
    """Return how an entry may be used; what takes it out of use comes before what annotates it."""
    if not programme.is_on:
        return Use.OFF
    if stated.missing:
        return Use.INCOMPLETE
    if _latest(marks, MarkKind.SUSPENDED, MarkKind.RESUMED):
        return Use.SUSPENDED
    if programme.lapses_on & standing:
        return Use.LAPSED
    return Use.CONTESTED if _latest(marks, MarkKind.CONTESTED, MarkKind.SETTLED) else Use.ACTIVE


def _latest(marks: Sequence[MarkKind], begins: MarkKind, ends: MarkKind) -> bool:
    """Whether the latest of a pair of marks is the one that begins it."""
    return next((mark is begins for mark in reversed(marks) if mark in (begins, ends)), False)


def coverage(
    programmes: Iterable[Programme], heard: Mapping[str, datetime], *, required: frozenset[str], at: datetime
) -> tuple[Coverage, ...]:
    """Return how fresh each list that is on is, by when anything of it was last heard.

    `required` names the lists the operator undertook to carry: one of them that was never heard of
    is stale, where another would only be said not to be carried here.
    """
    found = []
    for programme in programmes:
        if not programme.is_on:
            continue
        last = heard.get(programme.key)
        is_carried = last is not None or programme.key in required
        is_late = last is None or last + timedelta(days=programme.fresh_days) < at
        found.append(Coverage(programme.key, programme.title, last, is_carried, is_carried and is_late))
    return tuple(found)


def good_until(coverage_: Iterable[Coverage], *, fresh_days: Mapping[str, int]) -> datetime | None:
    """Return when the first list carried goes stale without news; None while none is heard of."""
    ends = [one.heard_at + timedelta(days=fresh_days[one.programme]) for one in coverage_ if one.heard_at]
    return min(ends, default=None)


def turns_on(entries_: Iterable[ListEntry]) -> date | None:
    """Return the first day on which the calendar alone changes what is said, None when none does."""
    return min((entry.ends_on for entry in entries_ if entry.ends_on is not None), default=None)


def moment(on: date, at: datetime) -> datetime:
    """Return the moment by which freshness on a day is judged: its end, or now where that is earlier."""
    return min(end_of_day(on), at)
