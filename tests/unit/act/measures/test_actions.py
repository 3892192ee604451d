"""Measures: two persons publish, the gate stands twice, and one person may stop."""

from datetime import date
from pathlib import Path

import pytest

from probity.act.measures.actions import NotProposed, SamePerson, Unlawful, propose, publish, withdraw
from probity.act.measures.models import PublicationStep
from probity.act.measures.queries import catalogue, matter
from probity.guard.authorities.actions import platform
from probity.rulebook.measures import Verdict
from probity.terms import Actor, Unknown
from tests.unit.know.delivered import AT, BY, DAY, SERIOUS, code, later, listed, take_in

OTHER = Actor.system("second")
LICENSING = "no-commitment"

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def body(database: str) -> None:
    """The body in whose name the platform's own people act."""
    platform(by=BY, at=AT)


def published(measure: str = LICENSING, since: date = DAY) -> None:
    propose(measure=measure, since=since, by=BY, at=AT)
    publish(measure=measure, by=OTHER, at=later())


def verdicts(days: int = 0) -> tuple[Verdict, set[str], set[str]]:
    """Return the verdict on a licence, which measures applied, and which did not."""
    told, _ = matter(code(1), scenario="licensing", as_of=DAY, known_at=None, by=BY, at=later(days=days))
    return told.verdict, {one.measure.key for one in told.applied}, {one.measure.key for one in told.not_applied}


def test_a_measure_is_published_by_two_persons() -> None:
    propose(measure=LICENSING, since=DAY, by=BY, at=AT)
    with pytest.raises(SamePerson):
        publish(measure=LICENSING, by=BY, at=later())
    publish(measure=LICENSING, by=OTHER, at=later())
    line = next(one for one in catalogue(on=DAY, by=BY) if one.measure.key == LICENSING)
    assert line.is_published and line.since == DAY and line.faults == ()


def test_a_second_press_publishes_nothing_more() -> None:
    published()
    publish(measure=LICENSING, by=OTHER, at=later())
    assert PublicationStep.objects.count() == 2


def test_nothing_is_published_that_nobody_proposed() -> None:
    with pytest.raises(NotProposed):
        publish(measure=LICENSING, by=OTHER, at=later())
    with pytest.raises(Unknown):
        propose(measure="gossip", since=DAY, by=BY, at=AT)


def test_the_gate_refuses_with_every_fault() -> None:
    with pytest.raises(Unlawful) as refused:
        propose(measure="energy-price-review", since=DAY, by=BY, at=AT)
    assert [fault.code for fault in refused.value.faults] == ["unsure"]
    assert refused.value.text.zh and PublicationStep.objects.count() == 0


def test_nothing_is_published_backwards() -> None:
    """A publication counts from its own day at the earliest."""
    propose(measure="wage-arrears-honours", since=date(2024, 1, 1), by=BY, at=AT)
    publish(measure="wage-arrears-honours", by=OTHER, at=later(days=3))
    assert PublicationStep.objects.latest("pk").since == date(2026, 7, 3)


def test_only_what_is_published_shapes_an_answer(tmp_path: Path) -> None:
    take_in(tmp_path, SERIOUS, [listed(1)])
    assert verdicts()[1:] == (set(), {LICENSING, "closer-review"})
    published()
    assert verdicts() == (Verdict.PROCEED, {LICENSING}, {"closer-review"})


def test_one_person_may_stop_a_measure_for_everyone(tmp_path: Path) -> None:
    take_in(tmp_path, SERIOUS, [listed(1)])
    published()
    withdraw(measure=LICENSING, reason="依据待查", by=OTHER, at=later(minutes=9))
    assert verdicts()[1] == set()
    with pytest.raises(NotProposed):
        withdraw(measure=LICENSING, reason="", by=OTHER, at=later(minutes=9))
