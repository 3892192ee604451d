"""Reading evaluations: every point has its reason, and the reasons add up to the score."""

import random
from datetime import date

import pytest

from probity.judge.evaluation import queries
from probity.judge.evaluation.models import Run
from probity.judge.evaluation.telling import explanation_json
from probity.judge.evaluation.types import NotGraded
from probity.know.registry.queries import enterprises
from probity.terms import LegalReference
from tests.unit.judge.evaluation.judged import BY, DAYS, SYSTEMS, fact, judged
from tests.unit.know.delivered import code
from tests.unit.know.dossiers.acted import Stage

AS_OF = DAYS[-1]


@pytest.fixture
def stage(database: str) -> Stage:
    """Twelve enterprises with facts that either index system counts."""
    dice, made = random.Random(1), Stage()
    owners = made.enter(12)
    made.born([(dice.choice(owners), fact(dice, dice.choice(SYSTEMS))) for _ in range(60)])
    return made


@pytest.mark.parametrize("system", SYSTEMS)
def test_contributions_add_up_and_name_their_record(stage: Stage, system: str) -> None:
    """The running sum ends at the score; each record named is in the dossier and bears its day."""
    for line in enterprises(stage.enterprises).values():
        told = queries.explain(line.code, system=system, as_of=AS_OF, known_at=None, by=BY)
        if told.evaluation.score is not None:
            assert told.lines[-1].running == told.evaluation.score
        for each in told.lines:
            assert each.label.zh and each.label.en
            if each.contribution.record is not None:
                assert each.record is not None
                assert (each.record.record, each.record.day) == (each.contribution.record, each.contribution.day)


@pytest.mark.parametrize("system", SYSTEMS)
def test_an_explanation_as_json_says_the_same(stage: Stage, system: str) -> None:
    """Integers of hundredths, articles with their words, records with their source."""
    line = enterprises(stage.enterprises)[stage.enterprises[0]]
    told = queries.explain(line.code, system=system, as_of=AS_OF, known_at=None, by=BY)
    stated = explanation_json(told)
    assert (stated["score"], stated["grade"], stated["code"]) == (
        told.evaluation.score,
        told.evaluation.grade,
        line.code,
    )
    assert [row["points"] for row in stated["contributions"]] == [row.contribution.points for row in told.lines]
    assert sum(row["points"] for row in stated["contributions"]) == (stated["score"] or 0)
    assert (stated["legal_effect"], stated["system"]["status"]) == (False, "illustration")


def test_a_sole_trader_is_refused_in_both_languages(database: str) -> None:
    """With the reason, not with a blank page."""
    stage = Stage()
    (trader,) = stage.enter(1, "92")
    with pytest.raises(NotGraded) as refusal:
        queries.explain(enterprises([trader])[trader].code, system="general", as_of=AS_OF, known_at=None, by=BY)
    assert refusal.value.text.zh and refusal.value.text.en


def test_what_is_not_there_is_said_not_to_be_there(stage: Stage) -> None:
    """Unknown enterprise, unknown index system, unknown run."""
    known = enterprises(stage.enterprises)[stage.enterprises[0]].code
    asked = {"as_of": AS_OF, "known_at": None, "by": BY}
    with pytest.raises(LookupError, match="no enterprise"):
        queries.explain(code(1), system="general", **asked)
    with pytest.raises(LookupError, match="no-such"):
        queries.explain(known, system="no-such", **asked)
    with pytest.raises(LookupError, match="no run 7"):
        queries.run(7, by=BY)


def test_runs_are_listed_when_they_are_finished(stage: Stage) -> None:
    """Newest first, of one index system or all."""
    first = judged("general", AS_OF)
    second = judged(SYSTEMS[1], AS_OF)
    assert [line.id for line in queries.runs(by=BY).lines] == [second.id, first.id]
    assert [line.id for line in queries.runs(by=BY, system="general").lines] == [first.id]
    assert queries.latest_run("general", by=BY) == queries.run(first.id, by=BY) == first
    Run.objects.filter(pk=first.id)
    assert queries.latest_run("none", by=BY) is None


def test_index_systems_are_listed_by_the_day(database: str) -> None:
    """Before the first one came there was none."""
    assert {system.key for system in queries.systems(AS_OF)} >= set(SYSTEMS)
    assert queries.systems(date(1990, 1, 1)) == ()


def test_the_words_of_an_article_are_quoted_when_the_rulebook_has_them(database: str) -> None:
    """Or none; never another's."""
    assert queries.article_text(LegalReference("no-such-instrument", "art. 1")) is None
    system = next(one for one in queries.systems(AS_OF) if one.key == "general")
    assert queries.article_text(LegalReference(system.reference.instrument, "art. 999")) is None


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_top_reasons_of_a_run_are_those_of_its_enterprises(stage: Stage, system: str) -> None:
    """Counted from the points kept, they equal the reasons of each dossier judged alone."""
    from probity.engine.explaining import top_reasons_of

    line = judged(system, AS_OF)
    first: dict[str, int] = {}
    among: dict[str, int] = {}
    for enterprise in enterprises(stage.enterprises).values():
        told = queries.explain(enterprise.code, system=system, as_of=AS_OF, known_at=None, by=BY)
        for place, key in enumerate(top_reasons_of(told.system, told.evaluation, 3)):
            among[key] = among.get(key, 0) + 1
            first[key] = first.get(key, 0) + (place == 0)
    found = queries.top_reasons(line.id, by=BY)
    assert found
    assert {one.indicator: (one.first, one.among) for one in found} == {key: (first[key], among[key]) for key in among}
    assert [one.first for one in found] == sorted((one.first for one in found), reverse=True)


def test_reasons_nobody_kept_are_not_made_up(stage: Stage, home: object) -> None:
    """A node without the run's points says so instead of showing nothing as if there were none."""
    from probity.judge.evaluation.results import results_folder

    line = judged("general", AS_OF)
    for part in results_folder().iterdir():
        part.unlink()
    assert queries.top_reasons(line.id, by=BY) is None
    with pytest.raises(LookupError, match="no run"):
        queries.top_reasons(line.id + 9, by=BY)
