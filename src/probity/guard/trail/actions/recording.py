"""Recording: an act is done and written into the trail, or nothing was done."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from probity.guard.trail.models import TrailEntry
from probity.guard.trail.rules import PARTS, canonical, differing, entry_text, moment_text, text_digest
from probity.guard.trail.stamping import versions
from probity.guard.trail.tables import writing
from probity.terms import Actor


@dataclass
class Act:
    """An act under way: what it is about and what the trail shall say of it."""

    about: str = ""
    decision: str = ""
    detail: dict[str, object] = field(default_factory=dict)
    before: dict[str, object] = field(default_factory=dict)
    after: dict[str, object] = field(default_factory=dict)

    def note(self, about: str, **detail: object) -> None:
        """State what the act is about; details are joined to those stated before."""
        self.about = about
        self.detail.update(detail)

    def changed(self, before: Mapping[str, object], after: Mapping[str, object]) -> None:
        """State what stood before and what stands after; what is equal in both is left out.

        Never a password, a number of a person, or a text that may hold one: the trail cannot forget.
        """
        was, is_now = differing(before, after)
        self.before.update(was)
        self.after.update(is_now)

    def decided(self, reference: str) -> None:
        """State the decision, case or document number under which the act is done."""
        self.decision = reference


@contextmanager
def acting(act: str, *, by: Actor, at: datetime) -> Iterator[Act]:
    """Open one transaction whose last row is its trail entry; if the entry fails, nothing was done.

    Raises:
        ValueError: when the act never said what it was about.
    """
    with transaction.atomic(), writing():
        done = Act()
        yield done
        if not done.about:
            raise ValueError(f"{act} did not say what it was about")
        _record(act, done, by, at)


def _record(act: str, done: Act, by: Actor, at: datetime) -> None:
    """Insert the entry in one statement; a model instance would cost as much as the insert."""
    stamp = versions()
    if by.is_watched:
        done.detail["watched"] = True
    parts = [act, by.key, by.authority, done.about, done.decision, stamp.software, stamp.rulebook]
    parts += [canonical(stated) for stated in (done.detail, done.before, done.after)]
    digest = text_digest(entry_text([moment_text(at), *parts]))
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [connection.ops.adapt_datetimefield_value(at), *parts, digest])


_COLUMNS = ", ".join(f'"{name}"' for name in (*PARTS, "digest"))
_MARKS = ", ".join(["%s"] * (len(PARTS) + 1))
_INSERT = f'INSERT INTO "{TrailEntry._meta.db_table}" ({_COLUMNS}) VALUES ({_MARKS})'  # noqa: S608 (names of ours)
