"""Trail: what the terminal says of the chain, and that a killed sealer leaves it whole."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from probity.guard.trail.queries import chosen_entries, sealing, verify_trail
from probity.wiring.commands import main
from tests.unit.guard.trail.chained import AT, act, chain, tamper
from tools.check_trail import Wrong, verdict

ROOT = Path(__file__).resolve().parents[4]
KILLS = int(os.environ.get("PROBITY_KILLS", "5"))


def test_a_trail_in_order_ends_with_status_0(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Sealed, verified, told in one sentence; for machines as JSON."""
    act(1)
    assert main(["trail", "seal"]) == 0 and main(["trail", "verify"]) == 0
    assert "sealed to 1, 0 waiting" in capsys.readouterr().out
    assert main(["trail", "verify", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["in_order"], told["number"], told["faults"]) == (True, 1, [])


def test_a_trail_out_of_order_ends_with_status_1_and_names_the_row(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the reader's language on the error stream."""
    chain(3)
    tamper("UPDATE trail_trailentry SET about = 'thing:9' WHERE about = 'thing:1'")
    assert main(["trail", "verify"]) == 1
    said = capsys.readouterr()
    assert "number 2 (entry" in said.err and "NOT in order" in said.out


def test_an_export_and_a_head_leave_the_platform_whole(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the terminal writes, the checker takes; a day without an act is refused and leaves no file."""
    chain(3)
    place = tmp_path / "trail.jsonl"
    assert main(["trail", "key"]) == 0
    key = capsys.readouterr().out.strip()
    assert main(["trail", "head", "--keep"]) == 0
    head = capsys.readouterr().out.encode()
    assert main(["trail", "export", str(place), "--since", "2026-06-30", "--until", "2026-06-30"]) == 0
    assert verdict(place.open("rb"), key=key, head=head).startswith("In order: rows 1 to 3")
    place.write_bytes(place.read_bytes().replace("经核实".encode(), "经核定".encode(), 1))
    with pytest.raises(Wrong, match="line 2, number 1 of the chain"):
        verdict(place.open("rb"))
    assert main(["trail", "export", str(tmp_path / "none.jsonl"), "--since", "2026-07-01"]) == 2
    assert main(["trail", "export"]) == 2
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".jsonl") == ["trail.jsonl"]


def test_entries_are_listed_by_kind_and_thing(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Newest first, a page at a time."""
    chain(3)
    assert main(["trail", "show", "--act", "test", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["total"], [one["about"] for one in told["entries"]]) == (3, ["thing:2", "thing:1", "thing:0"])
    assert main(["trail", "show", "--about", "thing:1", "--since", "2026-06-30", "--until", "2026-06-30"]) == 0
    assert "thing:1" in capsys.readouterr().out
    assert chosen_entries(actor="officer:1").count() == 0


def test_killed_sealers_leave_no_gap(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed with -9 at any moment, the next one goes on; every entry is sealed once."""
    for number in range(300):
        act(number)
    dice = random.Random(7)
    program = (
        "import django; django.setup()\n"
        "from probity.guard.trail.actions import seal, sealing\n"
        "from probity.guard.trail.actions import sealing as module\n"
        "module.BATCH = 3\n"
        "from datetime import UTC, datetime\n"
        "from django.db import connection; connection.ensure_connection()\n"  # the kill is to hit the sealing
        "print('ready', flush=True)\n"
        "seal(at=datetime.now(UTC))\n"
    )
    environment = {**os.environ, "PYTHONPATH": "src", "DJANGO_SETTINGS_MODULE": "probity.wiring.settings"}
    environment |= _address(database)
    cut_short = 0
    for _ in range(KILLS):
        started = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
        assert started.stdout is not None and started.stdout.readline() == b"ready\n"
        time.sleep(dice.uniform(0.001, 0.03))
        os.kill(started.pid, signal.SIGKILL)
        started.wait()
        state = sealing(at=AT)
        cut_short += 0 < state.number < 300
        assert verify_trail(at=AT).is_in_order
        assert state.number + state.waiting == 300
    assert cut_short
    assert main(["trail", "seal"]) == 0
    assert (sealing(at=AT).number, verify_trail(at=AT).is_in_order) == (300, True)


def _address(name: str) -> dict[str, str]:
    if connection.vendor == "sqlite":
        return {"PROBITY_HOME": str(Path(name).parent), "DATABASE_URL": ""}
    stated = connection.settings_dict
    place = f"{stated['HOST']}:{stated['PORT']}/{name}"
    return {"DATABASE_URL": f"postgres://{stated['USER']}:{stated['PASSWORD']}@{place}"}
