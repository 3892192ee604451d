"""Tables: nothing is written outside an act, and some rows are never written twice."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from probity.guard.authorities.models import Authority
from probity.guard.trail.models import TrailEntry
from probity.guard.trail.tables import AppendOnlyTable, WriteOutsideAct, fill, reserve, writing
from probity.know.registry.models import Enterprise, EnterpriseName

AT = datetime(2026, 6, 30, 1, 2, 3, 456789, tzinfo=UTC)


def body(**changes: Any) -> Authority:
    return Authority(**({"key": "market", "title_zh": "局", "title_en": "Bureau"} | changes))


def entry(**changes: Any) -> TrailEntry:
    stated = {"at": AT, "act": "test", "by": "system:test", "about": "test:1", "detail": {}, "digest": "0" * 64}
    return TrailEntry(**(stated | changes))


WRITES: dict[str, Callable[[], object]] = {
    "save": lambda: body().save(),
    "create": lambda: Authority.objects.create(key="market", title_zh="局", title_en="Bureau"),
    "bulk_create": lambda: Authority.objects.bulk_create([body()]),
    "bulk_update": lambda: Authority.objects.bulk_update([body(pk=1)], ["title_en"]),
    "get_or_create": lambda: Authority.objects.get_or_create(key="market"),
    "update_or_create": lambda: Authority.objects.update_or_create(key="market"),
    "update": lambda: Authority.objects.update(title_en="Office"),
    "delete": lambda: body(pk=1).delete(),
    "delete of rows": lambda: Authority.objects.filter(key="market").delete(),
    "fill": lambda: fill(Authority, ("key", "title_zh", "title_en", "region"), [("market", "局", "Bureau", "")]),
}


@pytest.mark.parametrize("write", WRITES)
def test_a_write_outside_an_act_is_refused(database: str, write: str) -> None:
    """So that no page, query or script writes past the trail."""
    with pytest.raises(WriteOutsideAct, match="actions only"):
        WRITES[write]()
    assert not Authority.objects.exists()


def test_the_same_writes_go_through_inside_an_act(database: str) -> None:
    """Else the test above would pass on a table that takes nothing at all."""
    with writing():
        body().save()
        Authority.objects.create(key="tax", title_zh="局", title_en="Bureau")
        Authority.objects.filter(key="tax").update(title_en="Office")
        body(pk=Authority.objects.get(key="market").pk).delete()
    assert list(Authority.objects.values_list("key", "title_en")) == [("tax", "Office")]


CHANGES: dict[str, Callable[[TrailEntry], object]] = {
    "save": lambda row: row.save(),
    "delete": lambda row: row.delete(),
    "update": lambda row: TrailEntry.objects.update(act="other"),
    "bulk_update": lambda row: TrailEntry.objects.bulk_update([row], ["act"]),
    "delete of rows": lambda row: TrailEntry.objects.all().delete(),
    "update_or_create": lambda row: TrailEntry.objects.update_or_create(pk=row.pk, defaults={"act": "other"}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_append_only_row_is_not_changed_even_inside_an_act(database: str, change: str) -> None:
    """The past is added to, never written over."""
    with writing():
        row = entry()
        row.save()
        row.act = "other"
        with pytest.raises(AppendOnlyTable):
            CHANGES[change](row)
    assert list(TrailEntry.objects.values_list("act", flat=True)) == ["test"]


def test_reserved_numbers_are_not_given_again(database: str) -> None:
    """Rows written under them do not meet rows the database numbers itself."""
    with writing(), transaction.atomic():
        numbers = list(reserve(Enterprise, 3))
        fill(Enterprise, ("id", "name", "is_provisional", "known_at"), ((n, f"甲{n}", True, AT) for n in numbers))
        after = Enterprise.objects.create(name="乙", known_at=AT)
        assert len(set(numbers)) == 3
        assert after.pk not in numbers
        later = list(reserve(Enterprise, 2))
    assert not {*numbers, after.pk} & set(later)


def test_filled_rows_read_back_as_they_were_written(database: str) -> None:
    """Days, moments, nothing, and characters that a COPY or an INSERT could mistake."""
    name = "甲\\N\t\"'%s{}（集团）"
    with writing(), transaction.atomic():
        (number,) = reserve(Enterprise, 1)
        fill(Enterprise, ("id", "code", "name", "is_provisional", "known_at"), [(number, None, name, False, AT)])
        fill(
            EnterpriseName,
            ("enterprise_id", "name", "valid_from", "is_registered", "source", "known_at"),
            [(number, name, date(2026, 1, 31), True, "", AT), (number, "乙", None, False, "", AT)],
        )
    found = Enterprise.objects.get(pk=number)
    assert (found.code, found.name, found.is_provisional, found.known_at) == (None, name, False, AT)
    rows = EnterpriseName.objects.order_by("id").values_list("name", "valid_from", "known_at")
    assert list(rows) == [(name, date(2026, 1, 31), AT), ("乙", None, AT)]


def test_filling_skips_what_a_unique_constraint_knows_when_asked(database: str) -> None:
    """A name heard before is not an error; without being asked it is."""
    row = [("91350100M000100Y43", "甲", True, AT)]
    names = ("code", "name", "is_provisional", "known_at")
    with writing():
        fill(Enterprise, names, row)
        fill(Enterprise, names, row, skip_known=True)
        with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
            fill(Enterprise, names, row)
    assert Enterprise.objects.count() == 1
    assert connection.is_usable()
