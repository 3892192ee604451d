"""P9: a delivery of penalty rows taken in, against bare inserts of the same."""

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FEED = "beijing-open-data/penalties"
TABLES = (
    "registry_enterprise",
    "registry_identity",
    "registry_enterprisename",
    "records_record",
    "records_attribution",
)
CHUNK = 5_000
HEADER = [
    "source",
    "subject",
    "uid",
    "doc_no",
    "viol_type",
    "category",
    "basis",
    "date",
    "agency",
    "valid_to",
    "amount_wan",
]


def main() -> None:
    """Make the file, take it in and insert bare, round by round, and print JSON lines.

    With DATABASE_URL the same is measured on PostgreSQL, whose peer is COPY. The database it
    names is only used to create others beside it.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--full", action="store_true", help="1,000,000 rows")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--run", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.run:
        print(json.dumps(measured(Path(asked.run))))
        return
    rows = 1_000_000 if asked.full else asked.rows
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "penalties.csv"
        write_penalties(file, rows)
        rounds = [_one_round(file, Path(scratch) / str(number)) for number in range(asked.rounds)]
    report(rows, rounds)


def report(rows: int, rounds: list[dict[str, Any]]) -> None:
    """Print the rate of the median round beside its peer of the same round."""
    rounds.sort(key=lambda one: one["peer_seconds"] / one["seconds"])
    middle = rounds[len(rounds) // 2]
    for name, peer in (
        ("same tables, keys and indexes", "peer_seconds"),
        ("record table alone, no index", "bare_seconds"),
    ):
        print(
            json.dumps(
                {
                    "name": f"P9 take in {rows:,} penalty rows on {middle['vendor']}, against {middle['peer']}: {name}",
                    "value": round(rows / middle["seconds"]),
                    "unit": "rows/s",
                    "peer": round(rows / middle[peer]),
                    "ratio": round(middle[peer] / middle["seconds"], 2),
                    "ratios": [round(one[peer] / one["seconds"], 2) for one in rounds],
                    "cpu_seconds": round(middle["cpu"], 1),
                    "peak_mb": round(middle["peak_mb"]),
                }
            )
        )


def _one_round(file: Path, home: Path) -> dict[str, Any]:
    home.mkdir()
    environment = {**os.environ, "PROBITY_HOME": str(home), "PYTHONPATH": "src"}
    command = [sys.executable, "-m", "bench.p9_take_in_delivery", "--run", str(file)]
    told = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found


def measured(file: Path) -> dict[str, Any]:
    """Take the file in on a fresh database, then insert its rows bare into another; return seconds of each."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probity.wiring.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from probity.guard.procedures.queries import lawbook
    from probity.wiring.delivering import deliver_one

    given = connection.settings_dict["NAME"]
    first, second = _fresh(given, "a"), _fresh(given, "b")
    _point_to(first)
    call_command("migrate", verbosity=0)
    lawbook()
    begun, cpu = time.perf_counter(), _cpu()
    line = deliver_one(file, feed=FEED)
    seconds, cpu = time.perf_counter() - begun, _cpu() - cpu
    assert line.accepted == line.received, line
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    stored = {table: _stored(table) for table in ("authorities_authority", "sources_batch", *TABLES)}
    _point_to(second)
    call_command("migrate", verbosity=0)
    peer = _insert(stored)
    bare = _insert_bare(stored["records_record"])
    _drop(given, first, second)
    return {
        "vendor": connection.vendor,
        "peer": "COPY" if connection.vendor == "postgresql" else "executemany",
        "seconds": seconds,
        "peer_seconds": peer,
        "bare_seconds": bare,
        "cpu": cpu,
        "peak_mb": peak,
    }


def _insert(stored: dict[str, tuple[list[str], list[tuple[Any, ...]]]]) -> float:
    """Insert the rows chunk by chunk, each chunk of all tables in one transaction, and return seconds."""
    from django.db import transaction

    with transaction.atomic():
        for table in ("authorities_authority", "sources_batch"):
            _put(table, *stored[table])
    begun = time.perf_counter()
    most = max(len(rows) for _, rows in stored.values())
    for start in range(0, most, CHUNK):
        with transaction.atomic():
            for table in TABLES:
                names, rows = stored[table]
                _put(table, names, rows[start : start + CHUNK])
    return time.perf_counter() - begun


def _insert_bare(stored: tuple[list[str], list[tuple[Any, ...]]]) -> float:
    """Insert the records alone into a table without keys or indexes and return seconds."""
    from django.db import connection, transaction

    names, rows = stored
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare AS SELECT * FROM records_record WHERE 1 = 0")
    begun = time.perf_counter()
    for start in range(0, len(rows), CHUNK):
        with transaction.atomic():
            _put("bare", names, rows[start : start + CHUNK])
    return time.perf_counter() - begun


def _put(table: str, names: list[str], rows: list[tuple[Any, ...]]) -> None:
    from django.db import connection

    if not rows:
        return
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', rows)


def _stored(table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    from django.db import connection
    from psycopg.types.json import Json

    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
    return names, [tuple(Json(value) if isinstance(value, (dict, list)) else value for value in row) for row in rows]


def _fresh(given: str, suffix: str) -> str:
    from django.db import connection

    if connection.vendor == "sqlite":
        return str(Path(given).with_name(f"{suffix}.sqlite3"))
    name = f"probity_bench_{os.getpid()}_{suffix}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    return name


def _drop(given: str, *names: str) -> None:
    from django.db import connection

    _point_to(given)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _point_to(name: str) -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name


def _cpu() -> float:
    own, parsing = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + parsing.ru_utime + parsing.ru_stime


def write_penalties(file: Path, rows: int) -> None:
    """Write a seeded file of penalties upon a fifth as many enterprises, with valid codes."""
    sys.path.insert(0, str(ROOT / "src"))
    from probity.terms.codes import check_character

    dice = random.Random("p9")
    codes = []
    for number in range(1, rows // 5 + 2):
        body = f"91339901{_organisation(number)}"
        codes.append(body + check_character(body))
    with file.open("w", encoding="utf-8", newline="") as opened:
        sheet = csv.writer(opened)
        sheet.writerow(HEADER)
        for number in range(rows):
            code = dice.choice(codes)
            day = f"2025-{dice.randint(1, 6):02d}-{dice.randint(1, 28):02d}"
            told = ["市局", f"临澜市{code[8:16]}有限公司", code, f"临市监罚〔2025〕{number}号", "无照经营", "罚款"]
            basis = ["《条例》第三十条", day, "临澜市市场监督管理局", "2028-01-01", f"{dice.randint(1, 500) / 100}"]
            sheet.writerow([*told, *basis])


def _organisation(number: int) -> str:
    digits = f"{number:08d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return digits + {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


if __name__ == "__main__":
    main()
