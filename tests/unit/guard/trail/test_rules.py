"""Rules of the trail: equal content has an equal digest, and nothing else has."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest

from probity.guard.trail.rules import (
    PARTS,
    canonical,
    differing,
    entry_text,
    is_intact,
    link_digest,
    moment_text,
    text_digest,
)

AT = datetime(2026, 6, 30, 1, 2, 3, 4, tzinfo=UTC)
TEXTS = [
    moment_text(AT),
    "record.repair",
    "officer:1",
    "market",
    "record:7",
    "",
    "probity 1",
    "5f",
    '{"a":1}',
    "{}",
    "{}",
]


def test_canonical_json_has_one_form() -> None:
    """Sorted, without blanks, Chinese as it is: whoever recomputes it gets the same bytes."""
    assert canonical({"b": [1, None], "a": "企业"}) == '{"a":"企业","b":[1,null]}'


def test_one_moment_is_one_text() -> None:
    """Told in Shanghai or in Greenwich, on the full second or not."""
    assert (
        moment_text(AT.astimezone(timezone(timedelta(hours=8))))
        == moment_text(AT)
        == "2026-06-30T01:02:03.000004+00:00"
    )
    assert moment_text(AT.replace(microsecond=0)) == "2026-06-30T01:02:03.000000+00:00"


def test_the_text_of_an_entry_can_be_made_by_hand() -> None:
    """With `sha256sum`, a text editor and nothing of ours."""
    by_hand = "probity-entry-2\n" + "\n".join(TEXTS)
    assert text_digest(entry_text(TEXTS)) == hashlib.sha256(by_hand.encode()).hexdigest()


@pytest.mark.parametrize("place", range(len(PARTS)))
def test_any_change_of_content_changes_the_digest(place: int) -> None:
    """Else an entry could be altered behind its digest."""
    changed = [text + "x" if number == place else text for number, text in enumerate(TEXTS)]
    assert text_digest(entry_text(changed)) != text_digest(entry_text(TEXTS))
    assert not is_intact(entry_text(changed), text_digest(entry_text(TEXTS)))


def test_what_moves_from_one_column_to_the_next_changes_the_digest() -> None:
    """The columns are told apart, not run together."""
    moved = [*TEXTS[:3], "mark", "etrecord:7", *TEXTS[5:]]
    assert text_digest(entry_text(moved)) != text_digest(entry_text(TEXTS))


@pytest.mark.parametrize("text", ["two\nlines", "\n"])
def test_a_line_break_is_refused(text: str) -> None:
    """It alone could make two entries one text."""
    with pytest.raises(ValueError, match="line break"):
        entry_text([text, *TEXTS[1:]])


def test_a_link_depends_on_everything_before_it() -> None:
    """Number, entry, its digest and the link before."""
    link = link_digest("a" * 64, 7, 9, "b" * 64)
    others = [
        ("c" * 64, 7, 9, "b" * 64),
        ("a" * 64, 8, 9, "b" * 64),
        ("a" * 64, 7, 8, "b" * 64),
        ("a" * 64, 7, 9, "d" * 64),
    ]
    assert link not in {link_digest(*other) for other in others}


def early(detail: str, **later: str) -> str:
    """Return the text of an entry as they were before the software stamped its version."""
    texts = dict(zip(PARTS, TEXTS, strict=True)) | {"software": "", "rulebook": "", "detail": detail} | later
    return entry_text(list(texts.values()))


def test_entries_of_before_the_stamp_are_judged_by_their_own_rule() -> None:
    """They are as they were; nothing of what came later may be written into them."""
    digest = text_digest(canonical([*TEXTS[:5], {"a": 1}]))
    assert is_intact(early('{"a": 1}'), digest) and is_intact(early('{"a":1}'), digest)
    assert not is_intact(early('{"a":2}'), digest) and not is_intact(early("{"), digest)
    for later in ({"before": '{"a":0}'}, {"after": '{"a":0}'}, {"decision": "x"}, {"software": "x"}, {"rulebook": "x"}):
        assert not is_intact(early('{"a":1}', **later), digest)


def test_only_what_differs_is_told() -> None:
    """Names new or gone count as differing."""
    assert differing({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 3, "d": 4}) == ({"b": 2, "c": 3}, {"b": 3, "d": 4})
