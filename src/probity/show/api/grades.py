"""Grades: the shape of an explained evaluation, as terminal and page tell it too."""

from ninja import Field, Schema

from probity.show.api.shapes import Both, Reference


class JudgedBy(Schema):
    """The index system, in the edition that judged."""

    key: str
    title: Both
    family: str
    status: str
    starts_on: str = Field(alias="from")
    digest: str


class FiredRule(Schema):
    """A grade rule that applied, and the records that made it."""

    effect: str
    key: str
    grade: str
    reference: Reference
    records: list[int]


class GradeLine(Schema):
    """One contribution, in hundredths of a point, with its record, its article and the running sum."""

    kind: str
    dimension: str | None
    indicator: str | None
    label: Both
    reference: Reference
    article: Both | None
    record: int | None
    record_type: str | None
    source: str | None
    day: str | None
    points: int
    running: int


class Grade(Schema):
    """Score and grade of one enterprise, with every contribution; they add up to the score exactly."""

    code: str
    name: str
    system: JudgedBy
    legal_effect: bool
    as_of: str
    known_at: str | None
    revision: int
    rulebook: str
    score: int | None
    grade: str
    dimensions: dict[str, int]
    points: dict[str, int]
    fired: list[FiredRule]
    contributions: list[GradeLine]
