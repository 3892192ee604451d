"""Rules of procedures: pauses that grow but end, and actors that come back as they went."""

from hypothesis import given
from hypothesis import strategies as st

from probity.guard.procedures.rules import LONGEST_PAUSE, actor_read, actor_stated, pause_after
from probity.terms import Actor, ActorKind


@given(st.integers(0, 60), st.floats(0.5, 3600))
def test_a_pause_grows_and_never_passes_its_limit(failures: int, every: float) -> None:
    """A wheel that failed all night is tried again within a quarter of an hour of its mending."""
    pause = pause_after(failures, every)
    assert min(every, LONGEST_PAUSE) <= pause <= max(every, LONGEST_PAUSE)
    assert pause <= pause_after(failures + 1, every)


def test_an_actor_comes_back_from_a_job_as_it_went() -> None:
    """With its body, and without rights it did not have."""
    for by in (Actor(ActorKind.OFFICER, "officer:7", "linlan-market"), Actor.system("terminal")):
        assert actor_read(actor_stated(by)) == by
