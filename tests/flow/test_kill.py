"""Killed at any moment and sent again, the state is as if it had been sent once."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from probity.guard.trail.models import TrailEntry
from probity.judge.evaluation.models import Outcome, Run
from probity.know.sources.models import Batch
from probity.wiring.delivering import deliver_one
from probity.wiring.replaying import replay
from tests.flow.conftest import CITY, ROOT, Fresh, environment
from tests.flow.contents import contents
from tests.unit.judge.evaluation.judged import DAYS, fact
from tests.unit.know.delivered import DOCKED, docked, written
from tests.unit.know.dossiers.acted import Stage

KILLS = int(os.environ.get("PROBITY_KILLS", "5"))
ROWS = 11_000
"""Three chunks a file, so that most kills fall between two of them."""


def made_file(folder: Path, number: int) -> Path:
    """Write the n-th file: decisions of its own, corrections and withdrawals of the file before, and dirt."""
    dice = random.Random(number)
    rows = []
    for place in range(ROWS):
        decision = number * ROWS + place
        row = dict(docked(decision, "i", of=decision % 3_000))
        chance = dice.random()
        if chance < 0.02:
            row["处罚决定日期"] = "2026-02-30"
        elif chance < 0.04:
            row["统一社会信用代码"] = row["统一社会信用代码"][:-1] + "?"
        elif chance < 0.05:
            row["行政相对人类别"] = "自然人"
        elif chance < 0.15 and number:
            row |= docked(decision - ROWS, dice.choice("ud"), of=(decision - ROWS) % 3_000, 失信程度="严重")
        elif chance < 0.20 and place:
            row |= docked(decision - 1, dice.choice("ud"), of=(decision - 1) % 3_000, 失信程度="轻微")
        elif chance < 0.22:
            row["行政相对人名称"] = f"甲{decision % 3_000}公司（又名）"
        rows.append({"行政相对人类别": "", **row})
    return written(folder, rows, f"{number}.csv")


def started(home: Path, *arguments: object) -> subprocess.Popen[bytes]:
    """Start the command in a process that can be killed alone."""
    connection.close()
    command = [sys.executable, "-m", "probity", *map(str, arguments)]
    return subprocess.Popen(command, env=environment(home), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def killed_after(running: subprocess.Popen[bytes], seconds: float) -> bool:
    """Kill a process after some seconds; False when it had ended properly by then."""
    try:
        _, said = running.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        running.communicate()
        return True
    assert running.returncode == 0, said.decode()
    return False


def timed(home: Path, *arguments: object) -> float:
    """Return how many seconds a command takes undisturbed."""
    began = time.monotonic()
    assert not killed_after(started(home, *arguments), 300)
    return time.monotonic() - began


def openings() -> int:
    """Return how often a batch was opened or gone on with."""
    return TrailEntry.objects.filter(act__in=("batch.opened", "batch.resumed")).count()


def opened(running: subprocess.Popen[bytes], before: int) -> float:
    """Wait until a delivery has opened its batch, or ended; return how many seconds that took."""
    began = time.monotonic()
    while running.poll() is None and openings() == before:
        time.sleep(0.01)
    connection.close()
    return time.monotonic() - began


def test_a_killed_delivery_sent_again_is_one_delivery(fresh: Fresh, tmp_path: Path) -> None:
    """Random moments of several files; what is compared is the content of every table."""
    seed = int(os.environ.get("PROBITY_SEED", time.time_ns() % 10**9))
    dice, kills, halfway, number = random.Random(seed), 0, 0, 0
    deliver = ("deliver", DOCKED, "--despite-expectation")
    running = started(fresh("undisturbed"), *deliver, made_file(tmp_path, 0))
    starting, began = opened(running, 0), time.monotonic()
    assert not killed_after(running, 300)
    working = time.monotonic() - began
    while kills < KILLS:
        file = made_file(tmp_path, number)
        if number:
            fresh("undisturbed")
            deliver_one(file, feed=DOCKED, despite=True)
        home = fresh("disturbed")
        while True:
            before = openings()
            running = started(home, *deliver, file)
            if dice.random() < 0.8:  # most kills fall into the work, some into the start
                opened(running, before)
                moment = dice.uniform(0, working)
            else:
                moment = dice.uniform(0, starting + working)
            if not killed_after(running, moment):
                break
            kills += 1
            halfway += Batch.objects.filter(state="receiving", chunks__gt=0).count()
        number += 1
    print(f"\nseed {seed}: {kills} kills over {number} files, {halfway} of them between chunks")
    fresh("undisturbed")
    wanted = contents()
    fresh("disturbed")
    for table, rows in contents().items():
        assert rows == wanted[table], f"{table} differs, seed {seed}"
    assert len(wanted["records"]) > ROWS / 2


def test_a_killed_load_goes_on_where_it_was(fresh: Fresh, tmp_path: Path) -> None:
    """The first deliveries and branches of the example city, acted out in two processes."""
    place = tmp_path / "example_city"
    (place / "files").mkdir(parents=True)
    lines = (CITY / "calendar.yaml").read_text(encoding="utf-8").splitlines()
    head = lines.index("steps:") + 1
    deliveries = [line for line in lines[head:] if "deliver:" in line][:8]
    others = [line for line in lines[head:] if "branch:" in line][:5]
    (place / "calendar.yaml").write_text("\n".join([*lines[:head], *deliveries, *others]), encoding="utf-8")
    for line in deliveries:
        name = line.split("file: files/")[1].rstrip("}")
        shutil.copy(CITY / "files" / name, place / "files" / name)
    seconds = timed(fresh("timed"), "load", place)
    fresh("undisturbed")
    replay(place, quiet=True)
    wanted = contents()
    home = fresh("disturbed")
    assert killed_after(started(home, "load", place), random.uniform(0.4, 0.8) * seconds)
    assert not killed_after(started(home, "load", place), 120)
    assert contents() == wanted


def test_a_killed_evaluation_leaves_no_outcome_behind(fresh: Fresh) -> None:
    """An unfinished run is none; asked again, the result is the undisturbed one."""
    home = fresh("judged")
    dice, stage = random.Random(1), Stage()
    owners = stage.enter(400)
    stage.born([(dice.choice(owners), fact(dice, "general")) for _ in range(2000)])
    asked = ("evaluate", "--system", "general", "--as-of", DAYS[-1], "--full", "--json")
    seconds = timed(home, *asked)
    first = Run.objects.get()
    assert first.finished_at
    while not killed_after(started(home, *asked), random.uniform(0.5, 0.9) * seconds):
        pass
    running = started(home, *asked)
    said, _ = running.communicate(timeout=120)
    line = json.loads(said)
    assert (line["result_digest"], line["grades"], line["changed"]) == (first.result_digest, first.grades, 0)
    finished = Run.objects.filter(finished_at__isnull=False)
    assert not Outcome.objects.exclude(run__in=finished).exists()


@pytest.mark.soak
def test_fifty_kills(fresh: Fresh, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The issue's number in full."""
    monkeypatch.setattr(f"{__name__}.KILLS", 50)
    test_a_killed_delivery_sent_again_is_one_delivery(fresh, tmp_path)
