"""Which fact a row states, and whether this file has stated it before."""

import json

from hypothesis import given
from hypothesis import strategies as st

from probity.know.records.identities import DIGEST_BYTES, SeenRows, digest, fragment

VALUES = st.one_of(st.text(), st.integers(-(2**62), 2**62), st.booleans())


@given(st.dictionaries(st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True), VALUES, max_size=6))
def test_fragments_sorted_and_joined_are_canonical_json(fields: dict[str, object]) -> None:
    """The door writes JSON by hand for speed; it must be what json itself writes."""
    written = "{" + ",".join(sorted(fragment(key, value) for key, value in fields.items())) + "}"
    assert written == json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def test_nothing_stated_is_nothing_written() -> None:
    assert fragment("key", None) == ""


def test_a_digest_has_sixteen_bytes_and_tells_texts_apart() -> None:
    assert len(digest("甲")) == DIGEST_BYTES == 16
    assert digest("甲") != digest("乙")


def test_equal_rows_are_counted_from_zero() -> None:
    seen = SeenRows()
    assert [seen.ordinal(b"a"), seen.ordinal(b"b"), seen.ordinal(b"a")] == [0, 0, 1]


def test_a_fact_is_remembered_with_its_content_and_row() -> None:
    seen = SeenRows()
    assert seen.first(digest("fact"), digest("content"), 7) is None
    assert seen.first(digest("fact"), digest("other"), 9) == (digest("content"), 7)
