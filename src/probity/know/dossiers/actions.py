"""Dossiers: the verbs that keep the columnar mirror in step with the records."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from probity.guard.procedures.queries import latest_revision
from probity.know.dossiers import mirror
from probity.know.dossiers.types import MirrorReport

if TYPE_CHECKING:
    import polars as pl


def pulled_buckets() -> "Sequence[pl.LazyFrame]":
    """Bring the mirror up to date and return its buckets."""
    return list(mirror.bucket_frames(mirror.pull()))


def rebuild() -> MirrorReport:
    """Write the whole mirror anew from the tables and report what it holds."""
    return mirror.report(mirror.mirror_folder(), mirror.rebuild())


def verify() -> MirrorReport:
    """Compare the mirror with one built aside from the tables; see `MirrorReport.is_equal`."""
    return mirror.verify()


def follow() -> int:
    """Bring this node's mirror up to the newest revision; return how many revisions that were."""
    before = mirror.revision()
    return mirror.pull().revision - before if latest_revision() > before else 0
