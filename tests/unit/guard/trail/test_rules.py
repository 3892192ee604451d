"""Rules of the trail: equal content has an equal digest, and nothing else has."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from probity.guard.trail.rules import canonical, content_digest

STATED: dict[str, Any] = {
    "at": datetime(2026, 6, 30, 1, 2, 3, 4, tzinfo=UTC),
    "act": "record.repair",
    "by": "officer:1",
    "authority": "market",
    "about": "record:7",
    "detail": {"b": 1, "a": "企业"},
}


def test_canonical_json_has_one_form() -> None:
    """Sorted, without blanks, Chinese as it is: whoever recomputes it gets the same bytes."""
    assert canonical({"b": [1, None], "a": "企业"}) == '{"a":"企业","b":[1,null]}'


def test_the_digest_does_not_depend_on_zone_or_order() -> None:
    """One moment is one moment, told in Shanghai or in Greenwich."""
    told = STATED | {
        "at": STATED["at"].astimezone(timezone(timedelta(hours=8))),
        "detail": {"a": "企业", "b": 1},
    }
    assert content_digest(**told) == content_digest(**STATED)


@pytest.mark.parametrize(
    "change",
    [
        {"at": STATED["at"] + timedelta(microseconds=1)},
        {"act": "record.expiry"},
        {"by": "officer:2"},
        {"authority": ""},
        {"about": "record:8"},
        {"detail": {"b": 1, "a": "企 业"}},
    ],
)
def test_any_change_of_content_changes_the_digest(change: dict[str, Any]) -> None:
    """Else an entry could be altered behind its digest."""
    assert content_digest(**(STATED | change)) != content_digest(**STATED)
