"""Registry: finding enterprises by code and name, and what they are called."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Max, Q

from probity.guard.authorities.queries import permit
from probity.guard.authorities.types import Permission
from probity.know.registry.models import Enterprise, EnterpriseName, Identity
from probity.know.registry.rules import folded_query, spellings
from probity.know.registry.types import EnterpriseLine, IdentitySpan, NameSpan, Page
from probity.terms import Actor, Unknown

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


def search(text: str, *, by: Actor, page: int = 1) -> Page[EnterpriseLine]:
    """Return enterprises by exact code or part of a name; sole traders by exact code only.

    Raises:
        NotPermitted: when the actor may not read enterprises.
    """
    permit(by, Permission.ENTERPRISE_READ)
    return _search(text, page=page)


def public_search(text: str, *, page: int = 1) -> Page[EnterpriseLine]:
    """Return what anybody may find: the same enterprises, and at least two characters of a name."""
    return _search(text, page=page) if len(text.strip()) > 1 else Page((), 1, PAGE_SIZE, 0)


def _search(text: str, *, page: int) -> Page[EnterpriseLine]:
    query = folded_query(text)
    if len(query) == 18 and Enterprise.objects.filter(code=query).exists():
        return Page((enterprise(query),), 1, PAGE_SIZE, 1)
    rows = Enterprise.objects.exclude(code__isnull=True).exclude(code__startswith="92")
    if query:
        written = Q()
        for spelling in spellings(query):
            written |= Q(name__icontains=spelling)
        rows = rows.filter(pk__in=EnterpriseName.objects.filter(written).values("enterprise_id"))
    total = rows.count()
    start = (max(page, 1) - 1) * PAGE_SIZE
    lines = tuple(_line(row) for row in rows.order_by("code")[start : start + PAGE_SIZE])
    return Page(lines, max(page, 1), PAGE_SIZE, total)


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


def ungraded() -> list[int]:
    """Return the enterprises that are not graded: sole traders, whose names may be persons'."""
    # Between two codes, not by prefix: only so does an index answer on every database.
    return list(Enterprise.objects.filter(code__gte="92", code__lt="93").values_list("pk", flat=True))


def newest_enterprise() -> int:
    """Return the highest enterprise number given so far, 0 before the first."""
    return Enterprise.objects.aggregate(newest=Max("pk"))["newest"] or 0


def count() -> int:
    """Return how many enterprises are known."""
    return Enterprise.objects.count()


def _line(found: Enterprise) -> EnterpriseLine:
    code = found.code or ""
    return EnterpriseLine(found.pk, code, found.name, code[2:8], found.is_provisional)
