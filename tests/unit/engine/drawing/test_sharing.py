"""Sharing: two of three open the secret, one of them knows nothing."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probity.engine.drawing import joined, split

BYTES = st.binary(min_size=32, max_size=32)


@given(BYTES, BYTES)
def test_any_two_shares_open_the_secret(secret: bytes, entropy: bytes) -> None:
    """Losing one holder loses nothing; a draw is not void because one office burnt down."""
    shares = split(secret, entropy)
    for pair in combinations(shares, 2):
        assert joined({holder: shares[holder] for holder in pair}) == secret


@given(BYTES, BYTES, BYTES)
def test_one_share_fits_every_secret(secret: bytes, entropy: bytes, other: bytes) -> None:
    """For each other secret there is an entropy that gives the same first share: it tells nothing."""
    share = split(secret, entropy)[1]
    fitting = bytes(a ^ b for a, b in zip(share, other, strict=True))
    assert split(other, fitting)[1] == share


def test_what_is_no_pair_of_shares_is_refused() -> None:
    """One, three, a foreign holder, a torn share."""
    shares = split(bytes(32), bytes(range(32)))
    for wrong in ({1: shares[1]}, shares, {1: shares[1], 4: shares[2]}, {1: shares[1], 2: b"torn"}):
        with pytest.raises(ValueError, match="two shares"):
            joined(wrong)
    with pytest.raises(ValueError, match="32 bytes"):
        split(b"short", bytes(32))
