"""Rules of procedures: pauses that grow but end."""

from hypothesis import given
from hypothesis import strategies as st

from probity.guard.procedures.rules import LONGEST_PAUSE, pause_after


@given(st.integers(0, 60), st.floats(0.5, 3600))
def test_a_pause_grows_and_never_passes_its_limit(failures: int, every: float) -> None:
    """A wheel that failed all night is tried again within a quarter of an hour of its mending."""
    pause = pause_after(failures, every)
    assert min(every, LONGEST_PAUSE) <= pause <= max(every, LONGEST_PAUSE)
    assert pause <= pause_after(failures + 1, every)
