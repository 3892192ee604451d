"""Confirming: a person says whose the records under an open name are, or are not."""

from datetime import datetime

from probity.engine.naming.types import Candidate
from probity.guard.authorities.queries import permit
from probity.guard.authorities.types import Permission
from probity.guard.procedures.actions import take_revision
from probity.guard.trail.actions import acting
from probity.guard.trail.tables import fill
from probity.know.records.actions.matching import BY_NAME, UNMATCHED, attribute, codes_of, verdicts
from probity.know.records.models import Attribution, OpenName, OpenRow
from probity.know.records.rules import may_carry
from probity.know.records.types import Confirmed
from probity.know.registry import queries as registry
from probity.know.registry.actions import Found, judge, take_back
from probity.know.registry.types import CodesConflict, Evidence, Judgement
from probity.rulebook.naming import SecondIdentifier
from probity.rulebook.types import Bearing
from probity.terms import Actor, Text, Unknown

CONFIRMED = "second_identifier"
"""How a record found its owner where a person confirmed the name by a second identifier."""

_LEAST_EVIDENCE = 4
"""Characters below which an address or a document number says nothing."""


class EvidenceRefused(ValueError):
    """A second identifier that does not confirm anything."""

    def __init__(self, zh: str, en: str) -> None:
        """Say why in both languages."""
        self.text = Text(zh, en)
        super().__init__(en)


class NameSettled(ValueError):
    """An open name that somebody settled already."""

    def __init__(self, name: str) -> None:
        """Say which."""
        self.text = Text(f"「{name}」已认定", f"“{name}” was settled already")
        super().__init__(self.text.en)


def say_same(
    *, name: int, enterprise: int, reason: str, by: Actor, at: datetime, evidence: Evidence | None = None
) -> Confirmed:
    """Say that an open name is an enterprise's, and attribute its records.

    Without a second identifier only neutral and favourable records follow; adverse ones wait on.

    Raises:
        LookupError: when there is no such name or enterprise.
        CodesConflict: when a record states a code that is not the enterprise's.
        EvidenceRefused: when the identifier is not the enterprise's, or says nothing.
        NameSettled: when nothing waits under the name.
        NotPermitted: when the actor may not settle names of that body.
    """
    permit(by, Permission.MATCH_SETTLE)
    open_name = _named(name)
    permit(by, Permission.MATCH_SETTLE, authority=open_name.authority.key)
    head = registry.head_of(enterprise)
    with acting("name.same", by=by, at=at) as act:
        candidate = registry.against(open_name.name, head, at=at)
        if evidence:
            _confirm(head, evidence, at)
        rows = list(
            OpenRow.objects.select_for_update().filter(name=open_name, state="waiting").select_related("record")
        )
        if not rows:
            raise NameSettled(open_name.name)
        for row in rows:
            conflict = registry.conflicting_code(head, codes_of(row.record))
            if conflict:
                raise CodesConflict(*conflict)
        carried = [row for row in rows if _may_follow(row, evidence)]
        found = Found(open_name.name, candidate, evidence, reason)
        match = judge(found=found, judgement=Judgement.SAME, by=by, at=at)
        if len(carried) == len(rows):
            OpenName.objects.filter(pk=name).update(state="settled")
        act.note(
            f"name:{name}", enterprise=head, match=match, attributed=len(carried), withheld=len(rows) - len(carried)
        )
        if carried:
            revision = take_revision(at=at, cause=f"match:{match}")
            attribute(
                [(row, head, match) for row in carried], how=CONFIRMED if evidence else BY_NAME, revision=revision
            )
    return Confirmed(match, len(carried), len(rows) - len(carried))


def say_not_same(*, name: int, enterprise: int, reason: str, by: Actor, at: datetime) -> int:
    """Say that an open name is not an enterprise's; it is never offered again for that spelling.

    Returns:
        The number of the judgement.

    Raises:
        LookupError: when there is no such name or enterprise.
        NotPermitted: when the actor may not settle names of that body.
    """
    permit(by, Permission.MATCH_SETTLE)
    open_name = _named(name)
    permit(by, Permission.MATCH_SETTLE, authority=open_name.authority.key)
    with acting("name.not_same", by=by, at=at) as act:
        candidate: Candidate = registry.against(open_name.name, enterprise, at=at)
        found = Found(open_name.name, candidate, None, reason)
        match = judge(found=found, judgement=Judgement.NOT_SAME, by=by, at=at)
        verdicts([name], at)
        act.note(f"name:{name}", enterprise=enterprise, match=match)
    return match


def skip(*, name: int, by: Actor, at: datetime) -> None:
    """Put an open name behind the others."""
    permit(by, Permission.MATCH_SETTLE)
    open_name = _named(name)
    permit(by, Permission.MATCH_SETTLE, authority=open_name.authority.key)
    with acting("name.skipped", by=by, at=at) as act:
        OpenName.objects.filter(pk=name).update(skipped_at=at)
        act.note(f"name:{name}")


def undo(*, match: int, reason: str, by: Actor, at: datetime) -> int:
    """Take a judgement back: what it attributed is nobody's again and waits. Asked twice, nothing changes.

    Returns:
        How many records wait again.

    Raises:
        LookupError: when there is none of this number.
        NotPermitted: when the actor may not settle names of a body whose records it moved.
    """
    permit(by, Permission.MATCH_SETTLE)
    rows = list(OpenRow.objects.filter(match=match, state="settled").select_related("name__authority"))
    for authority in {row.name.authority.key for row in rows}:
        permit(by, Permission.MATCH_SETTLE, authority=authority)
    with acting("name.undone", by=by, at=at) as act:
        take_back(match=match, reason=reason, by=by, at=at)
        act.note(f"match:{match}", records=len(rows), reason=reason)
        names = {row.name_id for row in rows}
        for row in rows:
            row.state, row.match_id = "waiting", None
        OpenRow.objects.bulk_update(rows, ["state", "match"], batch_size=250)
        OpenName.objects.filter(pk__in=names).update(state="waiting")
        verdicts(sorted(names), at)
        if rows:
            revision = take_revision(at=at, cause=f"match:{match}")
            owned = [(row.record_id, None, UNMATCHED, None, revision) for row in rows]
            fill(Attribution, ("record_id", "enterprise_id", "how", "reasons", "revision"), owned)
    return len(rows)


def _named(name: int) -> OpenName:
    found: OpenName | None = OpenName.objects.select_related("authority").filter(pk=name).first()
    if found is None:
        raise Unknown(f"没有第 {name} 号待认名称", f"no open name {name}")
    return found


def _may_follow(row: OpenRow, evidence: Evidence | None) -> bool:
    bearing = Bearing.ADVERSE if row.is_adverse else Bearing.NEUTRAL
    return may_carry(bearing, has_second_identifier=evidence is not None)


def _confirm(enterprise: int, evidence: Evidence, at: datetime) -> None:
    """Refuse an identifier that is not the enterprise's, or that says nothing."""
    text = evidence.text.strip()
    if evidence.kind not in registry.naming_rule(at).confirms:
        raise EvidenceRefused("该类标识不能用于确认", "this kind of identifier confirms nothing")
    if len(text) < _LEAST_EVIDENCE:
        raise EvidenceRefused("请填写第二标识的内容", "say what the second identifier reads")
    if evidence.kind is SecondIdentifier.REGISTRATION_NUMBER and text.upper() not in registry.codes_of(enterprise):
        raise EvidenceRefused(f"{text} 不是该企业的代码", f"{text} is no code of this enterprise")
