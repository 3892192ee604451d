"""Make: writes the files, the calendar and the expected accounting of the city.

Run as `python -m example_city.make`; a second run gives the same bytes.
"""

import sys
import time
from collections import Counter
from pathlib import Path

from example_city.generator import files, steps
from example_city.generator.city import population
from example_city.generator.dice import SEED
from example_city.generator.ledger import Account, Ledger
from example_city.generator.rows import Delivery
from example_city.generator.year import Year

HOME = Path(__file__).parent


def make(home: Path) -> dict[str, int]:
    """Write files/, calendar.yaml and expected.yaml below `home`; return how many of what."""
    everyone = population()
    year = Year(everyone)
    deliveries = year.tell()
    paths = _paths(deliveries)
    (home / "files").mkdir(parents=True, exist_ok=True)
    for stale in (home / "files").iterdir():
        stale.unlink()
    for delivery, path in zip(deliveries, paths, strict=True):
        if delivery.note != "resend":
            files.write(delivery, home / path)
    calendar = steps.all_steps(everyone, year, paths)
    _write_calendar(home / "calendar.yaml", calendar)
    ledger = Ledger()
    accounts = [ledger.account(delivery) for delivery in deliveries]
    _write_expected(home / "expected.yaml", deliveries, paths, accounts)
    rows = sum(len(delivery.rows) for delivery in deliveries)
    return {"enterprises": len(everyone), "deliveries": len(deliveries), "rows": rows, "steps": len(calendar)}


def _paths(deliveries: list[Delivery]) -> list[str]:
    """Return `files/<NN>-<date>-<feed>.<ext>` for each delivery; a resend keeps its first path."""
    paths: list[str] = []
    first: dict[int, str] = {}
    for number, delivery in enumerate(deliveries, 1):
        name = delivery.feed.removeprefix("linlan-").replace("/", "-")
        path = f"files/{number:03d}-{delivery.on:%Y-%m-%d}-{name}.{delivery.dress.ending}"
        paths.append(first.setdefault(id(delivery.rows), path))
    return paths


def _write_calendar(path: Path, calendar: list[steps.Step]) -> None:
    head = [
        "# The year of Linlan (临澜市), a city that does not exist. Written by example_city/make.py.",
        "# Each step happens at `at`: deliver a file, attach a branch, rename, repair, annul, expire.",
        "city: {zh: 临澜市, en: Linlan}",
        f"seed: {SEED}",
        "steps:",
    ]
    path.write_text("\n".join([*head, *(step.line() for step in calendar)]) + "\n", encoding="utf-8")


def _write_expected(path: Path, deliveries: list[Delivery], paths: list[str], accounts: list[Account]) -> None:
    lines = [
        "# What the strict door should say of each file, reckoned from what was planted.",
        "# Written by example_city/make.py; one entry for each `deliver` of the calendar, in its order.",
        "deliveries:",
    ]
    for delivery, file, account in zip(deliveries, paths, accounts, strict=True):
        dirt = Counter(row.dirt for row in delivery.rows if row.dirt)
        refused = ", ".join(f"{code}: {count}" for code, count in account.quarantined.items())
        planted = ", ".join(f"{key}: {count}" for key, count in sorted(dirt.items()))
        lines += [
            f"- file: {file}",
            f"  feed: {delivery.feed}",
            f"  state: {account.state}",
            f"  received: {account.received}",
            f"  accepted: {account.accepted}",
            f"  unchanged: {account.unchanged}",
            f"  superseding: {account.superseding}",
            f"  quarantined: {{{refused}}}",
            f"  planted: {{{planted}}}",
        ]
        if delivery.note:
            lines.append(f"  note: {delivery.note}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Write everything and say how much it was."""
    began = time.perf_counter()
    made = make(HOME)
    told = ", ".join(f"{count} {noun}" for noun, count in made.items())
    sys.stdout.write(f"{told} in {time.perf_counter() - began:.1f} s\n")


if __name__ == "__main__":
    main()
