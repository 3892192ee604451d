"""Holders: who holds a lease, and whether that process is still there."""

import hashlib
import os
import platform
import secrets
from functools import cache


def this_holder() -> str:
    """Return the name under which this process holds leases: machine, process, and a mark of its own.

    The mark tells it from an earlier process of the same number, as in a restarted container.
    """
    return f"{_node()}:{os.getpid()}:{_mark(os.getpid())}"


def this_place(home: str) -> str:
    """Return the name of a node: this machine, and the local files a process of it works with."""
    return f"{_node()}:{hashlib.sha256(home.encode()).hexdigest()[:8]}"


def is_gone(holder: str) -> bool:
    """Whether a holder is certainly dead: a process of this machine that no longer runs.

    A killed process is replaced at once here; on another machine its lease has to run out.
    """
    node, number, mark = ["", "", "", *holder.rsplit(":", 2)][-3:]
    if node != _node() or not number.isdigit():
        return False
    if int(number) == os.getpid():
        return mark != _mark(os.getpid())
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _node() -> str:
    return platform.node()[:32]  # a holder's name has 64 characters in the table


@cache
def _mark(_process: int) -> str:
    return secrets.token_hex(4)
