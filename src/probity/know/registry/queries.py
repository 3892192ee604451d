"""Registry: finding enterprises by code and name, and what they are called."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q

from probity.engine.naming.types import Candidate, IndexedName, NameAnswer, NameQuestion, NameStanding
from probity.guard.authorities.queries import permit
from probity.guard.authorities.types import Permission
from probity.know.registry import telling
from probity.know.registry.models import ClusterEvent, Enterprise, EnterpriseName, Identity, Match
from probity.know.registry.name_files import finder
from probity.know.registry.rules import folded_query, spellings
from probity.know.registry.types import EnterpriseLine, IdentitySpan, Judgement, NameSpan, Page, StandingJudgement
from probity.rulebook.naming import Contradiction, NamingRule
from probity.terms import Actor, Text, Unknown

PAGE_SIZE = 30


def by_codes(codes: Collection[str]) -> dict[str, int]:
    """Return code → enterprise number for the credit codes among `codes` that are registered."""
    found: dict[str, int] = {}
    wanted = list(codes)
    for start in range(0, len(wanted), 500):
        rows = Enterprise.objects.filter(code__in=wanted[start : start + 500]).values_list("code", "pk")
        found.update(rows)
    return found


def by_identities(kind: str, codes: Collection[str]) -> dict[str, set[int]]:
    """Return code → enterprises that go by it, for one kind of older code; two or more is a homonym."""
    found: dict[str, set[int]] = {}
    wanted = list(codes)
    for start in range(0, len(wanted), 500):
        rows = Identity.objects.filter(kind=kind, code__in=wanted[start : start + 500])
        for code, enterprise in rows.values_list("code", "enterprise_id"):
            found.setdefault(code, set()).add(enterprise)
    return found


def enterprise(code: str) -> EnterpriseLine:
    """Return the enterprise that goes by a credit code.

    Raises:
        LookupError: when none does.
    """
    found = Enterprise.objects.filter(code=code).first()
    if found is None:
        raise Unknown(f"没有代码为 {code} 的企业", f"no enterprise goes by {code}")
    return _line(found)


def enterprises(numbers: Iterable[int]) -> dict[int, EnterpriseLine]:
    """Return the enterprises with these numbers."""
    return {found.pk: _line(found) for found in Enterprise.objects.filter(pk__in=list(numbers))}


ENTERPRISE_ORDERS = {"code": "code", "name": "name"}
"""What the list of enterprises may be ordered by → the column."""


def search(
    text: str, *, by: Actor, state: str = "", order: str = "", page: int = 1, size: int = PAGE_SIZE
) -> Page[EnterpriseLine]:
    """Return enterprises by exact code or part of a name; sole traders by exact code only.

    `state` is registered, provisional, or empty for both; `order` a key of `ENTERPRISE_ORDERS`.

    Raises:
        NotPermitted: when the actor may not read enterprises.
    """
    permit(by, Permission.ENTERPRISE_READ)
    return _search(text, page=page, size=size, order=order, state=state)


def public_search(text: str, *, page: int = 1) -> Page[EnterpriseLine]:
    """Return what anybody may find: the same enterprises, and at least two characters of a name."""
    return _search(text, page=page) if len(text.strip()) > 1 else Page((), 1, PAGE_SIZE, 0)


def _search(text: str, *, page: int, size: int = PAGE_SIZE, order: str = "", state: str = "") -> Page[EnterpriseLine]:
    query = folded_query(text)
    if len(query) == 18 and Enterprise.objects.filter(code=query).exists():
        return Page((enterprise(query),), 1, PAGE_SIZE, 1)
    rows = Enterprise.objects.exclude(code__isnull=True).exclude(code__startswith="92")
    if query:
        written = Q()
        for spelling in spellings(query):
            written |= Q(name__icontains=spelling)
        rows = rows.filter(pk__in=EnterpriseName.objects.filter(written).values("enterprise_id"))
    if state:
        rows = rows.filter(is_provisional=state == "provisional")
    total = rows.count()
    sign, key = ("-", order[1:]) if order.startswith("-") else ("", order)
    asked = (f"{sign}{ENTERPRISE_ORDERS[key]}",) if key in ENTERPRISE_ORDERS else ()
    start = (max(page, 1) - 1) * size
    lines = tuple(_line(row) for row in rows.order_by(*asked, "code")[start : start + size])
    return Page(lines, max(page, 1), size, total)


def names(number: int, *, known_at: datetime | None = None) -> tuple[NameSpan, ...]:
    """Return every name of an enterprise heard by a moment (None: now), oldest knowledge first."""
    rows = EnterpriseName.objects.filter(enterprise=number).order_by("known_at", "id")
    if known_at is not None:
        rows = rows.filter(known_at__lte=known_at)
    return tuple(
        NameSpan(*row) for row in rows.values_list("name", "valid_from", "is_registered", "source", "known_at")
    )


def identities(number: int, *, known_at: datetime | None = None) -> tuple[IdentitySpan, ...]:
    """Return every code of an enterprise heard by a moment (None: now), oldest knowledge first."""
    rows = Identity.objects.filter(enterprise=number).order_by("known_at", "id")
    if known_at is not None:
        rows = rows.filter(known_at__lte=known_at)
    return tuple(IdentitySpan(*row) for row in rows.values_list("kind", "code", "valid_from", "valid_until", "source"))


def find(question: NameQuestion, *, by: Actor, at: datetime) -> NameAnswer:
    """Return the enterprises that names and codes may mean, with score, reasons and verdict.

    Raises:
        NotPermitted: when the actor may not read enterprises.
    """
    permit(by, Permission.ENTERPRISE_READ)
    return found(question, at=at)


def found(question: NameQuestion, *, at: datetime, ruled_out: Collection[int] = ()) -> NameAnswer:
    """Return the same for a room that has asked whether it may; `ruled_out` were judged to be others."""
    asked = finder(at)
    answer = asked.find(question, heads(), frozenset(ruled_out))
    if answer.accepted is None:
        return answer
    first = answer.accepted
    present = Enterprise.objects.filter(pk=head_of(first.entry.enterprise)).values_list("name", flat=True).first()
    if present is not None and asked.parser.parse(present).key == asked.parser.parse(first.entry.name).key:
        return answer
    # Renamed since the index was built, or gone: the name that fits is no longer the present one.
    doubted = asked.doubted(first, Contradiction.FORMER_NAME)
    return NameAnswer((doubted, *answer.candidates[1:]), doubted.verdict)


def against(name: str, enterprise: int, *, at: datetime) -> Candidate:
    """Return how a spelling compares with an enterprise's present name, whatever the search found.

    Raises:
        LookupError: when there is no such enterprise.
    """
    held = Enterprise.objects.filter(pk=head_of(enterprise)).first()
    if held is None:
        raise Unknown(f"没有第 {enterprise} 号企业", f"no enterprise {enterprise}")
    return finder(at).against(name, IndexedName(held.pk, held.name, NameStanding.CURRENT, held.code or ""))


def answer_json(name: str, answer: NameAnswer, *, at: datetime) -> dict[str, object]:
    """Return everything an answer rests on, for programs: verdict, rule, candidates with their shares."""
    return telling.answer_json(name, answer, naming_rule(at))


def verdict_words(verdict: str) -> Text:
    """Return what a verdict means, in both languages."""
    return telling.VERDICT_WORDS[verdict]


def newest_name() -> int:
    """Return the number of the newest name heard, by which a question knows that it is out of date."""
    return int(EnterpriseName.objects.aggregate(newest=Max("pk"))["newest"] or 0)


def naming_rule(at: datetime) -> NamingRule:
    """Return the rule by which names are matched at a moment."""
    return finder(at).rule


def judgements(keys: Collection[str]) -> dict[str, list[StandingJudgement]]:
    """Return folded spelling → the judgements on it that nobody undid, oldest first."""
    standing: dict[str, list[StandingJudgement]] = {}
    wanted = list(keys)
    for start in range(0, len(wanted), 500):
        rows = Match.objects.filter(key__in=wanted[start : start + 500]).exclude(judgement=Judgement.UNDONE)
        for key, *told in (
            rows.filter(undone_by=None)
            .order_by("pk")
            .values_list("key", "pk", "enterprise_id", "judgement", "by", "at")
        ):
            number, owner, judgement, by, at = told
            standing.setdefault(key, []).append(StandingJudgement(number, owner, Judgement(judgement), by, at))
    return standing


def taken_back(key: str) -> frozenset[int]:
    """Return the enterprises a folded spelling was once said to name, until somebody undid it."""
    rows = Match.objects.filter(key=key, judgement=Judgement.SAME).exclude(undone_by=None)
    return frozenset(rows.values_list("enterprise_id", flat=True))


def matches(*, by: Actor, key: str = "", page: int = 1) -> Page[dict[str, Any]]:
    """Return judgements on spellings, newest first, of one spelling or all, with whether they were undone."""
    permit(by, Permission.ENTERPRISE_READ)
    rows = Match.objects.exclude(judgement=Judgement.UNDONE).annotate(is_undone=Exists(_undone()))
    rows = rows.filter(key=key) if key else rows
    start = (max(page, 1) - 1) * PAGE_SIZE
    columns = ("pk", "name", "judgement", "matched_name", "score", "reason", "by", "at", "second_kind", "second_text")
    lines = rows.order_by("-pk")[start : start + PAGE_SIZE].values(
        *columns, "is_undone", code=F("enterprise__code"), registered=F("enterprise__name")
    )
    return Page(tuple(lines), max(page, 1), PAGE_SIZE, rows.count())


def _undone() -> Any:
    return Match.objects.filter(undoes=OuterRef("pk"))


def heads() -> dict[int, int]:
    """Return enterprise → the one it was merged into, of those that still are."""
    rows = ClusterEvent.objects.filter(kind="merge", undone_by=None).order_by("pk")
    joined = dict(rows.values_list("joined_id", "head_id"))
    return {one: _last(one, joined) for one in joined}


def head_of(number: int) -> int:
    """Return the enterprise that stands for this one: itself, unless it was merged."""
    return heads().get(number, number)


def _last(one: int, joined: Mapping[int, int]) -> int:
    while one in joined:
        one = joined[one]
    return one


def conflicting_code(enterprise: int, codes: Mapping[str, str]) -> tuple[str, str, str] | None:
    """Return (kind, stated code, known code) where a stated code is none of the enterprise's of its kind."""
    known: dict[str, set[str]] = {}
    for kind, code in Identity.objects.filter(enterprise=enterprise).values_list("kind", "code"):
        known.setdefault(kind, set()).add(code)
    own = Enterprise.objects.filter(pk=enterprise).values_list("code", flat=True).first()
    if own:
        known.setdefault("credit_code", set()).add(own)
    for kind, code in codes.items():
        if kind in known and code not in known[kind]:
            return kind, code, min(known[kind])
    return None


