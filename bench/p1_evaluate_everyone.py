"""P1: evaluate everyone, against a hand-written query and a loop of the twin."""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONTENDERS = ("probity", "duckdb", "loop")
LOOPED = 5_000
"""How many enterprises the loop judges; its rate is per subject, so a sample is enough."""


def main() -> None:
    """Make the material, run each contender in a process of its own, print JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enterprises", type=int, default=100_000)
    parser.add_argument("--full", action="store_true", help="1,000,000 enterprises, about 10,000,000 facts")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="keep the material here instead of a temporary folder")
    parser.add_argument("--run", choices=CONTENDERS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.run:
        print(json.dumps(measured(asked.run, asked.folder)))
        return
    enterprises = 1_000_000 if asked.full else asked.enterprises
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        report(folder, enterprises, asked.rounds)


def report(folder: Path, enterprises: int, rounds: int) -> None:
    """Print one JSON line per promise: name, value, unit, peer, ratio."""
    facts = subprocess.run(
        [sys.executable, "-c", _MAKE, str(folder), str(enterprises)],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in CONTENDERS}
    for _ in range(rounds):
        for name in CONTENDERS:
            command = [sys.executable, "-m", "bench.p1_evaluate_everyone", "--run", name, "--folder", str(folder)]
            told = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
            runs[name].append(json.loads(told.stdout.splitlines()[-1]))
    rates = {name: [run["subjects"] / run["cpu"] for run in listed] for name, listed in runs.items()}
    rate = {name: statistics.median(listed) for name, listed in rates.items()}
    size = {"enterprises": enterprises, "facts": int(facts.stdout)}
    for peer in ("duckdb", "loop"):
        ratios = [ours / theirs for ours, theirs in zip(rates["probity"], rates[peer], strict=True)]
        print(
            json.dumps(
                {
                    "name": f"P1 evaluate everyone, against {peer}",
                    "value": round(rate["probity"]),
                    "unit": "subjects per CPU-second",
                    "peer": round(rate[peer]),
                    "ratio": round(statistics.median(ratios), 2),
                    "ratios": [round(ratio, 2) for ratio in ratios],
                    **size,
                }
            )
        )
    memory = {name: max(run["memory"] for run in listed) for name, listed in runs.items()}
    print(
        json.dumps(
            {
                "name": "P1 evaluate everyone, peak memory",
                "value": round(memory["probity"]),
                "unit": "MB",
                "peer": round(memory["duckdb"]),
                "ratio": round(memory["probity"] / memory["duckdb"], 2),
                **size,
            }
        )
    )
    assert_same(folder)


_MAKE = (
    "import sys; from pathlib import Path; from bench.p1_made_up import write_facts;"
    "print(write_facts(Path(sys.argv[1]), int(sys.argv[2])))"
)


def measured(name: str, folder: Path) -> dict[str, float]:
    """Run one contender on warm files; imports and reading the index system are not counted."""
    run = {"probity": probity, "duckdb": by_duckdb, "loop": loop}[name](folder)
    before, started = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    subjects = run()
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "cpu": cpu,
        "wall": time.perf_counter() - started,
        "memory": after.ru_maxrss / 1024,
        "subjects": subjects,
    }


def probity(folder: Path):
    """The engine: bucket by bucket, parquet to parquet."""
    import polars as pl

    from bench.p1_made_up import AS_OF, index_system
    from probity.engine.frames import visible
    from probity.engine.scoring import evaluate

    system = index_system()

    def run() -> int:
        subjects = 0
        for path in sorted(folder.glob("facts-*.parquet")):
            listed = path.with_name(path.name.replace("facts", "enterprises"))
            facts = visible(pl.scan_parquet(path), as_of=AS_OF, revision=1)
            judged = evaluate(system, facts, pl.scan_parquet(listed), AS_OF)
            target = path.with_name(path.name.replace("facts", "probity"))
            judged.sink_parquet(target, engine="streaming", statistics=False, row_group_size=250_000)
            subjects += pl.scan_parquet(listed).select(pl.len()).collect().item()
        return subjects

    return run


def by_duckdb(folder: Path):
    """The peer: one query over all buckets, written in the form DuckDB runs fastest (CASE columns first)."""
    import duckdb

    from bench.p1_query import query

    base = duckdb.connect()
    base.execute("set memory_limit = '4GB'")
    written = query(str(folder))

    def run() -> int:
        base.execute(f"copy ({written}) to '{folder}/duckdb.parquet' (format parquet, compression zstd)")
        return base.execute(f"select count(*) from read_parquet('{folder}/enterprises-*.parquet')").fetchone()[0]

    return run


def loop(folder: Path):
    """The peer: the slow twin, one enterprise after the other; facts are read into memory beforehand."""
    import polars as pl

    from bench.p1_made_up import AS_OF, index_system
    from probity.engine.frames import Fact
    from probity.engine.reference import judge

    system = index_system()
    path = next(iter(sorted(folder.glob("facts-*.parquet"))))
    listed = pl.read_parquet(path.with_name(path.name.replace("facts", "enterprises")))["enterprise"][:LOOPED]
    columns = ("enterprise", "record", "type", "day", "until", "kind", "degree", "amount", "points")
    facts = pl.scan_parquet(path).filter(pl.col("enterprise") <= listed[-1]).select(columns).collect().rows()
    dossiers: dict[int, list[Fact]] = {number: [] for number in listed}
    for enterprise, *rest in facts:
        dossiers[enterprise].append(Fact(*rest))

    def run() -> int:
        for dossier in dossiers.values():
            judge(system, dossier, AS_OF)
        return len(dossiers)

    return run


def assert_same(folder: Path) -> None:
    """Fail unless both wrote the same rows: a benchmark of unequal results measures nothing."""
    import polars as pl

    ours = pl.read_parquet(sorted(folder.glob("probity-*.parquet"))).sort("enterprise")
    theirs = pl.read_parquet(folder / "duckdb.parquet").sort("enterprise")
    theirs = theirs.select(ours.columns).cast(dict(ours.schema))
    if not ours.equals(theirs):
        unequal = [name for name in ours.columns if not ours[name].equals(theirs[name])]
        raise SystemExit(f"results differ in {unequal}")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
