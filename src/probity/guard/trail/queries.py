"""Trail: reading what was done, how far it is sealed, and whether it is in order.

The trail is the ground floor: who may read it is asked by the rooms above, before they ask here.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, Min, QuerySet

from probity.guard.trail.exporting import export_lines, head_line, signed_head
from probity.guard.trail.models import Seal, TrailEntry
from probity.guard.trail.reading import LOOK_BACK, chain_end, waiting_numbers
from probity.guard.trail.signing import public_key
from probity.guard.trail.types import LATE_AFTER, Sealing
from probity.guard.trail.verifying import verify_trail

__all__ = [
    "chosen_entries",
    "entries",
    "export_lines",
    "head_line",
    "kinds",
    "numbers_of",
    "public_key",
    "sealing",
    "signed_head",
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
