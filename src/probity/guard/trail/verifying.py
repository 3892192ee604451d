"""Verifying: the chain recomputed from the rows as they stand in the database."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DatabaseError

from probity.guard.trail.exporting import kept_heads
from probity.guard.trail.reading import (
    Row,
    chain_end,
    counts,
    sealed_chunks,
    waiting_numbers,
    waiting_rows,
)
from probity.guard.trail.rules import BEFORE_THE_FIRST, is_intact, link_digest, moment_text, text_digest
from probity.guard.trail.types import LATE_AFTER, TrailFault, Verification

MOST_FAULTS = 100
"""A verification stops here: a trail with so many faults is read with the checker's other tools."""


def verify_trail(*, at: datetime, tell: Callable[[int], None] | None = None) -> Verification:
    """Recompute every link and every entry, and compare with the heads that were signed before.

    A flipped byte, a missing, inserted or exchanged row in either table is a fault that names its
    number; rows cut off at the end are found by a head that reaches further than the chain.
    """
    heads, strange = kept_heads()
    walk = _Walk({head.number: head.digest for head in heads})
    try:
        for rows in sealed_chunks(0):
            walk.go_on(rows)
            if tell:
                tell(walk.number)
            if len(walk.faults) >= MOST_FAULTS:
                break
    except (DatabaseError, UnicodeDecodeError) as unreadable:
        walk.fault(walk.number + 1, 0, f"无法读取：{unreadable}", f"cannot be read: {unreadable}")
    walk.finish(strange)
    newest = chain_end()[2]
    waiting = _check_waiting(walk, newest, at)
    return Verification(walk.number, walk.previous, waiting, len(walk.heads), tuple(walk.faults))


@dataclass
class _Walk:
    heads: dict[int, str]
    number: int = 0
    previous: str = BEFORE_THE_FIRST
    faults: list[TrailFault] = field(default_factory=list)

    def fault(self, number: int, entry: int, zh: str, en: str) -> None:
        self.faults.append(TrailFault(number, entry, zh, en))

    def go_on(self, rows: Iterable[Row]) -> None:
        """Take rows by number until faults abound; an ordinary row costs two digests and five comparisons."""
        sha256, heads = hashlib.sha256, self.heads
        number, previous = self.number, self.previous
        for row in rows:
            link = f"{previous}\n{number + 1}\n{row[1]}\n{row[2]}"
            if (
                row[6] is not None
                and sha256(row[6].encode()).hexdigest() == row[2] == row[5]
                and sha256(link.encode()).hexdigest() == row[4]
                and row[0] == number + 1
                and row[3] == previous
                and heads.get(row[0], row[4]) == row[4]
            ):
                number, previous = row[0], row[4]
            else:
                self.number, self.previous = number, previous
                self._examine(row)
                number, previous = self.number, self.previous
            if len(self.faults) >= MOST_FAULTS:
                break
        self.number, self.previous = number, previous

    def _examine(self, row: Row) -> None:
        """Say what is wrong with a row; an entry of an early form is in order by its own digest."""
        number, entry, stated, previous, digest, own, text = row
        expected = self.number + 1
        if number != expected:
            gap = f"{expected}" if number == expected + 1 else f"{expected}–{number - 1}"
            self.fault(expected, 0, f"缺少封存 {gap}", f"the seals {gap} are missing")
        elif previous != self.previous:
            self.fault(number, entry, "与前一号不相连", "does not follow from the seal before it")
        if digest != link_digest(previous, number, entry, stated):
            self.fault(number, entry, "封存本身被改动", "the seal itself was changed")
        if text is None:
            self.fault(number, entry, "被封存的留痕不存在", "the sealed entry is missing")
        elif text_digest(text) != stated:
            self.fault(number, entry, "留痕内容与封存不符", "the entry is not the one that was sealed")
        elif not is_intact(text, own):
            self.fault(number, entry, "留痕内容与其自身摘要不符", "the entry does not have its own digest")
        if self.heads.get(number, digest) != digest:
            self.fault(number, entry, "与已签名的链头不符", "differs from the head that was signed")
        self.number, self.previous = number, digest

    def finish(self, strange: Iterable[str]) -> None:
        for name in strange:
            self.fault(0, 0, f"链头文件 {name} 不是本机签名", f"the head {name} does not bear our signature")
        further = [number for number in self.heads if number > self.number]
        if further and len(self.faults) < MOST_FAULTS:
            last = max(further)
            self.fault(
                last, 0, f"链尾缺失：已签名至第 {last} 号", f"the end is missing: a head was signed at number {last}"
            )


def _check_waiting(walk: _Walk, newest: int, at: datetime) -> int:
    """Check the entries behind the chain; one that stands among sealed numbers was put in between."""
    entries, seals = counts()
    for row in waiting_rows(newest, MOST_FAULTS):
        if not is_intact(row[2], row[1]):
            walk.fault(0, row[0], "待封存的留痕与其自身摘要不符", "the waiting entry does not have its own digest")
    behind = int(waiting_numbers(newest)[0][0])
    if entries - seals != behind and not walk.faults:
        late = moment_text(at - LATE_AFTER)
        for row in waiting_rows(0, MOST_FAULTS):
            if row[0] < newest and row[2].split("\n")[1] <= late:
                walk.fault(0, row[0], "未封存的留痕夹在已封存者之间", "an unsealed entry stands among sealed ones")
    return max(behind, entries - seals)
