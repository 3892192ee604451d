"""Ending: the four exits of a fact, one by one or many at once."""

from collections.abc import Sequence
from datetime import date, datetime

from probity.guard.authorities.queries import permit, seen
from probity.guard.authorities.types import Permission
from probity.guard.procedures.actions import take_revision
from probity.guard.trail.actions import acting, rows_digest
from probity.know.records.actions.settling import MOST_AT_ONCE, NotWaiting
from probity.know.records.models import ProposedEnding, Record, RecordEvent
from probity.know.records.types import Settled
from probity.rulebook.lists import ExitKind
from probity.terms import Actor, Text, Unknown

EVENT_KINDS = tuple(kind.value for kind in ExitKind)
"""The four exits of a fact, which never mix (DOMAIN 10.5)."""

_KEYS_AT_ONCE = 500
_DECIDED = Text("已有人核定", "somebody decided on it already")


def end(
    *, record: int, kind: str, effective_on: date, reason: str, by: Actor, at: datetime, replayed: bool = False
) -> None:
    """End a record's effects by one of the four exits, known from now on.

    A correction or annulment removes it for every day; a repair or expiry lets it count before
    `effective_on` and not from it. Asked twice for the same exit, nothing changes.

    Raises:
        LookupError: when there is no such record.
        ValueError: when the kind is none of the four.
    """
    permit(by, Permission.RECORD_END)
    if kind not in EVENT_KINDS:
        raise ValueError(f"{kind!r} is none of the four exits: {', '.join(EVENT_KINDS)}")
    with acting(f"record.{kind}", by=by, at=at) as act:
        found = Record.objects.filter(pk=record, batch__revision__isnull=False).first()
        if found is None:
            raise Unknown(f"没有第 {record} 号记录", f"no record {record}")
        permit(by, Permission.RECORD_END, authority=found.authority.key)
        act.note(f"record:{record}", kind=kind, effective_on=effective_on.isoformat(), reason=reason)
        if RecordEvent.objects.filter(record=found, kind=kind, effective_on=effective_on).exists():
            return
        revision = take_revision(at=at, cause=f"record:{record}", replayed=replayed)
        RecordEvent.objects.create(
            authority_id=found.authority_id,
            record=found,
            kind=kind,
            effective_on=effective_on,
            revision=revision,
            reason=reason[:500],
            by=by.key,
            at=at,
        )


def settle_ending(*, proposal: int, ends: bool, effective_on: date, reason: str, by: Actor, at: datetime) -> None:
    """Decide on a proposed ending: end the record by expiry, or keep it standing.

    Raises:
        LookupError: when there is none of this number.
        NotWaiting: when somebody decided already.
    """
    permit(by, Permission.RECORD_END)
    with acting("record.ending_settled", by=by, at=at) as act:
        found = ProposedEnding.objects.select_for_update().filter(pk=proposal).first()
        if found is None:
            raise Unknown(f"没有第 {proposal} 号拟终止", f"no proposed ending {proposal}")
        permit(by, Permission.RECORD_END, authority=found.authority.key)
        if found.state != "waiting":
            raise NotWaiting(proposal, found.state)
        found.state, found.settled_by, found.settled_at = "ended" if ends else "kept", by.key, at
        found.save()
        act.note(f"record:{found.record_id}", ends=ends, reason=reason)
        act.changed({"proposal": "waiting"}, {"proposal": found.state})
        if ends:
            end(record=found.record_id, kind="expiry", effective_on=effective_on, reason=reason, by=by, at=at)


def settle_endings(
    *, proposals: Sequence[int], ends: bool, effective_on: date, reason: str, by: Actor, at: datetime
) -> Settled:
    """Decide on many proposed endings as one act: one revision, one entry with their number and digest.

    Those that somebody decided meanwhile stay as decided and are named; asked twice, nothing changes.

    `proposals` are numbers of proposed endings, at most 2,000.

    Raises:
        ValueError: when more are asked for than one act may settle, or no reason is given.
    """
    permit(by, Permission.RECORD_END)
    if len(proposals) > MOST_AT_ONCE:
        raise ValueError(f"{len(proposals)} endings are more than the {MOST_AT_ONCE} that one act settles")
    if not reason.strip():
        raise ValueError("many endings are decided for a reason")
    try:
        with acting("record.endings_settled", by=by, at=at) as act:
            asked = ProposedEnding.objects.filter(pk__in=proposals, state="waiting").order_by("pk")
            found = list(seen(asked, by, Permission.RECORD_END).select_for_update(of=("self",)))
            if not found:
                raise NotWaiting(0, "settled")
            if ends:
                _end_all(found, effective_on, reason, by, at)
            _decide([one.pk for one in found], "ended" if ends else "kept", by, at)
            act.note(
                f"batch:{found[0].batch_id}" if len({one.batch_id for one in found}) == 1 else "endings",
                ends=ends,
                effective_on=effective_on.isoformat(),
                reason=reason,
                records=len(found),
                digest=rows_digest((one.pk, one.record_id) for one in found),
            )
    except NotWaiting:
        return Settled(0, dict.fromkeys(proposals, _DECIDED))
    done = {one.pk for one in found}
    return Settled(len(done), {number: _DECIDED for number in proposals if number not in done})


def _end_all(found: Sequence[ProposedEnding], effective_on: date, reason: str, by: Actor, at: datetime) -> None:
    """Write the expiry of each record that does not have it yet, all under one revision."""
    known = RecordEvent.objects.filter(kind="expiry", effective_on=effective_on)
    ended = set(known.filter(record__in=[one.record_id for one in found]).values_list("record_id", flat=True))
    anew = [one for one in found if one.record_id not in ended]
    if not anew:
        return
    revision = take_revision(at=at, cause=f"endings:{len(anew)}")
    RecordEvent.objects.bulk_create(
        RecordEvent(
            authority_id=one.authority_id,
            record_id=one.record_id,
            kind="expiry",
            effective_on=effective_on,
            revision=revision,
            reason=reason[:500],
            by=by.key,
            at=at,
        )
        for one in anew
    )


def _decide(numbers: Sequence[int], state: str, by: Actor, at: datetime) -> None:
    for start in range(0, len(numbers), _KEYS_AT_ONCE):
        rows = ProposedEnding.objects.filter(pk__in=numbers[start : start + _KEYS_AT_ONCE])
        rows.update(state=state, settled_by=by.key, settled_at=at)
