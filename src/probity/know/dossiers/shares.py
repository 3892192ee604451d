"""Shares: the immutable files that hold the mirror, each some of the enterprises."""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from probity.engine.frames import COLUMNS

if TYPE_CHECKING:
    import polars as pl

KEPT_SECONDS = 3600
"""Files that no manifest names stay this long, for readers that still hold the one before."""

ROWS_AT_ONCE = 100_000

ORDER = ["enterprise", "day", "record", "from_revision"]

STRIPES = 1024
"""Shares of the enterprises for digesting: a power of two and no fewer than buckets, so that each lies in one bucket."""

_SPILLED = "spilled-"


def frame_of(rows: Iterable[tuple[Any, ...]]) -> "pl.DataFrame":
    """Return rows as columns.

    Few distinct texts: as categories they are compared as numbers, a tenth to a fifth of the whole CPU time.
    """
    import polars as pl

    kinds = {"int64": pl.Int64, "string": pl.String, "date": pl.Date}
    frame = pl.DataFrame(rows, schema={name: kinds[kind] for name, kind in COLUMNS.items()}, orient="row")
    return frame.with_columns(pl.col("type", "kind", "degree").cast(pl.Categorical))


class Sorter:
    """Rows shared out to their buckets on disk, so that memory holds one bucket at a time."""

    def __init__(self, folder: Path, buckets: int) -> None:
        """Begin with nothing."""
        self._folder, self._buckets = folder, buckets
        self._parts: dict[int, list[Path]] = {}

    def add(self, rows: Iterator[tuple[Any, ...]]) -> None:
        """Share rows out, some at a time."""
        import polars as pl

        bucket = (pl.col("enterprise") % self._buckets).alias("bucket")
        while some := list(islice(rows, ROWS_AT_ONCE)):
            shared = frame_of(some).with_columns(bucket).partition_by("bucket", include_key=False, as_dict=True)
            for (number,), part in shared.items():
                parts = self._parts.setdefault(number, [])
                parts.append(self._folder / f"{number}-{len(parts)}.parquet")
                part.write_parquet(parts[-1], compression="lz4", statistics=False)

    @property
    def buckets(self) -> Collection[int]:
        """The buckets that got any row."""
        return self._parts.keys()

    def rows(self, bucket: int) -> "pl.DataFrame":
        """Return the rows of one bucket, in no order."""
        import polars as pl

        parts = self._parts.get(bucket)
        return pl.read_parquet(parts) if parts else frame_of([])


@contextmanager
def sorter(folder: Path, buckets: int) -> Iterator[Sorter]:
    """Open a sorter in a folder of its own, which goes when it closes."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=_SPILLED) as aside:
        yield Sorter(Path(aside), buckets)


def overlaid(base: "pl.LazyFrame", delta: "pl.LazyFrame | None") -> "pl.LazyFrame":
    """Return a bucket with its delta: a record that the delta states is read from it alone.

    The delta states whole histories of records, so nothing has to be taken out of the base.
    """
    import polars as pl

    if delta is None:
        return base
    return pl.concat([base.join(delta.select("record"), on="record", how="anti"), delta])


def read(path: Path) -> "pl.DataFrame":
    """Return the rows of one file."""
    import polars as pl

    return pl.read_parquet(path)


def height(path: Path) -> int:
    """Return how many rows a file has, without reading them."""
    import polars as pl

    return int(pl.scan_parquet(path).select(pl.len()).collect().item())


def write(folder: Path, frame: "pl.DataFrame") -> str:
    """Write one immutable file, its rows in `ORDER`, named by its content; return the name."""
    handle, aside = tempfile.mkstemp(dir=folder, prefix="writing.", suffix=".parquet")
    os.close(handle)
    frame.sort(ORDER).write_parquet(aside, compression="zstd", row_group_size=500_000)
    with Path(aside).open("rb") as written:
        name = f"{hashlib.file_digest(written, 'sha256').hexdigest()[:24]}.parquet"
    Path(aside).replace(folder / name)
    return name


def stripes(frame: "pl.DataFrame") -> dict[int, str]:
    """Return stripe → digest of its rows in canonical order, whatever the buckets are."""
    import polars as pl

    shared = frame.sort(ORDER).with_columns((pl.col("enterprise") % STRIPES).alias("stripe"))
    parts = shared.partition_by("stripe", include_key=False, as_dict=True)
    return {stripe: hashlib.sha256(part.write_csv().encode()).hexdigest() for (stripe,), part in parts.items()}


def sweep(folder: Path, named: Collection[str]) -> None:
    """Remove files that no manifest has named for an hour, and what a killed process left half sorted."""
    for path in (*folder.glob("*.parquet"), *folder.glob(f"{_SPILLED}*")):
        if path.name not in named and time.time() - path.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
