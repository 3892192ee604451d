"""Trail: reading what was done, how far it is sealed, and whether it is in order.

The trail is the ground floor: who may read it is asked by the rooms above, before they ask here.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db.models import Max, Min, Q, QuerySet

from probity.guard.trail.exporting import export_lines, head_line, signed_head
from probity.guard.trail.models import Embargo, Reading, ReleasedReading, Seal, TrailEntry
from probity.guard.trail.reading import LOOK_BACK, chain_end, waiting_numbers
from probity.guard.trail.rules import rows_digest
from probity.guard.trail.signing import public_key
from probity.guard.trail.stamping import software
from probity.guard.trail.types import LATE_AFTER, ReleasedLine, Sealing
from probity.guard.trail.verifying import verify_trail
from probity.rulebook.readings import PurposeKind

__all__ = [
    "chosen_entries",
    "embargoed",
    "entries",
    "export_lines",
    "head_line",
    "is_embargoed",
    "kinds",
    "numbers_of",
    "public_key",
    "readings",
    "released_to",
    "rows_digest",
    "sealing",
    "signed_head",
    "software",
    "span_of",
    "verify_trail",
]


def entries(*, about: str) -> "QuerySet[TrailEntry]":
    """Return the entries about one thing, oldest first."""
    return TrailEntry.objects.filter(about=about).order_by("id")


def chosen_entries(
    *, actor: str = "", act: str = "", about: str = "", since: datetime | None = None, until: datetime | None = None
) -> "QuerySet[TrailEntry]":
    """Return the entries of a person, of a kind (`record` or `record.repair`), about a thing, in a span; newest first.

    A kind without a dot means every act of that room.
    """
    found = TrailEntry.objects.order_by("-id")
    if actor:
        found = found.filter(by=actor)
    if act:
        found = found.filter(act=act) if "." in act else found.filter(act__startswith=f"{act}.")
    if about:
        found = found.filter(about=about)
    if since:
        found = found.filter(at__gte=since)
    return found.filter(at__lt=until) if until else found


def kinds() -> tuple[str, ...]:
    """Return every kind of act that was ever done here."""
    return tuple(TrailEntry.objects.values_list("act", flat=True).distinct().order_by("act"))


def numbers_of(entries: Iterable[int]) -> dict[int, int]:
    """Return entry → number in the chain, of those that are sealed."""
    return dict(Seal.objects.filter(entry__in=list(entries)).values_list("entry", "number"))


def span_of(*, since: datetime | None, until: datetime | None) -> tuple[int, int]:
    """Return the first and last number of the chain whose entries were done in a span of moments; 0, 0 for none.

    What was replayed with a past clock stands where it was sealed, so the span may hold other entries too.
    """
    found = chosen_entries(since=since, until=until)
    sealed = Seal.objects.filter(entry__in=found.order_by().values("id"))
    ends = sealed.aggregate(first=Min("number"), last=Max("number"))
    return ends["first"] or 0, ends["last"] or 0


def sealing(*, at: datetime) -> Sealing:
    """Return how far the trail is sealed and what waits; late means that an entry waits for more than a minute."""
    number, digest, newest = chain_end()
    ((waiting, oldest),) = waiting_numbers(newest - LOOK_BACK)
    moment = datetime.fromisoformat(oldest) if oldest else None
    return Sealing(number, digest, int(waiting), moment, moment is not None and moment <= at - LATE_AFTER)


def readings(
    *,
    subject: str = "",
    actor: str = "",
    purpose: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> "QuerySet[Reading]":
    """Return readings of dossiers, newest first: all of them at once, for whoever oversees."""
    stated = {"subject": subject, "by": actor, "purpose": purpose, "at__gte": since, "at__lt": until}
    return Reading.objects.filter(**{name: value for name, value in stated.items() if value}).order_by("-id")


def released_to(subject: str, *, purposes: Mapping[str, PurposeKind]) -> tuple[ReleasedLine, ...]:
    """Return what an enterprise is told of readings of its dossier, newest batch first.

    In a batch each body and purpose stands once and in an order that follows from what it says, so
    that neither place nor number tells when something was read.
    """
    days = dict(ReleasedReading.objects.filter(subject=subject).values_list("reading", "day"))
    told = set()
    for row in Reading.objects.filter(subject=subject).values("id", "authority", "purpose", "words"):
        if row["id"] not in days:
            continue
        kind = purposes.get(row["purpose"])
        words = row["words"] if kind and kind.tells_words else ""
        told.add(ReleasedLine(days[row["id"]], row["authority"], row["purpose"], words))
    return tuple(sorted(told, key=lambda line: (-line.day.toordinal(), line.authority, line.purpose, line.words)))


def is_embargoed(subject: str, *, authority: str = "") -> bool:
    """Whether a matter about an enterprise is open, of one body or (left out) of any.

    Messages, feeds, queues and map requests ask this before they would show that somebody is at
    work on it.
    """
    return bool(embargoed([subject], authority=authority))


def embargoed(subjects: Collection[str], *, authority: str = "") -> set[str]:
    """Return those enterprises about which a matter is open, of one body or (left out) of any."""
    found = Embargo.objects.filter(subject__in=list(subjects), closed_at=None)
    if authority:
        found = found.filter(Q(authority="") | Q(authority=authority))
    return set(found.values_list("subject", flat=True))
