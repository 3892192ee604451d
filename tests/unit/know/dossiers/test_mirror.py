"""Mirror: columns that say what the tables say, whatever became known and however they were pulled."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probity.engine.frames import COLUMNS, Fact, visible
from probity.guard.procedures.queries import latest_revision
from probity.know.dossiers import actions, mirror, shares
from probity.know.dossiers.queries import facts_of
from tests.unit.know.dossiers.acted import Stage

DAYS = [date(2026, 3, day) for day in (1, 10, 20, 31)]
NOTHING = Fact(0, "administrative-penalty", DAYS[0], kind="fine", amount=100)


def mirrored(whole: pl.DataFrame, enterprise: int, *, as_of: date, revision: int) -> set[int]:
    """Return the records the mirror lets count for an enterprise."""
    frame = visible(whole.lazy(), as_of=as_of, revision=revision).collect()
    rows = frame.filter(pl.col("enterprise") == enterprise)["record"].to_list()
    assert len(rows) == len(set(rows))
    return set(rows)


def stood(enterprise: int, *, as_of: date, revision: int) -> set[int]:
    """Return the records the tables let count for an enterprise."""
    return {fact.record for fact in facts_of(enterprise, as_of=as_of, revision=revision)}


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["born", "superseded", "correction", "annulment", "repair", "expiry", "given", "pull"]),
        st.integers(0, 5),
        st.integers(0, 2),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=9,
)


def act_out(stage: Stage, steps: Sequence[tuple[str, int, int, int]], owners: Sequence[int | None]) -> None:
    """Act a drawn history out; a step about a record that is not there yet states a new one."""
    records: list[int] = []
    for verb, which, whose, day in steps:
        fact = Fact(0, NOTHING.type, DAYS[day], kind="fine", amount=100 * which)
        if verb == "pull":
            mirror.pull()
        elif verb == "born" or not records:
            records += stage.born([(owners[whose], fact)])
        elif verb == "superseded":
            records += stage.born([(owners[whose], fact)], supersedes=records[which % len(records)])
        elif verb == "given":
            stage.given(records[which % len(records)], owners[whose])
        else:
            stage.ended(records[which % len(records)], verb, DAYS[day])


def test_the_mirror_says_what_the_tables_say(database: str) -> None:
    """For random histories, every enterprise, day and revision; pulled step by step or built anew."""
    stage = Stage()

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
    @given(STEPS)
    def property_of(steps: Sequence[tuple[str, int, int, int]]) -> None:
        first = latest_revision()
        owners = [*stage.enter(2), None]
        act_out(stage, steps, owners)
        whole = pl.concat(mirror.bucket_frames(mirror.pull())).collect()
        for revision in range(first, latest_revision() + 1):
            for as_of in DAYS:
                for owner in owners[:2]:
                    asked = {"as_of": as_of, "revision": revision}
                    assert owner is not None
                    assert mirrored(whole, owner, **asked) == stood(owner, **asked)

    property_of()
    assert actions.verify().is_equal


def test_a_pull_brings_what_became_known_since(database: str, home: Path) -> None:
    """Twice in a row, the second changes nothing."""
    stage = Stage()
    (owner,) = stage.enter(1)
    (record,) = stage.born([(owner, NOTHING)])
    first = mirror.pull()
    assert (first.revision, mirror.pull()) == (1, first)
    stage.ended(record, "repair", DAYS[1])
    second = mirror.pull()
    assert second.revision == 2
    assert (home / "frames" / first.files[0]).exists()
    assert mirror.report(home / "frames", second).rows == 2


def test_an_empty_database_has_an_empty_mirror(database: str) -> None:
    """With its columns, so that an evaluation of nobody is no error."""
    (bucket,) = actions.pulled_buckets()
    assert bucket.collect().is_empty()
    assert bucket.collect_schema().names() == list(COLUMNS)
    assert actions.verify().is_equal


def test_a_mirror_that_differs_is_found_out(database: str, home: Path) -> None:
    """Verify compares rows, and a rebuild mends."""
    stage = Stage()
    stage.born([(stage.enter(1)[0], NOTHING)])
    manifest = mirror.pull()
    place = home / "frames" / manifest.files[0]
    pl.read_parquet(place).with_columns(pl.lit(7, pl.Int64).alias("amount")).write_parquet(place)
    assert not actions.verify().is_equal
    actions.rebuild()
    assert actions.verify().is_equal


@pytest.mark.parametrize("lost", ["file", "manifest", "everything"])
def test_a_damaged_mirror_is_built_anew(database: str, home: Path, lost: str) -> None:
    """It is never the truth: whoever deletes it loses some seconds."""
    stage = Stage()
    stage.born([(stage.enter(1)[0], NOTHING)])
    mirror.pull()
    for place in (home / "frames").iterdir():
        if lost == "everything" or place.suffix == {"file": ".parquet", "manifest": ".json"}[lost]:
            place.unlink()
    assert mirror.report(home / "frames", mirror.pull()).rows == 1


def test_a_mirror_of_another_database_is_not_ours(database: str, home: Path) -> None:
    """A folder kept while the database was replaced: as many revisions, another history."""
    stage = Stage()
    stage.born([(stage.enter(1)[0], NOTHING)])
    manifest = mirror.pull()
    place = home / "frames" / "manifest.json"
    stated = json.loads(place.read_text())
    place.write_text(json.dumps(stated | {"known_at": "2020-01-01T00:00:00+00:00", "files": {}}))
    assert mirror.pull().files == manifest.files
    place.write_text(json.dumps(stated | {"revision": 99}))
    assert mirror.pull().revision == 1


def test_buckets_share_the_enterprises_and_change_nothing(
    database: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A city that grows gets more of them; the rows stay the same."""
    stage = Stage()
    owners = stage.enter(9)
    stage.born([(owner, NOTHING) for owner in owners])
    one = actions.rebuild()
    monkeypatch.setattr(mirror, "ENTERPRISES_PER_BUCKET", 2)
    many = mirror.report(home / "frames", mirror.pull())
    assert (one.buckets, many.buckets) == (1, 8)
    assert (many.rows, many.digest) == (one.rows, one.digest)
    stage.born([(owners[0], NOTHING)])
    before = mirror.Manifest.read(home / "frames")
    after = mirror.pull()
    assert before is not None
    assert (before.files, before.deltas) == (after.files, {})
    assert list(after.deltas) == [owners[0] % 8], "what became known lies in a small file beside the bucket"
    assert actions.verify().is_equal


