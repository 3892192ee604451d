"""Rulebook: the rules by which enterprises are judged, as dated data."""

from datetime import date
from typing import Annotated, Any

from ninja import Path, Query, Router, Schema

from probity.guard.authorities.queries import permit
from probity.guard.authorities.types import NotPermitted, Permission
from probity.guard.procedures.queries import lawbook, rule_texts
from probity.rulebook.index_systems import Publication
from probity.rulebook.reading import Node
from probity.rulebook.types import RuleFile
from probity.show.api.shapes import AsOf, Paged, PageNumber, answers, cut, paged
from probity.show.parts.asked import Asked
from probity.terms import Actor, Unknown

router = Router(tags=["rules"])

PAGE_SIZE = 100

Kind = Annotated[str, Path(max_length=40, pattern="^[a-z_]+$", description="Such as index_systems · 规则种类")]
Key = Annotated[str, Path(max_length=100, pattern="^[a-z0-9.-]+$", description="Key of the rule · 规则代号")]
OfKind = Annotated[str, Query(max_length=40, description="Of one kind only · 只列一种")]


class Rule(Schema):
    """Where a rule stands, the first day it holds, and the digest of its meaning."""

    kind: str
    key: str
    starts_on: date
    digest: str


class RuleAnswer(Rule):
    """One rule: what it means, and the texts beside it in both languages."""

    editions: list[date]
    meaning: dict[str, Any]
    texts: dict[str, Any]


@router.get("", response=answers(Paged[Rule]), summary="The rules of a day · 某日有效的规则")
def rules(request: Asked, kind: OfKind = "", on: AsOf = None, page: PageNumber = 1) -> Paged[Rule]:
    """Return the rules in force on a day that the key may read, in the order of kind and key."""
    day = on or request.today
    newest: dict[tuple[str, str], RuleFile] = {}
    for file in lawbook().files():
        known = newest.get((file.kind, file.key))
        if file.starts_on <= day and (known is None or known.starts_on < file.starts_on):
            newest[file.kind, file.key] = file
    found = [file for _, file in sorted(newest.items()) if not kind or file.kind == kind]
    return paged(cut([file for file in found if _may_read(file, day, request.actor)], page, PAGE_SIZE), _rule)


@router.get("/{kind}/{key}", response=answers(RuleAnswer), summary="One rule · 一条规则")
def rule(request: Asked, kind: Kind, key: Key, on: AsOf = None) -> RuleAnswer:
    """Return a rule as it stands on a day."""
    day = on or request.today
    try:
        file = lawbook().file(kind, key, day)
    except KeyError:
        file = None
    if file is None or not _may_read(file, day, request.actor):
        raise Unknown(f"{day} 没有规则 {kind}/{key}", f"no rule {kind}/{key} on {day}")
    meaning, texts = rule_texts(file.path)
    return RuleAnswer(
        starts_on=file.starts_on,
        kind=kind,
        key=key,
        digest=file.digest,
        editions=sorted(one.starts_on for one in lawbook().files() if (one.kind, one.key) == (kind, key)),
        meaning=_plain(file.path, meaning),
        texts=_plain(file.path, texts),
    )


def _may_read(file: RuleFile, on: date, by: Actor) -> bool:
    """Whether a rule is anybody's to read; an index system that is not public is for those who may."""
    if file.kind != "index_systems":
        return True
    system = lawbook().index_systems(on).get(file.key)
    if system is not None and system.publication is Publication.PUBLIC:
        return True
    try:
        permit(by, Permission.RULE_READ)
    except NotPermitted:
        return False
    return True


def _rule(file: RuleFile) -> Rule:
    return Rule(starts_on=file.starts_on, kind=file.kind, key=file.key, digest=file.digest)


def _plain(path: str, text: str) -> dict[str, Any]:
    found = Node.read(path, text).plain() if text.strip() and path.endswith(".yaml") else {}
    return found if isinstance(found, dict) else {}
