"""Holders: a dead process of this machine is told from one that lives, here or elsewhere."""

import os
import subprocess
import sys

import pytest

from probity.guard.procedures.holders import is_gone, this_holder
from probity.guard.procedures.models import Lease


def test_this_process_is_not_gone() -> None:
    """Its name is stable, fits the table, and says machine and process."""
    holder = this_holder()
    assert holder == this_holder()
    assert len(holder) <= Lease._meta.get_field("holder").max_length
    assert f":{os.getpid()}:" in holder
    assert not is_gone(holder)


def test_a_process_that_ended_is_gone() -> None:
    """Killed, crashed or done: it holds nothing any more."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    node = this_holder().rsplit(":", 2)[0]
    assert is_gone(f"{node}:{ended.pid}:abcdef01")


def test_a_living_process_is_not_gone() -> None:
    """Process 1 lives, whoever may signal it."""
    assert not is_gone(f"{this_holder().rsplit(':', 2)[0]}:1:abcdef01")


def test_an_earlier_process_of_the_same_number_is_gone() -> None:
    """A restarted container gives the same number on the same machine name."""
    assert is_gone(f"{this_holder().rsplit(':', 1)[0]}:not-ours")


@pytest.mark.parametrize("holder", ["another-machine:1:abcdef01", "", "somebody", "a:b:c:d"])
def test_of_others_nothing_is_known(holder: str) -> None:
    """Another machine's process may live: its lease has to run out."""
    assert not is_gone(holder)


def test_a_long_machine_name_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of machines may have 63 characters; the column has 64 in all."""
    monkeypatch.setattr("platform.node", lambda: "m" * 63)
    assert len(this_holder()) <= Lease._meta.get_field("holder").max_length
    assert not is_gone(this_holder())
