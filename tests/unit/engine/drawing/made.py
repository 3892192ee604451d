"""Made draws: the test vector of the specification, and bundles somebody tampered with."""

import copy
import hashlib
import random
from collections.abc import Callable, Iterator
from typing import Any

from probity.engine.drawing import (
    Promise,
    blinded,
    bundle_of,
    commitment_of,
    committed,
    frame_hash,
    frame_root,
    rates_for,
    salts_from,
    strata_of,
)
from probity.engine.drawing.types import DrawPlan, DrawUnit, SeedSource

CODES = [f"91330000TEST{number:06d}" for number in range(10)]
RATES = [1_000_000, 600_000, 400_000, 400_000, 250_000, 150_000, 100_000, 50_000, 25_000, 25_000]
UNITS = [DrawUnit(code, "S1", ppm) for code, ppm in zip(CODES, RATES, strict=True)]
SALTS = {code: hashlib.sha256(f"salt:{code}".encode()).digest() for code in CODES}
SECRET = bytes(31) + b"\x01"
REVEALED = ["lottery:2025-001:1234567", "dice:2730491856203746"]
SHARE = "5f" * 32
SOURCES = (
    SeedSource("lottery:2026-131", "2026-11-05T21:15:00+08:00"),
    SeedSource("dice", "2026-11-05T21:30:00+08:00"),
    SeedSource(
        "share:audit-office",
        "2026-11-05T22:00:00+08:00",
        hashlib.sha256(SHARE.encode()).hexdigest(),
        "lottery:2026-132",
    ),
)
VALUES = ["lottery:2026-131:0417733", "dice:5316240918824607", f"share:audit-office:{SHARE}"]


def vector_plan(*, is_blind: bool) -> DrawPlan:
    """Return the plan of the specification's vector, 3.4 or 3.4b."""
    public = blinded(UNITS, SALTS) if is_blind else UNITS
    return DrawPlan(
        number="TEST-2025-001",
        root=frame_root(public, None if is_blind else SALTS),
        strata=strata_of(UNITS, {"S1": (3, 2)}),
        is_blind=is_blind,
        frame="" if is_blind else frame_hash(UNITS),
        key_commitment=commitment_of(SECRET),
    )


def vector(*, is_blind: bool) -> dict[str, Any]:
    """Return the opened bundle of the vector."""
    return bundle_of(vector_plan(is_blind=is_blind), UNITS, SALTS, SECRET, REVEALED)


