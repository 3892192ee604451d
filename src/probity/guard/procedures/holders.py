"""Holders: who holds a lease, and whether that process is still there."""

import os
import platform


def this_holder() -> str:
    """Return the name under which this process holds leases."""
    return f"{platform.node()}:{os.getpid()}"


def is_gone(holder: str) -> bool:
    """Whether a holder is certainly dead: a process of this machine that no longer runs.

    A killed process is replaced at once here; on another machine its lease has to run out.
    """
    node, _, number = holder.rpartition(":")
    if node != platform.node() or not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
