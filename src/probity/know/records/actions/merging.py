"""Merging: two enterprises found to be one, and parted; their records follow."""

import json
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from probity.guard.authorities.queries import permit
from probity.guard.authorities.types import Permission
from probity.guard.procedures.actions import take_revision
from probity.guard.trail.actions import acting
from probity.guard.trail.tables import fill
from probity.know.records.models import Attribution, Record
from probity.know.registry.actions import join, part
from probity.terms import Actor

MERGED, PARTED = "merge", "split"
_OWNED = ("record_id", "enterprise_id", "how", "reasons", "revision")


def merge(*, joined: int, head: int, reason: str, by: Actor, at: datetime) -> int:
    """Say that an enterprise without a credit code is another one, and move its records there.

    Returns:
        How many records moved.

    Raises:
        CodesConflict: when both have a code of one kind and the codes differ.
        NotOne: when the two are one already, or the one to be joined has a credit code.
        NotPermitted: when the actor may not change enterprises.
    """
    permit(by, Permission.ENTERPRISE_CHANGE)
    with acting("enterprise.merged", by=by, at=at) as act:
        owned = _now_of(joined)
        revision = take_revision(at=at, cause=f"enterprise:{joined}")
        event = join(joined=joined, head=head, reason=reason, revision=revision, by=by, at=at)
        stated = json.dumps({"event": event})
        fill(Attribution, _OWNED, [(record, head, MERGED, stated, revision) for record, _, _ in owned])
        act.note(f"enterprise:{joined}", head=head, event=event, records=len(owned), reason=reason)
    return len(owned)


def split(*, joined: int, head: int, reason: str, by: Actor, at: datetime) -> int:
    """Say that a merged enterprise is one of its own after all; the records the merge moved go back.

    Returns:
        How many records went back; what was attributed to the other since stays there.

    Raises:
        NotOne: when it is not merged.
        NotPermitted: when the actor may not change enterprises.
    """
    permit(by, Permission.ENTERPRISE_CHANGE)
    with acting("enterprise.split", by=by, at=at) as act:
        revision = take_revision(at=at, cause=f"enterprise:{joined}")
        event = part(joined=joined, reason=reason, revision=revision, by=by, at=at)
        moved = [record for record, how, reasons in _now_of(head) if how == MERGED and reasons == {"event": event}]
        fill(
            Attribution, _OWNED, [(record, joined, PARTED, json.dumps({"event": event}), revision) for record in moved]
        )
        act.note(f"enterprise:{joined}", head=head, event=event, records=len(moved), reason=reason)
    return len(moved)


def _now_of(enterprise: int) -> list[tuple[int, str, object]]:
    """Return (record, how, reasons) of the records whose newest attribution is to an enterprise."""
    known = Coalesce("revision", "record__batch__revision")
    newest = Attribution.objects.filter(record=OuterRef("pk")).annotate(known=known).order_by("-known", "-pk")
    ever = Attribution.objects.filter(enterprise=enterprise).values("record_id")
    rows = Record.objects.filter(pk__in=ever, batch__revision__isnull=False).annotate(
        owner=Subquery(newest.values("enterprise_id")[:1]),
        how=Subquery(newest.values("how")[:1]),
        reasons=Subquery(newest.values("reasons")[:1]),
    )
    return list(rows.filter(owner=enterprise).order_by("pk").values_list("pk", "how", "reasons"))