def made(seed: int, *, is_blind: bool = False, is_open: bool = False, largest: int = 40) -> dict[str, Any]:
    """Return the bundle of a random plan: some strata, classes of weights, certainty units, a reserve."""
    chance = random.Random(seed)
    units: list[DrawUnit] = []
    quotas = {}
    for layer in range(chance.randint(1, 4)):
        count = chance.randint(1, largest)
        take = chance.randint(1, count)
        weights = {
            f"{chance.randrange(10**9):09d}-{layer}-{number}": chance.choice([1, 5, 15, 40, 4000])
            for number in range(count)
        }
        floor = chance.randint(1, take * 1_000_000 // count)
        rates = rates_for(weights, take, equal_ppm=chance.choice([0, 200_000, 1_000_000]), floor_ppm=floor)
        units += [DrawUnit(key, f"层{layer}", ppm) for key, ppm in rates.items()]
        quotas[f"层{layer}"] = (take, chance.randint(0, count - take))
    salts = salts_from(chance.randbytes(32), (unit.key for unit in units))
    secret = None if is_open else chance.randbytes(32)
    promise = Promise(f"LL-2026-{seed:03d}", SOURCES, secret, bool(seed % 2), "ab" * 32, "hash-cost-1", "2026-12-31")
    plan = committed(units, salts, quotas, promise, is_blind=is_blind)
    return bundle_of(plan, units, salts, secret, VALUES)


Change = Callable[[dict[str, Any]], None]


def _swap(listed: list[Any]) -> None:
    listed[0], listed[1] = listed[1], listed[0]


def _plan(old: str, new: str) -> Change:
    def change(bundle: dict[str, Any]) -> None:
        assert old in bundle["plan"]
        bundle["plan"] = bundle["plan"].replace(old, new, 1)

    return change


def _flip(text: str) -> str:
    return ("0" if text[0] != "0" else "1") + text[1:]


CHANGES: dict[str, tuple[str, Change]] = {
    "a unit too many": ("frame", lambda b: b["frame"].append("~|S1|25000")),
    "a unit too few": ("frame", lambda b: b["frame"].pop()),
    "a unit twice": ("frame", lambda b: b["frame"].insert(1, b["frame"][0])),
    "units out of order": ("frame", lambda b: _swap(b["frame"])),
    "a rate changed": ("frame", lambda b: b["frame"].__setitem__(1, b["frame"][1].rpartition("|")[0] + "|1")),
    "a friend's rate lowered, another's raised": (
        "frame",
        lambda b: b.update(frame=[*b["frame"][:-2], *_moved(b["frame"][-2:])]),
    ),
    "a rate of zero": ("frame", lambda b: b["frame"].__setitem__(0, b["frame"][0].rpartition("|")[0] + "|0")),
    "a rate in full-width digits": (
        "frame",
        lambda b: b["frame"].__setitem__(0, b["frame"][0].rpartition("|")[0] + "|\uff11"),
    ),
    "another secret": ("secret", lambda b: b.update(secret=_flip(b["secret"]))),
    "the secret kept back": ("secret", lambda b: b.pop("secret")),
    "the secret in capitals": ("secret", lambda b: b.update(secret="F" * 64)),
    "another source": ("lists", lambda b: b["sources"].__setitem__(0, b["sources"][0] + "8")),
    "sources in another order": ("lists", lambda b: _swap(b["sources"])),
    "one source alone": ("seed", lambda b: b["sources"].pop()),
    "a plan of another number": ("lists", _plan("TEST-2025-001", "TEST-2025-002")),
    "a quota changed afterwards": ("frame", _plan("take=3", "take=4")),
    "units miscounted in the plan": ("frame", _plan("units=10", "units=9")),
    "a reserve enlarged afterwards": ("lists", _plan("reserve=2", "reserve=3")),
    "a reserve written with a nought before it": ("plan", _plan("reserve=2", "reserve=02")),
    "a plan without its last line feed": ("plan", lambda b: b.update(plan=b["plan"][:-1])),
    "a plan of another method": ("plan", _plan("method=pareto", "method=poisson")),
    "somebody drawn in another's place": (
        "lists",
        lambda b: b["drawn"]["S1"].__setitem__(2, b["reserve"]["S1"][0]),
    ),
    "drawn in another order": ("lists", lambda b: _swap(b["drawn"]["S1"])),
    "the reserve in another order": ("lists", lambda b: _swap(b["reserve"]["S1"])),
    "one drawn too many": ("lists", lambda b: b["drawn"]["S1"].append(b["reserve"]["S1"].pop(0))),
    "one dropped from the drawn": ("lists", lambda b: b["drawn"]["S1"].pop()),
    "a stratum that is not in the plan": ("lists", lambda b: b["drawn"].update(S2=[])),
    "another version": ("read", lambda b: b.update(version="draw-bundle-v3")),
    "a key that no bundle has": ("read", lambda b: b.update(note="trust me")),
    "half a surrogate pair": ("read", lambda b: b["sources"].__setitem__(1, "dice:\ud800")),
    "a number where text belongs": ("read", lambda b: b["sources"].__setitem__(1, 7)),
}
"""What somebody did to an honest bundle → the step at which it shows, and the doing."""

FULL_ONLY: dict[str, tuple[str, Change]] = {
    "a salt changed": ("frame", lambda b: b["salts"].update({CODES[3]: _flip(b["salts"][CODES[3]])})),
    "a salt missing": ("frame", lambda b: b["salts"].pop(CODES[3])),
    "a salt too many": ("frame", lambda b: b["salts"].update(other="0" * 64)),
    "another frame hash": ("frame", lambda b: b.update(plan=b["plan"].replace(frame_hash(UNITS), "0" * 64))),
    "a blind plan in a full bundle": ("plan", lambda b: b.update(plan=vector(is_blind=True)["plan"])),
}
BLIND_ONLY: dict[str, tuple[str, Change]] = {
    "salts in a blind bundle": ("read", lambda b: b.update(salts={})),
    "a code in a blind bundle": ("frame", lambda b: b["frame"].__setitem__(0, f"{CODES[0]}|S1|1000000")),
    "a full plan in a blind bundle": ("plan", lambda b: b.update(plan=vector(is_blind=False)["plan"])),
    "a frame hash in a blind plan": ("plan", _plan("root=", f"frame={'0' * 64}\nroot=")),
}


def _moved(rows: list[str]) -> list[str]:
    """Move a millionth from one rate to another, so that the sum still holds."""
    (first, one), (second, other) = ((row.rpartition("|")[0], int(row.rpartition("|")[2])) for row in rows)
    return [f"{first}|{one - 1}", f"{second}|{other + 1}"]


def tampered(*, is_blind: bool) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield what was done, the step at which it shows, and the bundle."""
    honest = vector(is_blind=is_blind)
    for name, (step, change) in (CHANGES | (BLIND_ONLY if is_blind else FULL_ONLY)).items():
        bundle = copy.deepcopy(honest)
        change(bundle)
        yield name, step, bundle
