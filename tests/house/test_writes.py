"""Writes: only actions write, and tables point only downward."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field, Model

from tests.house.source import Module, modules

ALWAYS_WRITES = {
    "save",
    "asave",
    "create",
    "acreate",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "delete",
    "adelete",
}
WRITES_ON_ROWS = {"update", "aupdate"}
ROWS = {"objects", "filter", "exclude", "all", "select_for_update", "order_by", "values", "using", "annotate"}
"""What stands before `.update()` when it is rows that change and not a dict or a digest."""

FLOORS = [
    "trail",
    "authorities",
    "procedures",
    "credentials",
    "registry",
    "third_parties",
    "sources",
    "records",
    "dossiers",
    "evaluation",
    "warnings",
    "forecasts",
    "decisions",
    "lists",
    "assessments",
    "commitments",
    "measures",
    "leads",
    "inspections",
    "remedies",
    "parts",
    "disclosure",
    "exchange",
    "oversight",
    "public",
    "enterprise",
    "desk",
    "third_party",
    "api",
]
"""App labels from the ground upward; a table points to its own floor or below."""


def is_action(path: Path) -> bool:
    """Whether a module holds the verbs of a room: `actions.py`, or a file of `actions/`."""
    return path.name == "actions.py" or path.parent.name == "actions"


def chain(node: ast.expr) -> Iterator[str]:
    """Yield the attributes before a call: `a.objects.filter(x).update` gives filter, objects."""
    while True:
        match node:
            case ast.Attribute(value=value, attr=name):
                yield name
                node = value
            case ast.Call(func=function):
                node = function
            case ast.Name(id="super"):
                yield "super"
                return
            case _:
                return


def writes(module: Module) -> list[str]:
    """Return the places where a module writes to a table."""
    faults = []
    for call, name in module.calls():
        if not isinstance(call.func, ast.Attribute):
            continue
        before = set(chain(call.func.value))
        if "super" in before:
            continue  # a table that refines its own writing
        if name in ALWAYS_WRITES or (name in WRITES_ON_ROWS and before & ROWS):
            faults.append(f"{module.at(call)}: .{name}()")
    return faults


def test_only_actions_write() -> None:
    """A write that is no verb is signed by nobody and stands in no trail."""
    faults = [fault for module in modules("src") if not is_action(module.path) for fault in writes(module)]
    assert not faults, "\n".join(faults)


def test_only_actions_open_the_tables() -> None:
    """`writing()` is the key to every table; queries, pages and commands do not have it."""
    faults = [
        module.at(call)
        for module in modules("src")
        if not is_action(module.path)
        for call, name in module.calls()
        if name == "writing"
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("line", "is_a_write"),
    [
        ("record.save()", True),
        ("Record.objects.create(a=1)", True),
        ("Record.objects.filter(a=1).update(b=2)", True),
        ("Record.objects.bulk_create(rows)", True),
        ("row.delete()", True),
        ("values.update(b=2)", False),
        ("hashlib.sha256().update(part)", False),
        ("super().save(*args)", False),
    ],
)
def test_a_write_is_told_from_what_looks_like_one(line: str, is_a_write: bool) -> None:
    """The scan can fail, and it does not cry wolf."""
    assert bool(writes(Module(Path("queries.py"), line, ast.parse(line)))) is is_a_write


def our_models() -> list[type[Model]]:
    """Return the tables of the platform, Django's own left out."""
    return [model for model in apps.get_models() if model.__module__.startswith("probity.")]


def our_fields() -> Iterator[tuple[type[Model], Field]]:
    """Yield every column of every table of ours."""
    for model in our_models():
        for each in model._meta.get_fields():
            if isinstance(each, Field):
                yield model, each


def test_foreign_keys_are_stated_as_strings() -> None:
    """A class instead of a string would import another room's tables."""
    faults = [
        module.at(call)
        for module in modules("src")
        if module.path.name == "models.py"
        for call, name in module.calls()
        if name in ("ForeignKey", "OneToOneField", "ManyToManyField")
        if not (
            call.args and (isinstance(call.args[0], ast.Constant) or "AUTH_USER_MODEL" in ast.unparse(call.args[0]))
        )
    ]
    assert not faults, "\n".join(faults)


def test_foreign_keys_point_downward() -> None:
    """What is known never hangs on what was made of it: tables follow the floors of the house."""
    faults = []
    for model, each in our_fields():
        target = each.related_model
        if target is None or isinstance(target, str) or not target.__module__.startswith("probity."):
            continue
        if FLOORS.index(target._meta.app_label) > FLOORS.index(model._meta.app_label):
            faults.append(f"{model._meta.label}.{each.name} -> {target._meta.label}")
    assert not faults, "\n".join(faults)


def test_the_trail_has_no_foreign_keys() -> None:
    """The trail outlives whatever it speaks of."""
    assert [each.name for model, each in our_fields() if model._meta.app_label == "trail" and each.is_relation] == []


def test_whoever_holds_an_internal_fact_says_whose_it_is() -> None:
    """A table's authority is never null: without one, nobody could be kept out."""
    assert [model._meta.label for model, each in our_fields() if each.name == "authority" and each.null] == []


def test_every_table_is_written_by_acts_only() -> None:
    """Each table refuses writes outside `writing()`; an account is Django's and signs in by itself."""
    from probity.guard.trail.tables import Table

    assert [
        model._meta.label
        for model in our_models()
        if not issubclass(model, Table) and model._meta.label != "authorities.Account"
    ] == []


def test_every_app_has_its_floor() -> None:
    """A new room is placed before its tables are."""
    assert {model._meta.app_label for model in our_models()} <= set(FLOORS)
