"""Mirror: the records as columns, pulled by cursor, rebuildable any time."""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from probity.engine.frames import COLUMNS, FOREVER
from probity.guard.procedures.queries import latest_revision, moment_of
from probity.know.dossiers.histories import histories
from probity.know.dossiers.rules import spans
from probity.know.dossiers.types import MirrorReport
from probity.know.records import queries as records

if TYPE_CHECKING:
    import polars as pl

ENTERPRISES_PER_BUCKET = 250_000
"""A bucket is the unit of memory, retry and parallelism; 100k–500k keeps its fixed cost small."""

KEPT_SECONDS = 3600
"""Files that no manifest names stay this long, for readers that still hold the one before."""

ROWS_AT_ONCE = 100_000

ORDER = ["enterprise", "day", "record", "from_revision"]


@dataclass(frozen=True)
class Manifest:
    """Which files make up the mirror, and up to which revision of which database."""

    revision: int
    buckets: int
    files: dict[int, str]
    known_at: str = ""  # moment of that revision, by which a mirror of another database is told

    @classmethod
    def read(cls, folder: Path) -> "Manifest | None":
        """Return the manifest of a folder, None before the first."""
        place = folder / "manifest.json"
        if not place.exists():
            return None
        stated = json.loads(place.read_text())
        files = {int(bucket): name for bucket, name in stated["files"].items()}
        return cls(stated["revision"], stated["buckets"], files, stated.get("known_at", ""))

    def write(self, folder: Path) -> None:
        """Put this manifest in the place of the one before, atomically."""
        aside = folder / f"manifest.{os.getpid()}.json"
        aside.write_text(json.dumps(asdict(self)))
        aside.replace(folder / "manifest.json")


def mirror_folder() -> Path:
    """Return where this node keeps its mirror."""
    return Path(settings.PROBITY_HOME) / "frames"


def revision() -> int:
    """Return how far this node's mirror has come, 0 before it was first written."""
    manifest = Manifest.read(mirror_folder())
    return manifest.revision if manifest else 0


def pull(folder: Path | None = None) -> Manifest:
    """Bring the mirror up to the newest revision; nothing is done twice.

    Records born since the manifest's revision are added; those of which more became known are
    computed afresh from their whole history and replace their rows.
    """
    folder = folder or mirror_folder()
    manifest = Manifest.read(folder)
    newest = latest_revision()
    if manifest is None or not _is_ours(folder, manifest) or _wants_more_buckets(manifest):
        return rebuild(folder)
    if manifest.revision < newest:
        manifest = _replaced(folder, manifest, newest)
    return manifest


def rebuild(folder: Path | None = None) -> Manifest:
    """Write the whole mirror anew from the tables, aside, and swap it in."""
    folder = folder or mirror_folder()
    folder.mkdir(parents=True, exist_ok=True)
    newest = latest_revision()
    count = _bucket_count(records.attributed_enterprises())
    empty = Manifest(0, count, {})
    return _replaced(folder, empty, newest)


def verify(folder: Path | None = None) -> MirrorReport:
    """Rebuild aside and compare; the report says whether both hold the same rows."""
    import tempfile

    folder = folder or mirror_folder()
    kept = report(folder, pull(folder))
    with tempfile.TemporaryDirectory(dir=folder) as aside:
        fresh = report(Path(aside), rebuild(Path(aside)))
    return replace(kept, is_equal=kept.digest == fresh.digest)


def bucket_frames(manifest: Manifest, folder: Path | None = None) -> Iterator["pl.LazyFrame"]:
    """Yield the mirror bucket by bucket, each sorted by enterprise and day."""
    import polars as pl

    for _, name in sorted(manifest.files.items()):
        yield pl.scan_parquet((folder or mirror_folder()) / name)


def report(folder: Path, manifest: Manifest) -> MirrorReport:
    """Count the mirror and digest its rows in their canonical order, whatever the bucket count."""
    import polars as pl

    frames = [_read(folder / name) for _, name in sorted(manifest.files.items())]
    whole = pl.concat(frames).sort(ORDER) if frames else _frame([])
    digest = hashlib.sha256(whole.write_csv().encode()).hexdigest()
    return MirrorReport(manifest.revision, manifest.buckets, whole.height, whole["enterprise"].n_unique(), digest)


