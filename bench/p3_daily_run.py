"""P3: the daily run, of whom records or the calendar touched, against a full run."""

import argparse
import json
import os
import random
import resource
import subprocess
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


DAYS = 3


def main() -> None:
    """Fill a database, build its mirror, judge everyone, let days pass, and print JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enterprises", type=int, default=50_000)
    parser.add_argument("--full", action="store_true", help="1,000,000 enterprises, 10,000,000 records")
    parser.add_argument("--step", choices=["fill", "rebuild", "measure"], help=argparse.SUPPRESS)
    asked = parser.parse_args()
    count = 1_000_000 if asked.full else asked.enterprises
    if asked.step:
        one_step(asked.step, count)
        return
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "PROBITY_HOME": home, "PYTHONPATH": "src"}
        environment["DJANGO_SETTINGS_MODULE"] = "probity.wiring.settings"
        # Each in a process of its own: filling holds all rows in memory, which is no part of the promise.
        for step in ("fill", "rebuild", "measure"):
            command = [sys.executable, "-m", "bench.p3_daily_run", "--enterprises", str(count), "--step", step]
            subprocess.run(command, cwd=ROOT, env=environment, check=True)


def one_step(step: str, count: int) -> None:
    """Do one part in this process."""
    import django

    django.setup()
    from django.core.management import call_command

    from probity.know.dossiers.actions import pulled_buckets, rebuild

    dice = random.Random(f"p3 {step}")
    if step == "fill":
        call_command("migrate", verbosity=0)
        world = World(dice)
        world.add_enterprises(count)
        for _ in range(10):
            world.deliver(dice.randrange(count) + 1 for _ in range(count))
    elif step == "rebuild":
        begun = _cpu()
        pulled_buckets()
        _tell("P3 the mirror built from the tables", _cpu() - begun, count * 10, "records")
        told = rebuild()
        assert told.rows == count * 10, told
    else:
        measure(World(dice, begin_at=count * 10), count)
    _tell(f"P3 peak memory, {step}", _peak(), 0, "enterprises", unit="MB")


def measure(world: "World", count: int) -> None:
    """Judge by parts and in full on each of some days; both have to state the same digest.

    The full run comes second, when the mirror is up to date: the parts pay for bringing it there.
    """
    few = max(1, count // 1000)
    _run(AS_OF, full=True)
    changed, due = [], []
    for ahead in range(1, DAYS + 1):
        world.deliver(number for number in world.some(few, count) for _ in range(world.dice.randint(1, 5)))
        changed.append(_compared(AS_OF + timedelta(days=ahead - 1)))
        world.deliver(number for number in world.some(few, count) for _ in range(2))
        due.append(_compared(AS_OF + timedelta(days=ahead)))
    _say("P3 changed only (0.1 %), against a full run", changed, count)
    _say("P3 changed and due by the calendar, against a full run", due, count)


def _compared(as_of: date) -> tuple[dict[str, Any], dict[str, Any]]:
    some, whole = _run(as_of), _run(as_of, full=True)
    assert some["is_incremental"]
    assert some["digest"] == whole["digest"], "an incremental run differs from a full one"
    return some, whole


def _run(as_of: date, *, full: bool = False) -> dict[str, Any]:
    from probity.judge.evaluation.actions import run
    from probity.know.dossiers.actions import pulled_buckets
    from probity.terms import Actor

    if full:
        pulled_buckets()
    cpu, begun = _cpu(), time.perf_counter()
    line = run(system=SYSTEM, as_of=as_of, full=full, by=Actor.system("bench"), at=datetime.now(UTC))
    return {
        "cpu": _cpu() - cpu,
        "wall": time.perf_counter() - begun,
        "judged": line.judged,
        "digest": line.result_digest,
        "is_incremental": line.is_incremental,
    }


def _say(name: str, pairs: list[tuple[dict[str, Any], dict[str, Any]]], count: int) -> None:
    """Print the day of the median ratio, and the ratios of all days."""
    pairs.sort(key=lambda pair: pair[1]["cpu"] / pair[0]["cpu"])
    some, whole = pairs[len(pairs) // 2]
    line = {
        "name": name,
        "value": round(some["cpu"], 3),
        "unit": "CPU s",
        "peer": round(whole["cpu"], 3),
        "ratio": round(whole["cpu"] / some["cpu"], 1),
        "ratios": [round(each["cpu"] / part["cpu"], 1) for part, each in pairs],
        "judged": some["judged"],
        "enterprises": count,
        "records": count * 10,
    }
    print(json.dumps(line), flush=True)


def _tell(name: str, value: float, size: int, of: str, unit: str = "CPU s") -> None:
    line = {"name": name, "value": round(value, 1), "unit": unit, "peer": None, "ratio": None}
    print(json.dumps(line | ({of: size} if size else {})), flush=True)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


class World:
    """Enterprises and records written straight into the tables, as deliveries would leave them."""

    def __init__(self, dice: random.Random, begin_at: int = 0) -> None:
        """Establish an authority, read which choices the record types have, and go on after so many records."""
        from probity.guard.authorities.actions import platform
        from probity.guard.procedures.queries import lawbook
        from probity.terms import Actor

        self.dice, self.records, self.batches = dice, begin_at, begin_at
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

    def some(self, few: int, count: int) -> list[int]:
        """Return some of the enterprises, each once."""
        return self.dice.sample(range(1, count + 1), few)

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
