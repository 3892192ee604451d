"""Mirror: the records as columns, pulled by cursor, rebuildable any time."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from probity.engine.frames import FOREVER
from probity.guard.procedures.queries import latest_revision, mark_of
from probity.know.dossiers import shares
from probity.know.dossiers.histories import histories
from probity.know.dossiers.rules import spans
from probity.know.dossiers.types import MirrorReport
from probity.know.records import queries as records
from probity.know.registry.queries import newest_enterprise

if TYPE_CHECKING:
    import polars as pl

ENTERPRISES_PER_BUCKET = 250_000
"""A bucket is the unit of memory, retry and parallelism; 100k–500k keeps its fixed cost small."""

COMPACTED_FROM, COMPACTED_SHARE = 20_000, 16
"""A delta of more rows than this, and than one in so many of its bucket, is worked into the bucket."""


@dataclass(frozen=True)
class Manifest:
    """Which files make up the mirror, and up to which revision of which database."""

    revision: int
    buckets: int
    files: dict[int, str]
    known_at: str = ""  # moment of that revision, by which a mirror of another database is told
    deltas: dict[int, str] = field(default_factory=dict)  # bucket → what became known since its file was written

    @classmethod
    def read(cls, folder: Path) -> "Manifest | None":
        """Return the manifest of a folder, None before the first."""
        place = folder / "manifest.json"
        if not place.exists():
            return None
        stated = json.loads(place.read_text())
        files, deltas = (
            {int(bucket): name for bucket, name in stated.get(part, {}).items()} for part in ("files", "deltas")
        )
        return cls(stated["revision"], stated["buckets"], files, stated.get("known_at", ""), deltas)

    @property
    def named(self) -> set[str]:
        """The files that this manifest names."""
        return {*self.files.values(), *self.deltas.values()}

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

    Records born since the manifest's revision, and the whole histories of those of which more
    became known, go into the delta of their bucket; a delta that has grown is worked in.
    """
    folder = folder or mirror_folder()
    manifest = Manifest.read(folder)
    newest = latest_revision()
    if manifest is None or not _is_ours(folder, manifest) or _bucket_count() > manifest.buckets:
        return rebuild(folder)
    if manifest.revision < newest:
        manifest = _grown(folder, manifest, newest)
    return manifest


def rebuild(folder: Path | None = None) -> Manifest:
    """Write the whole mirror anew from the tables, aside, and swap it in; memory holds one bucket at a time."""
    folder = folder or mirror_folder()
    newest = latest_revision()
    count = _bucket_count()
    with shares.sorter(folder, count) as sorter:
        sorter.add(_stated_between(0, newest))
        files = {bucket: shares.write(folder, sorter.rows(bucket)) for bucket in range(count)}
    return _swapped_in(folder, Manifest(newest, count, files, mark_of(newest)))


def verify(folder: Path | None = None) -> MirrorReport:
    """Rebuild aside and compare; the report says whether both hold the same rows."""
    folder = folder or mirror_folder()
    kept = report(folder, pull(folder))
    with tempfile.TemporaryDirectory(dir=folder) as aside:
        fresh = report(Path(aside), rebuild(Path(aside)))
    return replace(kept, is_equal=kept.digest == fresh.digest)


def bucket_frames(manifest: Manifest, folder: Path | None = None) -> Iterator["pl.LazyFrame"]:
    """Yield the mirror bucket by bucket, each file sorted by enterprise and day."""
    import polars as pl

    folder = folder or mirror_folder()
    for bucket, name in sorted(manifest.files.items()):
        delta = manifest.deltas.get(bucket)
        yield shares.overlaid(pl.scan_parquet(folder / name), pl.scan_parquet(folder / delta) if delta else None)


def report(folder: Path, manifest: Manifest) -> MirrorReport:
    """Count the mirror and digest its rows in a canonical order, whatever the bucket count."""
    rows, enterprises, digests = 0, 0, dict[int, str]()
    for bucket in bucket_frames(manifest, folder):
        frame = bucket.collect()
        rows, enterprises = rows + frame.height, enterprises + frame["enterprise"].n_unique()
        digests |= shares.stripes(frame)
    digest = hashlib.sha256(json.dumps(sorted(digests.items())).encode()).hexdigest()
    return MirrorReport(manifest.revision, manifest.buckets, rows, enterprises, digest)


def _is_ours(folder: Path, manifest: Manifest) -> bool:
    """Whether a mirror is of this database, no later than it, and has all its files."""
    is_known = manifest.known_at == mark_of(manifest.revision)
    return is_known and all((folder / name).exists() for name in manifest.named)


def _bucket_count() -> int:
    count = 1
    while newest_enterprise() > count * ENTERPRISES_PER_BUCKET:
        count *= 2
    return count


def _grown(folder: Path, manifest: Manifest, newest: int) -> Manifest:
    """Return a manifest whose deltas hold what became known since the one given."""
    files, deltas = dict(manifest.files), dict(manifest.deltas)
    with shares.sorter(folder, manifest.buckets) as sorter:
        sorter.add(_stated_between(manifest.revision, newest))
        for bucket in sorter.buckets:
            delta = sorter.rows(bucket)
            if bucket in deltas:
                delta = shares.overlaid(shares.read(folder / deltas[bucket]).lazy(), delta.lazy()).collect()
            if delta.height <= max(COMPACTED_FROM, shares.height(folder / files[bucket]) // COMPACTED_SHARE):
                deltas[bucket] = shares.write(folder, delta)
                continue
            deltas.pop(bucket, None)
            whole = shares.overlaid(shares.read(folder / files[bucket]).lazy(), delta.lazy())
            files[bucket] = shares.write(folder, whole.collect())
    return _swapped_in(folder, Manifest(newest, manifest.buckets, files, mark_of(newest), deltas))


def _swapped_in(folder: Path, manifest: Manifest) -> Manifest:
    manifest.write(folder)
    shares.sweep(folder, manifest.named)
    return manifest


def _stated_between(after: int, until: int) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of all records of which anything became known in a span of revisions."""
    reopened = records.reopened_between(after, until)
    for *stated, revision in records.born_between(after, until):
        if stated[1] not in reopened:
            yield (*stated, revision, FOREVER, None)
    known = histories(reopened)
    for number, *stated in records.stated_columns(reopened):
        for span in spans(known[number]) if number in known else ():
            if span.enterprise is not None:
                yield (span.enterprise, number, *stated, span.from_revision, span.until_revision, span.ends_on)
