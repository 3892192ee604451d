"""What is listed is what may be seen: of every table, whoever asks, the two agree."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction

from probity.guard.authorities.actions import establish
from probity.guard.authorities.models import Authority, Succession
from probity.guard.authorities.queries import allowed, seen
from probity.guard.authorities.types import Permission
from probity.guard.trail.tables import writing
from probity.terms import Actor, ActorKind, Grant, Text

AT = datetime(2026, 6, 30, tzinfo=UTC)
ASKED, OTHER = Permission.BATCH_READ, Permission.RULE_READ
BODIES = {  # key: parent, region, sector
    "city": ("", "339900", ""),
    "market": ("city", "339900", "market"),
    "market-east": ("market", "339901", "market"),
    "tax": ("city", "339900", "tax"),
    "tax-east": ("tax", "339901", "tax"),
    "quality": ("city", "339900", "market"),
    "elsewhere": ("", "440300", "market"),
    "nowhere": ("", "", ""),
}
PATHS = {"authorities.Authority": "key"}
"""Where the body of a row stands, when it is not in its `authority`."""


def models_of_bodies() -> list[type[models.Model]]:
    """Return every table whose rows belong to an authority."""
    return [
        model
        for model in apps.get_models()
        if any(each.name == "authority" and each.is_relation for each in model._meta.get_fields())
    ]


def a_row(model: type[models.Model], authority: int, made: dict[Any, models.Model]) -> models.Model:
    """Insert one row of a table with something in each required column; rows it points to are made once a body."""
    values: dict[str, Any] = {}
    for each in model._meta.concrete_fields:
        if each.primary_key and each.get_internal_type().endswith("AutoField"):
            continue
        if each.name == "authority" and each.is_relation:
            values["authority_id"] = authority
        elif each.is_relation and not each.null:
            target = each.related_model
            key = (target, authority, None if not isinstance(each, models.OneToOneField) else model)
            if target is Authority:
                values[each.attname] = authority
                continue
            if key not in made:
                made[key] = a_row(target, authority, made)
            values[each.attname] = made[key].pk
        elif not each.null and not each.has_default():
            values[each.name] = a_value(each)
    row = model(**values)
    models.Model.save(row, force_insert=True)
    return row


def a_value(each: Any) -> Any:
    """Return some value of a column's kind that no other row has."""
    kind = each.get_internal_type()
    number = next(NUMBERS)
    if kind in ("CharField", "TextField"):
        return str(number)[: each.max_length or 20]
    if kind == "DateField":
        return date(2026, 1, 1)
    if kind == "DateTimeField":
        return AT
    if kind == "BinaryField":
        return number.to_bytes(16, "big")
    if kind == "JSONField":
        return {}
    if kind == "BooleanField":
        return False
    return number


def _numbers() -> Iterator[int]:
    number = 1000
    while True:
        number += 1
        yield number


NUMBERS = _numbers()


def some_actor(dice: random.Random) -> Actor:
    """Return somebody with up to three grants, each within some limits, the right permission or not."""
    grants = tuple(
        Grant(
            "some",
            frozenset({dice.choice((ASKED, ASKED, OTHER))}),
            dice.choice(("", *BODIES, "unknown")),
            dice.choice(("", "", "330000", "339900", "339901", "440300")),
            dice.choice(("", "", "market", "tax")),
            with_parts=dice.random() < 0.7,
        )
        for _ in range(dice.randint(0, 3))
    )
    kind = dice.choice((ActorKind.OFFICER, ActorKind.MACHINE, ActorKind.PUBLIC))
    return Actor(kind, "somebody", dice.choice(tuple(BODIES)), grants=grants)


@pytest.fixture
def city(database: str) -> dict[str, int]:
    """Eight bodies, one of which another one followed."""
    numbers = {
        key: establish(
            key=key, title=Text(key, key), region=region, sector=sector, parent=parent, by=Actor.system("test"), at=AT
        )
        for key, (parent, region, sector) in BODIES.items()
    }
    with writing():
        Succession.objects.create(
            authority_id=numbers["quality"], successor_id=numbers["market"], starts_on=date(2026, 1, 1), basis="1"
        )
    return numbers


def test_there_are_tables_to_ask() -> None:
    """Were the list empty, the property would hold of nothing."""
    found = {model._meta.label for model in models_of_bodies()}
    assert {
        "sources.Batch",
        "records.QuarantinedRow",
        "records.Record",
        "evaluation.Run",
        "authorities.Officer",
    } <= found


def test_of_every_table_and_two_hundred_actors_what_is_listed_is_what_may_be_seen(city: dict[str, int]) -> None:
    """One predicate in two shapes: were they to differ in one row, somebody would see too much or too little."""
    made: dict[Any, models.Model] = {}
    with transaction.atomic(), writing():
        for model in models_of_bodies():
            if model is not Succession:
                for number in city.values():
                    a_row(model, number, made)
    actors = [some_actor(random.Random(seed)) for seed in range(200)]
    answers = {(by, key): allowed(by, ASKED, authority=key) for by in actors for key in BODIES}
    assert {True, False} == set(answers.values())
    for model in models_of_bodies():
        rows = list(model._default_manager.values_list("pk", "authority__key"))
        assert len({key for _, key in rows}) == (1 if model is Succession else len(BODIES)), model
        for by in actors:
            listed = set(seen(model._default_manager.all(), by, ASKED).values_list("pk", flat=True))
            assert listed == {pk for pk, key in rows if answers[by, key]}, (model, by)


def test_a_row_that_states_its_own_region_and_sector_is_asked_for_them(city: dict[str, int]) -> None:
    """Not the body's: an appointed scope is about the thing."""
    with writing():
        from probity.guard.authorities.models import RoleGrant

        made: dict[Any, models.Model] = {}
        for key, number in city.items():
            for region, sector in (("", ""), ("339901", "market"), ("440300", "tax")):
                row = a_row(RoleGrant, number, made)
                RoleGrant.objects.filter(pk=row.pk).update(region=region, sector=sector)
                assert key
    rows = list(RoleGrant.objects.values_list("pk", "authority__key", "region", "sector"))
    for seed in range(200):
        by = some_actor(random.Random(seed))
        listed = seen(RoleGrant.objects.all(), by, ASKED, region="region", sector="sector")
        expected = {
            pk for pk, key, region, sector in rows if allowed(by, ASKED, authority=key, region=region, sector=sector)
        }
        assert set(listed.values_list("pk", flat=True)) == expected, by
