"""Procedures: the verbs that number, share out, carry on and record the work."""

from probity.guard.procedures.actions.jobs import (
    begin_job,
    cancel_job,
    end_job,
    fail_job,
    put_job_back,
    start_job,
    tell_progress,
    try_job_again,
)
from probity.guard.procedures.actions.leases import fenced, give_lease_back, keep_lease, take_lease
from probity.guard.procedures.actions.revisions import move_cursor, take_revision
from probity.guard.procedures.actions.turns import note_turn

__all__ = [
    "begin_job",
    "cancel_job",
    "end_job",
    "fail_job",
    "fenced",
    "give_lease_back",
    "keep_lease",
    "move_cursor",
    "note_turn",
    "put_job_back",
    "start_job",
    "take_lease",
    "take_revision",
    "tell_progress",
    "try_job_again",
]
