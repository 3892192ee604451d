"""Default deny: every verb and every question of every room refuses who did not sign in."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import probity
from probity.guard.authorities.types import NotPermitted
from probity.terms import Actor

OPEN = {
    "guard.authorities.actions.change_password": "one's own password: the page knows only one's own account",
    "guard.authorities.queries.permit": "it is what refuses",
    "guard.procedures.queries.may_follow": "it is what narrows",
    "guard.authorities.queries.needs_factor": "what is asked of the actor itself",
    "guard.authorities.queries.allowed": "it is what answers",
    "know.sources.actions.open_release": "inside records.release, which asks",
    "know.sources.actions.close_batch": "inside records.deliver and records.release, which ask",
    "know.sources.actions.hold_batch": "inside records.deliver, which asks",
}
"""What takes an actor and asks no permission itself, and why that is right."""

ANSWERS_WITHOUT_ACTOR = ("guard", "know", "judge", "act")
"""Wings whose verbs must take an actor; questions without one are asked between rooms only."""

WITHOUT_ACTOR = {
    "guard.procedures.actions.take_revision": "inside the act that it numbers",
    "guard.procedures.actions.move_cursor": "a room's own reading mark",
    "guard.procedures.actions.take_lease": "inside the act that holds it",
    "guard.procedures.actions.keep_lease": "inside the act that holds it",
    "guard.procedures.actions.give_lease_back": "inside the act that holds it",
    "guard.procedures.actions.fenced": "asks in every commit of a wheel whether its lease still stands",
    "guard.procedures.actions.note_turn": "a wheel's own book of its turning",
    "guard.procedures.actions.begin_job": "in the name of whoever started the job",
    "guard.procedures.actions.tell_progress": "in the name of whoever started the job",
    "guard.procedures.actions.end_job": "in the name of whoever started the job",
    "guard.procedures.actions.fail_job": "in the name of whoever started the job",
    "guard.procedures.actions.put_job_back": "in the name of whoever started the job",
    "know.registry.actions.register_stated": "inside the transaction of a batch's chunk",
    "know.sources.actions.count_chunk": "inside the transaction of a batch's chunk",
    "know.dossiers.actions.pulled_buckets": "a local mirror, not a truth",
    "know.dossiers.actions.follow": "a local mirror, not a truth",
    "know.dossiers.actions.rebuild": "a local mirror, not a truth",
    "know.dossiers.actions.verify": "a local mirror, not a truth",
    "act.lists.actions.pull": "a projection of records, not a truth",
    "act.lists.actions.apply_snapshot": "a local file of answers, not a truth",
}
"""Verbs that take no actor, and why they change nothing in anybody's name."""


WALKED_WHOLE = {"probity.guard.procedures.actions"}
"""Packages whose verbs are walked although they are written in its modules."""


def functions(last: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield (name, function) of every public function of the rooms' `queries` or `actions`."""
    for found in pkgutil.walk_packages(probity.__path__, "probity."):
        parts = found.name.split(".")
        if parts[-1] != last or parts[1] not in ANSWERS_WITHOUT_ACTOR:
            continue
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            is_whole = found.name in WALKED_WHOLE and function.__module__.startswith(f"{found.name}.")
            if not name.startswith("_") and (function.__module__ == found.name or is_whole):
                yield f"{found.name.removeprefix('probity.')}.{name}", function


def takes_actor(function: Callable[..., Any]) -> bool:
    return "by" in inspect.signature(function).parameters


ASKED = sorted(
    (name, function)
    for last in ("actions", "queries")
    for name, function in functions(last)
    if takes_actor(function) and name not in OPEN
)


@pytest.mark.parametrize(("name", "function"), ASKED, ids=[name for name, _ in ASKED])
def test_the_public_is_refused(name: str, function: Callable[..., Any]) -> None:
    """Before anything is read or looked up: there is no database here, and no argument makes sense."""
    arguments = dict.fromkeys(
        (
            key
            for key, parameter in inspect.signature(function).parameters.items()
            if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD
        ),
        None,
    ) | {"by": Actor.public()}
    with pytest.raises(NotPermitted):
        answer = function(**arguments)
        if inspect.isgenerator(answer):
            next(answer)


def test_delivering_is_asked_like_everything_else() -> None:
    """Its actor stands in its manner."""
    from probity.know.records.actions import Manner, deliver

    with pytest.raises(NotPermitted):
        deliver(None, feed="", manner=Manner(by=Actor.public(), at=None))  # type: ignore[arg-type]


def test_there_is_something_to_walk() -> None:
    """Were the walk empty, everything above would pass."""
    names = {name for name, _ in ASKED}
    assert {"know.registry.queries.search", "know.records.actions.end", "judge.evaluation.actions.run"} <= names
    assert len(names) > 20


def test_every_verb_acts_in_a_name_or_says_why_not() -> None:
    """A new verb without an actor has to be put on the list above, with a reason."""
    silent = {name for name, function in functions("actions") if not takes_actor(function)}
    assert silent - {"know.records.actions.deliver"} == set(WITHOUT_ACTOR)


def test_the_exceptions_exist() -> None:
    """A list of exceptions that nobody prunes becomes a hole."""
    known = {name for last in ("actions", "queries") for name, _ in functions(last)}
    assert set(OPEN) <= known
