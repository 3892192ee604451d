"""P3: the daily run, of whom records or the calendar touched, against a full run."""

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
AS_OF = date(2026, 6, 15)  # no first of a month follows, on which months begin for everybody
SYSTEM = "general"


def main() -> None:
    """Fill a database, judge everyone, let a day pass, and print JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enterprises", type=int, default=50_000)
    parser.add_argument("--full", action="store_true", help="1,000,000 enterprises, 10,000,000 records")
    asked = parser.parse_args()
    count = 1_000_000 if asked.full else asked.enterprises
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(PROBITY_HOME=home, DJANGO_SETTINGS_MODULE="probity.wiring.settings")
        sys.path.insert(0, str(ROOT / "src"))
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measure(count)


def measure(count: int) -> None:
    """Judge in full and by parts; every partial result has to equal the full one of the same day."""
    from probity.know.dossiers.actions import pulled_buckets

    dice = random.Random("p3")
    world = World(dice)
    world.add_enterprises(count)
    world.deliver(dice.randrange(count) + 1 for _ in range(count * 10))
    pulled_buckets()
    full = _run(AS_OF, full=True)
    touched = dice.sample(range(1, count + 1), max(1, count // 1000))
    world.deliver(number for number in touched for _ in range(dice.randint(1, 5)))
    changed = _run(AS_OF)
    check = _run(AS_OF, full=True)
    assert changed["digest"] == check["digest"], "an incremental run differs from a full one"
    world.deliver(number for number in dice.sample(range(1, count + 1), max(1, count // 1000)) for _ in range(2))
    due = _run(AS_OF + timedelta(days=1))
    again = _run(AS_OF + timedelta(days=1), full=True)
    assert due["digest"] == again["digest"], "a run of the due differs from a full one"
    size = {"enterprises": count, "records": world.records, "peak_mb": _peak()}
    _say("P3 changed only (0.1 %), against a full run", changed, full, size)
    _say("P3 changed and due by the calendar, against a full run", due, again, size)


def _run(as_of: date, *, full: bool = False) -> dict[str, Any]:
    from probity.judge.evaluation.actions import run
    from probity.terms import Actor

    cpu, begun = _cpu(), time.perf_counter()
    line = run(system=SYSTEM, as_of=as_of, full=full, by=Actor.system("bench"), at=datetime.now(UTC))
    return {
        "cpu": _cpu() - cpu,
        "wall": time.perf_counter() - begun,
        "judged": line.judged,
        "digest": line.result_digest,
        "is_incremental": line.is_incremental,
    }


def _say(name: str, run: dict[str, Any], peer: dict[str, Any], size: dict[str, Any]) -> None:
    line = {"name": name, "value": round(run["cpu"], 3), "unit": "CPU s", "peer": round(peer["cpu"], 3)}
    print(json.dumps(line | {"ratio": round(peer["cpu"] / run["cpu"], 1), "judged": run["judged"]} | size))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


class World:
    """Enterprises and records written straight into the tables, as deliveries would leave them."""

    def __init__(self, dice: random.Random) -> None:
        """Establish an authority and read which choices the record types have."""
        from probity.guard.authorities.actions import platform
        from probity.guard.procedures.queries import lawbook
        from probity.terms import Actor

        self.dice, self.records, self.batches = dice, 0, 0
        self.authority = platform(by=Actor.system("bench"), at=datetime.now(UTC))
        kinds = []
        for key in sorted(lawbook().index_system(SYSTEM, AS_OF).record_types):
            type_ = lawbook().record_type(key, AS_OF)
            fields = type_.fields
            kinds.append(
                (
                    key,
                    sorted(fields[type_.kind].choices) if type_.kind else [None],
                    sorted(fields[type_.degree].choices) if type_.degree else [None],
                )
            )
        self.kinds = kinds

    def add_enterprises(self, count: int) -> None:
        """Register so many enterprises."""
        from django.db import transaction

        from probity.guard.trail.tables import fill, writing
        from probity.know.registry.models import Enterprise

        moment = datetime(2025, 1, 1, tzinfo=UTC)
        rows = ((number, f"9133{number:014d}", f"企业{number}", True, moment) for number in range(1, count + 1))
        with transaction.atomic(), writing():
            fill(Enterprise, ("id", "code", "name", "is_provisional", "known_at"), rows)

    def deliver(self, enterprises: Iterator[int]) -> None:
        """Write one closed batch with a record for each enterprise named."""
        from django.db import transaction

        from probity.guard.procedures.actions import take_revision
        from probity.guard.trail.tables import fill, writing
        from probity.know.records.models import Attribution, Record
        from probity.know.sources.models import Batch

        self.batches += 1
        at = datetime(2026, 6, 1, tzinfo=UTC)
        names = ["id", "authority_id", "batch_id", "row_number", "type", "identity", "content", "occurred_on", "kind"]
        with transaction.atomic(), writing():
            revision = take_revision(at=at, cause="bench")
            batch = Batch.objects.create(
                authority_id=self.authority,
                source="bench",
                feed="bench/records",
                feed_digest="-",
                file_name="bench",
                sha256=f"{self.batches:064d}",
                size=0,
                state="closed",
                by="bench",
                delivered_at=at,
                business_day=at.date(),
                closed_at=at,
                revision=revision,
            )
            owners: list[tuple[int, int, str]] = []
            fill(Record, [*names, "degree", "amount", "points", "fields"], self._rows(batch.pk, enterprises, owners))
            fill(Attribution, ("record_id", "enterprise_id", "how"), owners)

    def _rows(self, batch: int, enterprises: Iterator[int], owners: list[tuple[int, int, str]]) -> Iterator[Any]:
        for enterprise in enterprises:
            self.records += 1
            key, kinds, degrees = self.dice.choice(self.kinds)
            mark = self.records.to_bytes(16, "big")
            day = AS_OF - timedelta(days=self.dice.randrange(1500))
            owners.append((self.records, enterprise, "credit_code"))
            stated = (self.dice.choice(kinds), self.dice.choice(degrees), self.dice.randrange(10**7), 100, "{}")
            yield (self.records, self.authority, batch, 1, key, mark, mark, day, *stated)


if __name__ == "__main__":
    main()
