"""Trail: what recording an act costs, as a share of the act's own time."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from trail_made_up import say

AT = datetime(2026, 6, 30, tzinfo=UTC)
ROUNDS, ACTS = 9, 120


def main() -> None:
    """Measure three real verbs with their entry and, as the peer, the same verbs with the entry left out."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"PROBITY_HOME": home, "DJANGO_SETTINGS_MODULE": "probity.wiring.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from probity.wiring.stamping import stamp_versions

        stamp_versions()
        for name, verb in verbs().items():
            taken, peer = measured(verb)
            say(f"trail overhead, {name}, ms an act against the same without its entry", taken, "ms", peer)


def verbs() -> dict[str, Callable[[int], None]]:
    """Return verbs by name, each taking a number that makes its call its own."""
    from probity.guard.authorities.actions import establish
    from probity.guard.trail.tables import writing
    from probity.know.registry import actions as registry
    from probity.know.registry.models import Enterprise
    from probity.terms import Actor, CreditCode, Text

    by, code = Actor.system("bench"), CreditCode("91350100M000100Y43")
    with writing():
        Enterprise.objects.create(code=code, name="甲", known_at=AT)

    def body(number: int) -> None:
        establish(key=f"body-{number}", title=Text(f"局{number}", f"Bureau {number}"), by=by, at=AT)

    def rename(number: int) -> None:
        registry.rename(code=code, name=f"甲{number}", from_day=date(2026, 1, 1), source="bench", by=by, at=AT)

    def classes(number: int) -> None:
        rows = [(f"{place}", f"类{number}", "") for place in range(1000, 1200)]
        registry.add_industries(edition=f"{number}", classes=rows, by=by, at=AT)

    return {"a body established": body, "an enterprise renamed": rename, "200 industries added": classes}


def measured(verb: Callable[[int], None]) -> tuple[float, float]:
    """Return the median milliseconds with and without the entry, measured in turns of the same length."""
    with_entry, without = [], []
    number = 0
    for _ in range(ROUNDS):
        for kept, context in ((with_entry, _as_is), (without, _unrecorded)):
            with context():
                began = time.perf_counter()
                for _ in range(ACTS):
                    number += 1
                    verb(number)
                kept.append((time.perf_counter() - began) / ACTS * 1000)
    return statistics.median(with_entry), statistics.median(without)


@contextmanager
def _as_is() -> Iterator[None]:
    yield


@contextmanager
def _unrecorded() -> Iterator[None]:
    from probity.guard.trail.actions import recording

    record: Any = recording._record
    recording._record = lambda *_: None
    try:
        yield
    finally:
        recording._record = record


if __name__ == "__main__":
    main()
