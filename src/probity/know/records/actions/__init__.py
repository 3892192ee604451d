"""Records: the verbs that take in, settle the quarantine, and end facts."""

from pathlib import Path

from probity.guard.authorities.queries import permit
from probity.guard.authorities.types import Permission
from probity.know.records.actions.delivering import Manner, deliver_file
from probity.know.records.actions.ending import EVENT_KINDS, end, settle_ending, settle_endings
from probity.know.records.actions.settling import (
    MOST_AT_ONCE,
    NotMendable,
    NotWaiting,
    StillRefused,
    give_back,
    give_back_many,
    reject,
    reject_many,
    release,
    release_many,
)
from probity.know.sources.types import BatchLine


def deliver(path: Path, *, feed: str, name: str = "", manner: Manner) -> BatchLine:
    """Take in one delivered file and return its accounting.

    Written in chunks of at most 5,000 rows; all rows become known at once when the batch closes.
    Killed at any moment and sent again, the state is as if it had been sent once.

    Args:
        path: the file.
        feed: a feed key, a source key (its feed is found by the columns), or `auto`.
        name: the file's name as the source gave it, where `path` is a copy.
        manner: in whose name, when, and how.

    Raises:
        FileRefused: when the file cannot be read or fits no feed.
        LeaseHeld: when another delivery of the same source is under way.
        NotPermitted: when the actor may not deliver.
    """
    permit(manner.by, Permission.BATCH_DELIVER)
    return deliver_file(path, feed=feed, name=name or path.name, manner=manner)


__all__ = [
    "EVENT_KINDS",
    "MOST_AT_ONCE",
    "Manner",
    "NotMendable",
    "NotWaiting",
    "StillRefused",
    "deliver",
    "end",
    "give_back",
    "give_back_many",
    "reject",
    "reject_many",
    "release",
    "release_many",
    "settle_ending",
    "settle_endings",
]
