"""The example city, end to end: its year replayed, judged, explained; what was planted is what is found."""

import json
import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection

from probity.guard.procedures.actions import move_cursor
from probity.guard.procedures.models import Revision
from probity.guard.procedures.queries import cursor, only_replayed
from probity.guard.trail import triggers
from probity.judge.evaluation import queries as evaluation
from probity.judge.evaluation.actions import run as judge_everyone
from probity.judge.evaluation.telling import explanation_json
from probity.judge.evaluation.types import RunLine
from probity.know.dossiers import actions as dossiers
from probity.know.records import queries as records
from probity.know.registry.models import Enterprise
from probity.know.sources.models import Batch
from probity.terms import Actor, end_of_day
from probity.wiring import clock, replaying
from tests.flow.conftest import CITY, Probity

BY = Actor.system("test")
SYSTEMS = ("general", "jiangsu-environment-2020")
LAST_DAY = "2026-06-30"


def expected() -> list[dict[str, Any]]:
    """Return what the door should say of each file, reckoned from what was planted."""
    stated = yaml.load((CITY / "expected.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return [
        {key: value for key, value in one.items() if key not in ("planted", "note")} for one in stated["deliveries"]
    ]


def found() -> list[dict[str, Any]]:
    """Return the accounting of every delivery, in the order of the calendar."""
    return [
        {
            "file": f"files/{row.file_name}",
            "feed": row.feed,
            "state": row.state,
            "received": row.received,
            "accepted": row.accepted,
            "unchanged": row.unchanged,
            "superseding": row.superseding,
            "quarantined": row.quarantined,
        }
        for row in Batch.objects.filter(kind="delivery").order_by("pk")
    ]


def test_every_delivery_is_accounted_for_as_planted(city: Path) -> None:
    """The generator reckoned it from the dirt it planted, not by the platform."""
    wanted = expected()
    assert len(wanted) > 100
    for one, other in zip(found(), wanted, strict=True):
        assert one == other


def test_the_whole_year_is_marked_as_replayed(city: Path) -> None:
    """Its clock was a past one; revisions are gapless all the same and never go back."""
    rows = list(Revision.objects.order_by("number").values_list("number", "at"))
    assert [number for number, _ in rows] == list(range(1, len(rows) + 1))
    assert [at for _, at in rows] == sorted(at for _, at in rows)
    assert only_replayed()
    assert cursor("example_city:example_city") == len(replaying.steps_of(CITY))
    assert replaying.replay(CITY, quiet=True) == 0


def test_the_append_only_tables_of_the_city_are_guarded(city: Path) -> None:
    """Copied with its triggers."""
    assert triggers.missing() == []


def test_the_mirror_of_the_city_verifies(city: Path, probity: Probity) -> None:
    """From the terminal as from inside."""
    report = json.loads(probity("frames", "verify", "--json").stdout)
    assert report["is_equal"]
    assert report["rows"] > 1000
    assert dossiers.verify().digest == report["digest"]


@pytest.mark.parametrize("system", SYSTEMS)
def test_everyone_is_judged_and_every_grade_explained(city: Path, probity: Probity, system: str) -> None:
    """A run's outcome equals what `why` says of each, and the terminal's JSON equals the query's."""
    line = json.loads(probity("evaluate", "--system", system, "--as-of", LAST_DAY, "--json").stdout)
    run = evaluation.run(line["id"], by=BY)
    assert (run.result_digest, dict(run.grades)) == (line["result_digest"], line["grades"])
    assert len(run.grades) >= 3
    grades: Counter[str] = Counter()
    for enterprise in Enterprise.objects.exclude(code__startswith="92").order_by("pk"):
        outcome = evaluation.outcome(enterprise.pk, system=system, by=BY)
        if outcome is None:
            continue
        grades[outcome[1]] += 1
        if enterprise.pk % 29 == 0:
            told = evaluation.explain(enterprise.code, system=system, as_of=run.as_of, known_at=None, by=BY)
            assert (told.evaluation.score, told.evaluation.grade) == outcome[:2]
    assert grades == Counter(run.grades)
    assert sum(grades.values()) == run.enterprises
    worst = min(Enterprise.objects.filter(outcome__grade=min(grades, key=grades.__getitem__)), key=lambda one: one.pk)
    asked = ["why", worst.code, "--system", system, "--as-of", LAST_DAY, "--json"]
    told = evaluation.explain(worst.code, system=system, as_of=run.as_of, known_at=None, by=BY)
    assert json.loads(probity(*asked).stdout) == json.loads(json.dumps(explanation_json(told)))


def test_the_year_judged_month_by_month_ends_where_one_run_ends(city: Path) -> None:
    """Incremental over the months, with the knowledge of each, equals judging everyone at its end."""

    def judged(day: str, *, knowing: bool = True, full: bool = False) -> RunLine:
        as_of = date.fromisoformat(day)
        known_at = end_of_day(as_of) if knowing else None
        return judge_everyone(system="general", as_of=as_of, known_at=known_at, full=full, by=BY, at=clock.now())

    first = [judged(day) for day in ("2025-09-30", "2025-12-31", "2026-02-28", "2026-05-31")]
    some, whole = judged(LAST_DAY, knowing=False), judged(LAST_DAY, knowing=False, full=True)
    assert (some.result_digest, some.grades, whole.changed) == (whole.result_digest, whole.grades, 0)
    past = judged("2025-12-31")
    assert (past.result_digest, past.revision) == (first[1].result_digest, first[1].revision)
    assert past.revision < some.revision


def test_what_the_desk_has_to_do_is_there(city: Path) -> None:
    """Rows in quarantine, endings proposed, a delivery held: the city is a working day, not a show."""
    assert records.waiting(by=BY) > 50
    assert records.proposed_endings(by=BY).total >= 3
    assert records.unmatched(by=BY).total > 0
    assert Batch.objects.filter(state="held").count() == 1


def test_a_killed_replay_goes_on_where_it_was(database: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between a step and its count too: nothing is delivered twice, and the rest follows."""
    place = home / "example_city"
    (place / "files").mkdir(parents=True)
    lines = (CITY / "calendar.yaml").read_text(encoding="utf-8").splitlines()
    head = lines.index("steps:") + 1
    steps = [line for line in lines[head:] if "deliver:" in line][:4]
    (place / "calendar.yaml").write_text("\n".join([*lines[:head], *steps]), encoding="utf-8")
    for step in steps:
        name = step.split("file: files/")[1].rstrip("}")
        shutil.copy(CITY / "files" / name, place / "files" / name)

    class Killed(BaseException):
        pass

    def counted_never(*, name: str, revision: int) -> None:
        if revision:
            raise Killed
        move_cursor(name=name, revision=revision)

    for _ in steps[:2]:
        with monkeypatch.context() as patched:
            patched.setattr(replaying, "move_cursor", counted_never)
            with pytest.raises(Killed):
                replaying.replay(place, quiet=True)
        assert Batch.objects.count() == 1
        assert replaying.is_unfinished(place)
    assert replaying.replay(place, quiet=True) == 4
    assert not replaying.is_unfinished(place)
    assert found() == expected()[:4]


def test_a_city_is_not_mixed_with_what_came_from_outside(database: str, home: Path, probity: Probity) -> None:
    """The refusal is a sentence and an exit status, and nothing was loaded."""
    from tests.unit.know.delivered import PENALTIES, penalty, take_in

    take_in(home, PENALTIES, [penalty(1)])
    connection.close()
    refused = probity("load", CITY, check=False)
    assert refused.returncode == 2
    assert "not mixed in" in refused.stderr
    assert Batch.objects.count() == 1
