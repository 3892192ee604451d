"""Procedures: how long a wheel waits after it failed."""

LONGEST_PAUSE = 900.0
"""Seconds after which a failing wheel tries again at the latest."""


def pause_after(failures: int, every: float) -> float:
    """Return how many seconds a wheel waits: its own beat, doubled with every failure in a row."""
    if not failures:
        return every
    return min(max(every, 1.0) * float(2 ** min(failures, 12)), max(LONGEST_PAUSE, every))
