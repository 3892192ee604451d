"""Shapes: what all subjects state alike: texts, problems, pages, clocks."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

from ninja import Path, Query, Schema
from pydantic import BeforeValidator, Field, WithJsonSchema

from probity.know.registry.types import Page
from probity.terms import SHANGHAI, LegalReference, Text, end_of_day

Line = TypeVar("Line")
Kept = TypeVar("Kept")

EARLIEST, LATEST = date(1949, 10, 1), date(2199, 12, 31)
"""Days that a question may be about; beyond them the calendar has nothing to say."""


class Both(Schema):
    """A text in both languages."""

    zh: str
    en: str


class Misread(Schema):
    """One part of a request that was not understood."""

    where: str
    zh: str
    en: str


class Problem(Schema):
    """Why a request was refused: a code for programs, a sentence for people, a number to quote."""

    code: str
    zh: str
    en: str
    number: str
    fields: list[Misread] = []


class Reference(Schema):
    """The instrument and the article something rests on."""

    instrument: str
    article: str


class Paged(Schema, Generic[Line]):
    """One page of a list, with the count of the whole."""

    lines: list[Line]
    page: int
    pages: int
    total: int


REFUSALS = frozenset({400, 401, 403, 404, 405, 409, 410, 413, 429, 500})
"""What every address may answer besides 200 and 422, all as `Problem`."""


def answers(shape: Any) -> dict[Any, Any]:
    """Return the responses of an address that answers with `shape`, or with a problem."""
    return {200: shape, REFUSALS: Problem, 422: Problem}


def both(text: Text) -> Both:
    """Return a text as it is answered."""
    return Both(zh=text.zh, en=text.en)


def reference(of: LegalReference) -> Reference:
    """Return where something stands written, as it is answered."""
    return Reference(instrument=of.instrument, article=of.article)


def paged(page: Page[Kept], shape: Callable[[Kept], Line]) -> Paged[Line]:
    """Return a page of a query as it is answered."""
    return Paged(lines=[shape(line) for line in page.lines], page=page.number, pages=page.last, total=page.total)


def cut(lines: Sequence[Kept], number: int, size: int) -> Page[Kept]:
    """Return one page of a list that was read whole."""
    return Page(lines[(number - 1) * size : number * size], number, size, len(lines))


def read_moment(stated: object) -> datetime | None:
    """Read a moment: a bare day is its end in Shanghai, a moment without zone is Shanghai's.

    Raises:
        ValueError: when it is neither, or outside the days that may be asked about.
    """
    if stated is None or isinstance(stated, datetime):
        return stated
    text = str(stated).replace(" ", "+")  # a plus sign in an address arrives as a blank
    day = date.fromisoformat(text[:10])
    if not EARLIEST <= day <= LATEST:
        raise ValueError("outside the days that may be asked about")
    if len(text) == 10:
        return end_of_day(day)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


MOMENT = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}

Code = Annotated[
    str,
    Path(
        pattern="^[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{18}$",
        description="Unified social credit code · 统一社会信用代码",
    ),
]
PageNumber = Annotated[int, Query(ge=1, le=100_000, description="Which page · 第几页")]
AsOf = Annotated[
    date | None,
    Field(ge=EARLIEST, le=LATEST),
    Query(None, description="The day in question, today if left out · 基准日，缺省为今天"),
]
KnownAt = Annotated[
    datetime | None,
    BeforeValidator(read_moment),
    WithJsonSchema(MOMENT),
    Query(None, description="Whose knowledge counts: a day (its end in Shanghai) or a moment · 知悉时点"),
]
Purpose = Annotated[
    str,
    Query(
        min_length=4,
        max_length=200,
        description="What the dossier is read for, such as `case:2026-118`; the kinds stand in rulebook/readings · 查阅用途",
    ),
]