def codes_of(enterprise: int) -> frozenset[str]:
    """Return every code an enterprise goes by, of any kind."""
    known = set(Identity.objects.filter(enterprise=enterprise).values_list("code", flat=True))
    own = Enterprise.objects.filter(pk=enterprise).values_list("code", flat=True).first()
    return frozenset(known | ({own} if own else set()))


def homonyms(*, by: Actor, page: int = 1) -> Page[dict[str, Any]]:
    """Return present names that two or more enterprises bear, with how many do; sole traders left out."""
    permit(by, Permission.ENTERPRISE_READ)
    rows = Enterprise.objects.exclude(code__startswith="92").exclude(name="").exclude(pk__in=list(heads()))
    several = rows.values("name").annotate(bearers=Count("pk")).filter(bearers__gt=1).order_by("-bearers", "name")
    start = (max(page, 1) - 1) * PAGE_SIZE
    lines = []
    for line in several[start : start + PAGE_SIZE]:
        bearing = rows.filter(name=line["name"]).order_by("code")
        lines.append({"name": line["name"], "enterprises": [_line(each) for each in bearing]})
    return Page(tuple(lines), max(page, 1), PAGE_SIZE, several.count())


def ungraded() -> list[int]:
    """Return the enterprises that are not graded: sole traders, whose names may be persons', and the uncoded."""
    # Between two codes, not by prefix: only so does an index answer on every database.
    sole_or_uncoded = Q(code__gte="92", code__lt="93") | Q(code=None)
    return list(Enterprise.objects.filter(sole_or_uncoded).values_list("pk", flat=True))


def newest_enterprise() -> int:
    """Return the highest enterprise number given so far, 0 before the first."""
    return Enterprise.objects.aggregate(newest=Max("pk"))["newest"] or 0


def count() -> int:
    """Return how many enterprises are known."""
    return Enterprise.objects.count()


def _line(found: Enterprise) -> EnterpriseLine:
    code = found.code or ""
    return EnterpriseLine(found.pk, code, found.name, code[2:8], found.is_provisional)
