"""Lookups: on which lists enterprises stand, and the one answer to a matter."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Path, Router, Schema
from pydantic import BeforeValidator, Field, WithJsonSchema

from probity.act.lists import queries as lists
from probity.act.measures import queries as measures
from probity.show.api.problems import Refused
from probity.show.api.shapes import (
    EARLIEST,
    LATEST,
    MOMENT,
    AsOf,
    Both,
    Code,
    KnownAt,
    Purpose,
    Reference,
    answers,
    read_moment,
)
from probity.show.parts.asked import Asked
from probity.show.parts.purposes import keep_reading
from probity.terms import CreditCode, NotACode, Text

router = Router(tags=["lists"])
matters = Router(tags=["matters"])

Scenario = Annotated[
    str, Path(max_length=64, pattern="^[a-z0-9-]+$", description="Such as licensing or procurement · 应用场景")
]


class TermStated(Schema):
    """Where the end of an entry comes from: stated, or counted from a day by an article."""

    starts: str
    day: date | None
    months: int | None
    article: str


class EntryAnswer(Schema):
    """One standing entry: list, ground, decision, dates, and how it may be used."""

    list: str
    title: Both
    kind: str
    ground: str
    document: str
    authority: str
    basis: Reference
    entered_on: date
    ends_on: date | None
    derivation: TermStated
    status: str
    missing: tuple[str, ...]
    source: str
    known_at: datetime


class CoverageAnswer(Schema):
    """How fresh one list is here; a list not carried is not spoken of."""

    list: str
    title: Both
    heard_at: datetime | None
    carried: bool
    stale: bool


class LookupAnswer(Schema):
    """What is known of one code; `clean` is said only where every list carried is fresh."""

    code: str
    as_of: date
    revision: int
    conclusion: str
    entries: tuple[EntryAnswer, ...]
    coverage: list[CoverageAnswer]


class LookupsAnswer(Schema):
    """What is known of several codes, in the order asked."""

    answers: list[LookupAnswer]


class Asking(Schema):
    """Several codes in one question, for one purpose."""

    codes: Annotated[list[Annotated[str, Field(min_length=18, max_length=18)]], Field(min_length=1, max_length=1000)]
    purpose: Annotated[str, Field(min_length=4, max_length=200)]
    as_of: Annotated[date | None, Field(ge=EARLIEST, le=LATEST)] = None
    known_at: Annotated[datetime | None, BeforeValidator(read_moment), WithJsonSchema(MOMENT)] = None


class MeasureAnswer(Schema):
    """One measure with its basis and the entry it follows from."""

    measure: str
    title: Both
    content: Both
    kind: str
    bite: str
    basis: Reference
    entry: EntryAnswer | None
    ends_on: date | None = None
    why: Both | None = None


class MatterAnswered(Schema):
    """The one answer to a matter: proceed, proceed with commitment, or hold."""

    code: str
    as_of: date
    revision: int
    verdict: str
    said: Both
    applied: list[MeasureAnswer]
    not_applied: list[MeasureAnswer]
    conclusion: str
    coverage: list[CoverageAnswer]


@router.get("/{code}", response=answers(LookupAnswer), summary="Lists on which an enterprise stands · 名单查询")
def one(request: Asked, code: Code, purpose: Purpose, as_of: AsOf = None, known_at: KnownAt = None) -> dict[str, Any]:
    """Return the entries of one code; where a list is missing or stale, an error instead of a clean answer."""
    (found,) = lists.lookup(
        [_checked(code)], as_of=as_of or request.today, known_at=known_at, by=request.actor, at=request.at
    )
    keep_reading(request, found.code, purpose, what="api.lookup")
    if found.conclusion == "unknown":
        raise _not_covered(found)
    return lists.answer_json(found)


@router.post("", response=answers(LookupsAnswer), summary="Up to 1,000 codes in one question · 批量名单查询")
def many(request: Asked, asked: Asking) -> dict[str, Any]:
    """Return what is known of each code; `unknown` is said where a list is missing or stale, never `clean`."""
    codes = [_checked(code) for code in asked.codes]
    found = lists.lookup(
        codes, as_of=asked.as_of or request.today, known_at=asked.known_at, by=request.actor, at=request.at
    )
    for code in dict.fromkeys(codes):
        keep_reading(request, code, asked.purpose, what="api.lookup")
    return {"answers": [lists.answer_json(answer) for answer in found]}


@matters.get("/{scenario}/{code}", response=answers(MatterAnswered), summary="The one answer to a matter · 办理意见")
def matter(
    request: Asked, scenario: Scenario, code: Code, purpose: Purpose, as_of: AsOf = None, known_at: KnownAt = None
) -> dict[str, Any]:
    """Return proceed, proceed with commitment or hold, with the basis, and why the rest does not apply."""
    told, found = measures.matter(
        _checked(code), scenario=scenario, as_of=as_of or request.today, known_at=known_at,
        by=request.actor, at=request.at,
    )  # fmt: skip
    keep_reading(request, found.code, purpose, what="api.matter")
    if not measures.stands(told.verdict, found.coverage):
        raise _not_covered(found)
    return measures.matter_json(told, found)


def _checked(code: str) -> str:
    try:
        return CreditCode(code.upper())
    except NotACode as wrong:
        raise Refused(422, "not_a_code", wrong.text) from None


def _not_covered(found: "lists.ListAnswer") -> Refused:
    stale = [one.title for one in found.coverage if one.is_stale]
    if not stale:
        return Refused(409, "not_covered", Text("此处尚未载入任何名单", "no list has come here yet"))
    return Refused(
        409,
        "not_covered",
        Text(
            f"名单缺失或过期，不能答复“未列入”：{'、'.join(one.zh for one in stale)}",
            f"a list is missing or stale, so nobody is called clean: {', '.join(one.en for one in stale)}",
        ),
    )