def _is_ours(folder: Path, manifest: Manifest) -> bool:
    """Whether a mirror is of this database, no later than it, and has all its files."""
    is_known = manifest.known_at == _moment(manifest.revision)
    return is_known and all((folder / name).exists() for name in manifest.files.values())


def _moment(revision: int) -> str:
    moment = moment_of(revision)
    return moment.isoformat() if moment else ""


def _wants_more_buckets(manifest: Manifest) -> bool:
    return _bucket_count(records.attributed_enterprises()) > manifest.buckets


def _bucket_count(enterprises: int) -> int:
    count = 1
    while enterprises > count * ENTERPRISES_PER_BUCKET:
        count *= 2
    return count


def _replaced(folder: Path, manifest: Manifest, newest: int) -> Manifest:
    """Return a manifest whose buckets hold what became known since the one given."""
    import polars as pl

    reopened = records.reopened_between(manifest.revision, newest)
    parts = [_frame(part) for part in _chunked(_born(manifest.revision, newest, reopened))]
    fresh = pl.concat([*parts, _frame(list(_reopened(reopened)))])
    gone = pl.DataFrame({"record": sorted(reopened)}, schema={"record": pl.Int64})
    files = dict(manifest.files)
    for bucket in range(manifest.buckets):
        added = fresh.filter(pl.col("enterprise") % manifest.buckets == bucket)
        kept = _read(folder / files[bucket]) if bucket in files else _frame([])
        left = kept.join(gone, on="record", how="anti")
        if bucket in files and added.is_empty() and left.height == kept.height:
            continue
        files[bucket] = _write(folder, pl.concat([left, added]).sort(ORDER))
    replaced = Manifest(newest, manifest.buckets, files, _moment(newest))
    replaced.write(folder)
    _sweep(folder, set(files.values()))
    return replaced


def _born(after: int, until: int, reopened: set[int]) -> Iterator[tuple[Any, ...]]:
    for *stated, revision in records.born_between(after, until):
        if stated[1] not in reopened:
            yield (*stated, revision, FOREVER, None)


def _reopened(numbers: set[int]) -> Iterator[tuple[Any, ...]]:
    known = histories(numbers)
    for number, *stated in records.stated_columns(numbers):
        for span in spans(known[number]) if number in known else ():
            if span.enterprise is not None:
                yield (span.enterprise, number, *stated, span.from_revision, span.until_revision, span.ends_on)


def _chunked(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    while part := list(islice(rows, ROWS_AT_ONCE)):
        yield part


def _frame(rows: list[tuple[Any, ...]]) -> "pl.DataFrame":
    import polars as pl

    kinds = {"int64": pl.Int64, "string": pl.String, "date": pl.Date}
    return pl.DataFrame(rows, schema={name: kinds[kind] for name, kind in COLUMNS.items()}, orient="row")


def _read(path: Path) -> "pl.DataFrame":
    import polars as pl

    return pl.read_parquet(path).cast({pl.Categorical: pl.String})


def _write(folder: Path, frame: "pl.DataFrame") -> str:
    """Write one immutable file named by its content and return the name."""
    import polars as pl

    aside = folder / f"writing.{os.getpid()}.parquet"
    # Few distinct texts: as categories they are compared as numbers, a tenth to a fifth of the whole CPU time.
    few = pl.col("type", "kind", "degree").cast(pl.Categorical)
    frame.with_columns(few).write_parquet(aside, compression="zstd", row_group_size=500_000)
    name = f"{hashlib.sha256(aside.read_bytes()).hexdigest()[:24]}.parquet"
    aside.replace(folder / name)
    return name


def _sweep(folder: Path, named: set[str]) -> None:
    """Remove files that no manifest has named for an hour."""
    for path in folder.glob("*.parquet"):
        if path.name not in named and time.time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)
