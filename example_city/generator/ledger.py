"""Ledger: reckons the accounting of each file from what was planted in it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from example_city.generator.rows import Delivery, Row


@dataclass(frozen=True, slots=True)
class Account:
    """What the strict door should say of one file, row counts by verdict."""

    state: str  # closed | held
    received: int
    accepted: int
    unchanged: int
    superseding: int
    quarantined: Mapping[str, int]

    def balances(self) -> bool:
        """Whether every received row is accounted for."""
        taken = self.accepted + self.unchanged + self.superseding
        return self.received == taken + sum(self.quarantined.values())


class Ledger:
    """What stands after each delivery: feed and identity → meaning."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._standing: dict[tuple[str, ...], str] = {}

    def account(self, delivery: Delivery) -> Account:
        """Return the accounting of a delivery and remember what it stated."""
        rows = delivery.rows
        if delivery.is_held:
            return Account("held", len(rows), 0, 0, 0, {"held": len(rows)})
        verdicts: Counter[str] = Counter()
        alike: Counter[str] = Counter()
        refused: Counter[str] = Counter()
        stated: dict[tuple[str, ...], str] = {}
        for row in rows:
            if row.problem:
                refused[row.problem] += 1
                continue
            alike[row.meaning] += 1
            if row.identity and row.operation in ("", "i"):
                first = stated.setdefault(row.identity, row.meaning)
                if first != row.meaning:  # the first statement of a file stands
                    refused["CONFLICT"] += 1
                    continue
            verdicts[self._verdict(delivery.feed, row, alike[row.meaning])] += 1
        return Account(
            "closed",
            len(rows),
            verdicts["accepted"],
            verdicts["unchanged"],
            verdicts["superseding"],
            dict(sorted(refused.items())),
        )

    def _verdict(self, feed: str, row: Row, ordinal: int) -> str:
        """Return what becomes of a row; one without identity is known by all it says and its ordinal."""
        key = (feed, *(row.identity or (row.meaning, str(ordinal))))
        before = self._standing.get(key)
        if before is None and row.operation == "d":
            return "unchanged"  # what nobody stated cannot be withdrawn
        meaning = "" if row.operation == "d" else row.meaning
        self._standing[key] = meaning
        if before is None:
            return "accepted"
        return "unchanged" if before == meaning else "superseding"
