"""Sources: a delivered file as opened, its fit to a feed, its batch."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from probity.rulebook.types import FeedProfile
from probity.terms import Text


@dataclass(frozen=True, slots=True)
class OpenBatch:
    """A batch being written: what the rows of a delivery need to know of it."""

    number: int
    authority: int
    source: str
    feed: str
    sha256: str
    time: int  # the how-many-th delivery of the same bytes
    business_day: date
    chunks: int  # written so far


@dataclass(slots=True)
class Counts:
    """The accounting of some rows: received = accepted + unchanged + superseding + quarantined."""

    received: int = 0
    accepted: int = 0
    unchanged: int = 0
    superseding: int = 0
    quarantined: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a delivered file is, without the file: its name, digest and size in bytes."""

    file_name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One batch with its accounting: received = accepted + unchanged + superseding + quarantined."""

    id: int
    feed: str
    source: str
    kind: str
    settles: int | None
    file_name: str
    sha256: str
    size: int
    time: int
    received: int
    accepted: int
    unchanged: int
    superseding: int
    quarantined: Mapping[str, int]
    state: str  # receiving | closed | held | abandoned
    delivered_at: datetime
    revision: int | None
    by: str
    warnings: tuple[Text, ...]

    @property
    def in_quarantine(self) -> int:
        """The quarantined rows of all codes together."""
        return sum(self.quarantined.values())

    @property
    def balances(self) -> bool:
        """Whether every received row is accounted for."""
        return self.received == self.accepted + self.unchanged + self.superseding + self.in_quarantine


@dataclass(frozen=True, slots=True)
class Limits:
    """What one delivered file may cost; beyond it the file is refused, never half read."""

    file_bytes: int = 512 << 20
    rows: int = 2_000_000
    columns: int = 256
    cell_characters: int = 100_000
    unzipped_bytes: int = 2 << 30
    unzip_ratio: int = 200
    memory_bytes: int = 2 << 30  # of address space, in the parsing process
    processor_seconds: int = 600
    silence_seconds: int = 120  # between two messages of the parsing process


class FileRefused(ValueError):
    """A delivered file that cannot be read or fits no feed: why, in both languages."""

    def __init__(self, code: str, reason: Text) -> None:
        """Keep the code (such as BOMB) and the sentence shown."""
        super().__init__(reason.en)
        self.code, self.reason = code, reason


@dataclass(frozen=True, slots=True)
class Head:
    """The first rows of one sheet as delivered, among which the header stands."""

    sheet: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """How a delivered file answers to a feed profile: where its header is, and every column.

    Columns are called by the first header the profile gives them; `delivered` says what the
    file called them.
    """

    profile: FeedProfile
    sheet: int  # position among the heads
    header: int  # position of the header among the rows of the head
    positions: Mapping[str, int]  # canonical header → position in the file
    delivered: Mapping[str, str]  # canonical header → header as delivered
    unnamed: Mapping[int, str]  # position → header the profile does not know
    persons: Mapping[int, str]  # position → header of a person column, dropped unread


@dataclass(frozen=True, slots=True)
class RowChunk:
    """At most 5,000 received rows as columns of delivered text."""

    numbers: tuple[int, ...]  # of each row in the file, from 1, title rows and blanks counted
    columns: Mapping[str, list[str]]  # canonical header → one text per row
    digests: bytes  # eight bytes per row, over its named columns
    ragged: frozenset[int]  # numbers of rows with more cells than the header, or cut off


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of a file's rows and columns once it was read to its end."""

    received: int
    blank: int
    closing: int  # totals, signatures, the header once more
    is_cut: bool  # the last row stops short: the file was cut off on its way
    unnamed: Mapping[str, int]  # delivered header → cells that held something
    persons: Mapping[str, int]
    warnings: tuple[Text, ...]