def test_a_delta_that_has_grown_is_worked_into_its_bucket(
    database: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows stay the same, whatever lies where; before that, each pull rewrites the small file alone."""
    stage = Stage()
    owners = stage.enter(2)
    records = stage.born([(owner, NOTHING) for owner in owners * 4])
    base = mirror.pull().files
    monkeypatch.setattr(mirror, "COMPACTED_FROM", 5)
    stage.ended(records[0], "repair", DAYS[1])
    stage.given(records[1], owners[0])
    grown = mirror.pull()
    assert (grown.files, list(grown.deltas)) == (base, [0])
    assert mirror.report(home / "frames", grown).rows == 10
    stage.ended(records[0], "annulment", DAYS[2])
    assert mirror.pull().files == base
    stage.born([(owners[1], NOTHING)] * 3)
    worked_in = mirror.pull()
    assert (worked_in.files != base, worked_in.deltas) == (True, {})
    assert actions.verify().is_equal


def test_what_a_killed_rebuild_left_behind_goes(database: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half sorted rows and half written files are named by no manifest and mean nothing."""
    stage = Stage()
    stage.born([(stage.enter(1)[0], NOTHING)])
    folder = home / "frames"
    (folder / "spilled-old").mkdir(parents=True)
    (folder / "spilled-old" / "0-0.parquet").write_bytes(b"half")
    (folder / "writing.old.parquet").write_bytes(b"half")
    monkeypatch.setattr(shares, "KEPT_SECONDS", -1)
    manifest = mirror.pull()
    assert {path.name for path in folder.iterdir()} == {"manifest.json", *manifest.named}


def test_files_no_manifest_names_go_after_an_hour(database: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that still holds the manifest before keeps its files for so long."""
    stage = Stage()
    (owner,) = stage.enter(1)
    stage.born([(owner, NOTHING)])
    first = mirror.pull()
    stage.born([(owner, NOTHING)])
    second = mirror.pull()
    assert second.files == first.files
    monkeypatch.setattr(shares, "KEPT_SECONDS", -1)
    stage.born([(owner, NOTHING)])
    third = mirror.pull()
    assert not (home / "frames" / second.deltas[0]).exists()
    assert (home / "frames" / third.deltas[0]).exists()
