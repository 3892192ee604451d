"""Wheel: which function each wheel turns, how often, and where."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from probity.guard.procedures.types import Fence
from probity.terms import Text


class Turn(Protocol):
    """One turn: does what is new, and returns how many things it did; 0 when there was nothing."""

    def __call__(self, *, at: datetime, fence: Fence) -> int:
        """Turn once; a second turn over the same input changes nothing."""


@dataclass(frozen=True)
class Wheel:
    """A name bound to a function: `global` turns in one process in all, `node` in one on each machine."""

    name: str
    turn: Turn
    title: Text
    every: float  # seconds from one turn to the next while there is nothing to do
    kind: Literal["global", "node"] = "global"
    at_end: bool = False  # whether it turns once more before the process ends
    longest: float = 3600  # seconds after which a turn counts as hung, and its lease is let go


def wheels() -> tuple[Wheel, ...]:
    """Return every wheel of the platform, in the order in which the page shows them."""
    from probity.wiring import jobs

    return (
        Wheel("trail", _seal, Text("留痕封存", "trail sealed into its chain"), 1, at_end=True),
        Wheel("heads", _heads, Text("导出留痕链头签名", "signed head of the trail kept"), 3600),
        Wheel("frames", _frames, Text("列式镜像更新", "columnar mirror follows the records"), 5, "node"),
        *(
            Wheel(name, jobs.turn, Text("后台任务", "jobs people started"), 1, "node", longest=24 * 3600)
            for name in ("jobs", "jobs-beside")
        ),
    )


# Every turn is called alike, whether it asks for the moment and its fence or not.


def lease_of(wheel: Wheel, place: str) -> str:
    """Return the name of the lease under which a wheel turns on a node."""
    return f"wheel:{wheel.name}" if wheel.kind == "global" else f"wheel:{wheel.name}@{place}"


def _seal(*, at: datetime, fence: Fence) -> int:  # noqa: ARG001
    from probity.guard.trail.actions import seal

    return seal(at=at)


def _heads(*, at: datetime, fence: Fence) -> int:  # noqa: ARG001
    from probity.guard.trail.actions import export_head

    return 1 if export_head(at=at) else 0


def _frames(*, at: datetime, fence: Fence) -> int:  # noqa: ARG001
    from probity.know.dossiers.actions import follow

    return follow()
