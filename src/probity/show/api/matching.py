"""Matching: whom names may mean, one or many at a time, with every reason."""

from datetime import date
from typing import Annotated

from ninja import Router, Schema
from pydantic import Field

from probity.engine.naming.types import NameQuestion
from probity.know.registry import queries as registry
from probity.show.api.shapes import Both, answers
from probity.show.parts.asked import Asked

router = Router(tags=["match"])

MOST = 500
"""Questions in one request; more go into several, or through `probity screen`."""

Name = Annotated[str, Field(min_length=1, max_length=300, description="A name as written somewhere · 名称")]


class Sought(Schema):
    """What is known of one enterprise: one or more spellings, and a credit code if there is one."""

    names: Annotated[list[Name], Field(min_length=1, max_length=5)]
    code: Annotated[str, Field(max_length=18)] = ""


class SoughtMany(Schema):
    """Questions to be answered in their order."""

    questions: Annotated[list[Sought], Field(min_length=1, max_length=MOST)]


class MatchFeature(Schema):
    """One share the score is made of, with the weight the rule gives it."""

    key: str
    title: Both
    share: float
    weight: float


class MatchContradiction(Schema):
    """Why a match may not be accepted silently."""

    key: str
    title: Both


class MatchCandidate(Schema):
    """An enterprise a name may mean, by its best-fitting name."""

    code: str
    name: str
    standing: str
    verdict: str
    score: float
    features: list[MatchFeature]
    contradictions: list[MatchContradiction]


class MatchRule(Schema):
    """The edition of the rule that weighed."""

    key: str
    starts_on: date
    digest: str


class Matched(Schema):
    """The candidates of one question, best first, and what may follow."""

    name: str
    verdict: str
    meaning: Both
    rule: MatchRule
    candidates: list[MatchCandidate]


class MatchedMany(Schema):
    """One answer for each question."""

    answers: list[Matched]


@router.post("", response=answers(Matched), summary="Whom a name may mean · 名称匹配")
def one(request: Asked, sought: Sought) -> dict[str, object]:
    """Return candidates with score, features and verdict; more names never find fewer."""
    return _answer(request, sought)


@router.post("/batch", response=answers(MatchedMany), summary="Many names at once · 批量名称匹配")
def batch(request: Asked, sought: SoughtMany) -> dict[str, object]:
    """Return the answers in the order of the questions."""
    return {"answers": [_answer(request, each) for each in sought.questions]}


def _answer(request: Asked, sought: Sought) -> dict[str, object]:
    codes = {"credit_code": sought.code.strip().upper()} if sought.code.strip() else {}
    answer = registry.find(NameQuestion(tuple(sought.names), codes), by=request.actor, at=request.at)
    return registry.answer_json(sought.names[0], answer, at=request.at)
