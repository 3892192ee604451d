"""Procedures: what a holder of a lease is given, and what refuses one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fence:
    """The number under which somebody holds a lease; checked again in every commit."""

    name: str
    number: int


class LeaseHeld(RuntimeError):
    """Somebody else is at work on the same thing and has not run out of time."""


class LeaseLost(RuntimeError):
    """The lease ran out and somebody else took the work over."""
