"""Oversight: the trail and the readings of dossiers, seen by whoever may."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from probity.guard.authorities.queries import allowed, permit, seen
from probity.guard.authorities.types import NotPermitted, Permission
from probity.guard.procedures.queries import lawbook
from probity.guard.trail import queries as trail
from probity.guard.trail.types import ReleasedLine, Sealing
from probity.know.registry.types import Page
from probity.show.oversight.types import TrailQuestion
from probity.terms import Actor, ActorKind, shanghai_day

PAGE_SIZE = 50

NEWEST = 5
"""Entries that hang on the page of the thing they are about; the rest is one click away for the overseer."""


def entries(asked: TrailQuestion, *, by: Actor, page: int = 1) -> Page[Any]:
    """Return entries of the trail, newest first, of the bodies over which the actor watches.

    Raises:
        NotPermitted: when the actor may not read the trail.
    """
    permit(by, Permission.TRAIL_READ)
    found = trail.chosen_entries(
        actor=asked.actor, act=asked.act, about=asked.about, since=asked.since, until=asked.until
    )
    rows = seen(found, by, Permission.TRAIL_READ, authority="authority")
    start = (page - 1) * PAGE_SIZE
    return Page(tuple(rows[start : start + PAGE_SIZE]), page, PAGE_SIZE, rows.count())


def entries_about(about: str, *, by: Actor, permission: Permission) -> tuple[Any, ...]:
    """Return the newest entries about one thing, for whoever may see the thing.

    The overseer sees all of them; others those of their own body and of the platform.

    Raises:
        NotPermitted: when the actor may not see the thing.
    """
    permit(by, permission)
    rows = trail.chosen_entries(about=about)
    if not allowed(by, Permission.TRAIL_READ, authority=""):
        rows = rows.filter(authority__in=[by.authority, ""])
    return tuple(rows[:NEWEST])


def kinds(*, by: Actor) -> tuple[str, ...]:
    """Return the kinds of acts that were done here.

    Raises:
        NotPermitted: when the actor may not read the trail.
    """
    permit(by, Permission.TRAIL_READ)
    return trail.kinds()


def export(*, since: datetime | None, until: datetime | None, by: Actor, at: datetime) -> Iterator[str]:
    """Return the lines of a signed export; it holds the acts of every body, so the right must be without a limit.

    Raises:
        LookupError: when nothing of that span is sealed.
        NotPermitted: when the actor may not read the whole trail.
    """
    permit(by, Permission.TRAIL_READ, authority="")
    first, last = (1, 0) if since is None and until is None else trail.span_of(since=since, until=until)
    if not first:
        raise LookupError("nothing of that span is sealed")
    return trail.export_lines(at=at, since=first, until=last)


def sealing(*, by: Actor, at: datetime) -> Sealing:
    """Return how far the trail is sealed.

    Raises:
        NotPermitted: when the actor may not read the trail.
    """
    permit(by, Permission.TRAIL_READ)
    return trail.sealing(at=at)


def readings(*, by: Actor, subject: str = "", actor: str = "", purpose: str = "", page: int = 1) -> Page[Any]:
    """Return who read which dossier for what, newest first, at once and whole: for the overseer only.

    Raises:
        NotPermitted: when the actor may not read the trail.
    """
    permit(by, Permission.TRAIL_READ)
    found = trail.readings(subject=subject, actor=actor, purpose=purpose)
    rows = seen(found, by, Permission.TRAIL_READ, authority="authority")
    start = (page - 1) * PAGE_SIZE
    return Page(tuple(rows[start : start + PAGE_SIZE]), page, PAGE_SIZE, rows.count())


def readings_released(subject: str, *, by: Actor, at: datetime) -> tuple[ReleasedLine, ...]:
    """Return what an enterprise is told of who looked at its dossier, newest batch first.

    Raises:
        NotPermitted: when the actor acts for another enterprise, or for none.
    """
    is_own = by.kind is ActorKind.DELEGATE and by.organisation == subject
    if not (is_own and allowed(by, Permission.OWN_READ)) and not by.is_administrator:
        raise NotPermitted(Permission.OWN_READ)
    return trail.released_to(subject, purposes=lawbook().reading_rules(shanghai_day(at)).purposes)
