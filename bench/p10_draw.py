"""P10: draw 10,000 of 1,000,000, prove it, check it with the stand-alone checker."""

import argparse
import hashlib
import heapq
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from probity.engine.drawing import (
    Promise,
    bundle_of,
    committed,
    draw,
    draw_key,
    plan_hash,
    plan_text,
    proof_of,
    proves,
    rates_for,
    salts_from,
    seed_of,
)
from probity.engine.drawing.types import DrawUnit, SeedSource

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (SeedSource("lottery:2026-131", "2026-11-05T21:15:00+08:00"), SeedSource("dice", "2026-11-05T21:30:00+08:00"))
VALUES = ["lottery:2026-131:0417733", "dice:5316240918824607"]
TARGET = 15.0
"""Seconds within which the draw, and its check, are to be done."""


def main() -> None:
    """Measure each part and print JSON lines; the peer draws by floating exponential keys and proves nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enterprises", type=int, default=1_000_000)
    parser.add_argument("--take", type=int, default=10_000)
    asked = parser.parse_args()
    weights = {f"91{number:016d}": (2, 10, 30, 80)[number % 4] for number in range(asked.enterprises)}
    begun = time.process_time()
    rates = rates_for(weights, asked.take, equal_ppm=200_000)
    units = [DrawUnit(key, "S1", ppm) for key, ppm in rates.items()]
    rated = time.process_time() - begun
    secret = hashlib.sha256(b"bench").digest()
    for is_blind in (False, True):
        measured(units, secret, asked.take, is_blind=is_blind, rated=rated)


def measured(units: list[DrawUnit], secret: bytes, take: int, *, is_blind: bool, rated: float) -> None:
    """Commit, draw, prove one line, write the bundle and check it; print a line for each."""
    name = "blind" if is_blind else "full"
    begun = time.process_time()
    salts = salts_from(hashlib.sha256(name.encode()).digest(), (unit.key for unit in units))
    quotas = {"S1": (take, take // 10)}
    plan = committed(units, salts, quotas, Promise("P10", SOURCES, secret), is_blind=is_blind)
    promised = time.process_time() - begun
    begun = time.process_time()
    seed = seed_of(plan_hash(plan_text(plan)), VALUES, is_blind=is_blind)
    drawn = draw(units, plan.strata, draw_key(seed, secret)) if not is_blind else None
    ranked = time.process_time() - begun
    peer = _peer(units, take)
    if drawn is not None:
        assert len(drawn.drawn["S1"]) == take
        _say("P10 rates, frame, root and plan", rated + promised, TARGET, "CPU s; the peer is the target")
        _say("P10 draw, against floating keys that nobody can check", ranked, peer, "CPU s")
        begun = time.process_time()
        assert proves(proof_of(units, salts, units[len(units) // 2].key), plan.root)
        _say(
            "P10 prove one enterprise's own line", time.process_time() - begun, TARGET, "CPU s; the peer is the target"
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bundle.json"
        begun = time.process_time()
        path.write_text(json.dumps(bundle_of(plan, units, salts, secret, VALUES)), encoding="utf-8")
        _say(f"P10 open the {name} bundle", time.process_time() - begun, TARGET, "CPU s; the peer is the target")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-I", ROOT / "tools/check_draw.py", path]
        told = subprocess.run(command, check=False, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert told.returncode == 0, told.stdout.decode()
        taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        _say(f"P10 check the {name} bundle, stand-alone", taken, TARGET, "CPU s; the peer is the target")


def _peer(units: list[DrawUnit], take: int) -> float:
    """Return what a plain weighted sampler takes: exponential keys from a seeded generator, smallest first."""
    begun = time.process_time()
    throw = random.Random(7).random
    heapq.nsmallest(take, ((-math.log(1 - throw()) / unit.ppm, unit.key) for unit in units))
    return time.process_time() - begun


def _say(name: str, value: float, peer: float, unit: str) -> None:
    line = {
        "name": name,
        "value": round(value, 2),
        "unit": unit,
        "peer": round(peer, 2),
        "ratio": round(value / peer, 2),
    }
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
