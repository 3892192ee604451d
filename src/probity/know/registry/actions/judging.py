"""Judging: whether a spelling names an enterprise, and whether two are one."""

from dataclasses import dataclass
from datetime import datetime

from probity.engine.naming.folding import fold
from probity.engine.naming.types import Candidate
from probity.guard.trail.tables import writing
from probity.know.registry.models import ClusterEvent, Enterprise, EnterpriseName, Identity, Match
from probity.know.registry.queries import conflicting_code, head_of, naming_rule
from probity.know.registry.types import CodesConflict, Evidence, Judgement
from probity.terms import Actor, Text, Unknown


class NotOne(ValueError):
    """Two enterprises that may not be merged, or are not merged and cannot be split."""

    def __init__(self, zh: str, en: str) -> None:
        """Say why in both languages."""
        self.text = Text(zh, en)
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Found:
    """What is judged: a spelling as delivered, beside the candidate it was compared with."""

    name: str
    candidate: Candidate
    evidence: Evidence | None = None
    reason: str = ""


def judge(*, found: Found, judgement: Judgement, by: Actor, at: datetime) -> int:
    """Keep a judgement on a spelling, with everything it rests on, and return its number.

    Called inside the transaction of an act, whose trail entry covers it.
    """
    candidate, evidence = found.candidate, found.evidence
    with writing():
        made = Match.objects.create(
            key=fold(found.name)[:300],
            name=found.name[:300],
            enterprise_id=head_of(candidate.entry.enterprise),
            judgement=judgement,
            matched_name=candidate.entry.name[:300],
            score=candidate.likeness.score,
            shares={feature.value: share for feature, share in candidate.likeness.shares.items()},
            contradictions=sorted(candidate.likeness.contradictions),
            second_kind=evidence.kind.value if evidence else "",
            second_text=evidence.text[:300] if evidence else "",
            reason=found.reason[:500],
            rule_digest=naming_rule(at).file.digest,
            by=by.key,
            at=at,
        )
    return int(made.pk)


def take_back(*, match: int, reason: str, by: Actor, at: datetime) -> None:
    """Say that a judgement no longer holds; asked twice, nothing changes.

    Raises:
        LookupError: when there is none of this number.
    """
    found = Match.objects.filter(pk=match).exclude(judgement=Judgement.UNDONE).first()
    if found is None:
        raise Unknown(f"没有第 {match} 号名称认定", f"no judgement {match} on a name")
    if Match.objects.filter(undoes=found).exists():
        return
    with writing():
        Match.objects.create(
            key=found.key,
            name=found.name,
            enterprise_id=found.enterprise_id,
            judgement=Judgement.UNDONE,
            undoes=found,
            matched_name=found.matched_name,
            score=found.score,
            shares=found.shares,
            contradictions=found.contradictions,
            reason=reason[:500],
            rule_digest=found.rule_digest,
            by=by.key,
            at=at,
        )


def register_uncoded(*, name: str, codes: tuple[tuple[str, str], ...], source: str, at: datetime) -> int:
    """Register an enterprise that is known by its name and perhaps older codes, and return its number.

    It is neither graded nor listed until a registration or a credit code joins it to one that is.
    """
    with writing():
        made = Enterprise.objects.create(code=None, name=name[:300], is_provisional=True, known_at=at)
        EnterpriseName.objects.create(enterprise=made, name=name[:300], source=source, known_at=at)
        for kind, code in codes:
            Identity.objects.create(enterprise=made, kind=kind, code=code, source=source, evidence="", known_at=at)
    return int(made.pk)


def join(*, joined: int, head: int, reason: str, revision: int, by: Actor, at: datetime) -> int:
    """Say that two enterprises are one from now on, and return the event's number.

    Raises:
        CodesConflict: when both have a code of one kind and the codes differ: then they are two.
        NotOne: when they are the same already, or the one to be joined has the credit code.
    """
    if head_of(joined) == head_of(head):
        raise NotOne("两者已是同一主体", "the two are one already")
    codes: dict[str, str] = dict(Identity.objects.filter(enterprise=joined).values_list("kind", "code"))
    own = Enterprise.objects.filter(pk=joined).values_list("code", flat=True).first()
    conflict = conflicting_code(head, codes | ({"credit_code": own} if own else {}))
    if conflict:
        raise CodesConflict(*conflict)
    if own:
        raise NotOne("有统一社会信用代码的一方应为保留方", "the one with the credit code is the one that stays")
    with writing():
        made = ClusterEvent.objects.create(
            kind="merge",
            joined_id=joined,
            head_id=head_of(head),
            reason=reason[:500],
            revision=revision,
            by=by.key,
            at=at,
        )
    return int(made.pk)


def part(*, joined: int, reason: str, revision: int, by: Actor, at: datetime) -> int:
    """Say that a merged enterprise is one of its own after all, and return the number of the merge undone.

    Raises:
        NotOne: when it is not merged.
    """
    found = ClusterEvent.objects.filter(kind="merge", joined=joined, undone_by=None).first()
    if found is None:
        raise NotOne("该主体未被合并", "this enterprise is not merged")
    with writing():
        ClusterEvent.objects.create(
            kind="split",
            joined_id=joined,
            head_id=found.head_id,
            undoes=found,
            reason=reason[:500],
            revision=revision,
            by=by.key,
            at=at,
        )
    return int(found.pk)
