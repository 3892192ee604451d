"""Merkle: roots, and proofs that hold for their own leaf only."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probity.engine.drawing.framing import proof_of, proves, salts_from
from probity.engine.drawing.merkle import leaf_of, node_of, path_to, root_by, root_of
from probity.engine.drawing.types import DrawUnit
from tests.unit.engine.drawing.made import CODES, SALTS, UNITS, vector_plan


def plain_root(leaves: list[bytes]) -> bytes:
    """The definition of RFC 6962, read aloud."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_of(plain_root(leaves[:half]), plain_root(leaves[half:]))


LEAVES = [leaf_of(b"", bytes([number])) for number in range(70)]


@pytest.mark.parametrize("count", range(1, 70))
def test_the_root_is_that_of_the_definition(count: int) -> None:
    """Folding as one goes gives the tree that RFC 6962 describes, for every count."""
    assert root_of(LEAVES[:count]) == plain_root(LEAVES[:count])


def test_a_leaf_can_never_pass_for_a_node() -> None:
    """Prefixes 00 and 01 keep both apart."""
    both = LEAVES[0] + LEAVES[1]
    assert node_of(LEAVES[0], LEAVES[1]) == hashlib.sha256(b"\x01" + both).digest() != leaf_of(b"", both)


@given(st.integers(1, 70), st.data())
def test_every_path_leads_to_the_root_and_no_other_leaf_takes_it(count: int, data: st.DataObject) -> None:
    """A proof holds for its leaf, its place and its count."""
    place = data.draw(st.integers(0, count - 1))
    leaves = LEAVES[:count]
    path = path_to(leaves, place)
    assert root_by(leaves[place], place, count, path) == root_of(leaves)
    assert root_by(leaf_of(b"", b"other"), place, count, path) != root_of(leaves)
    with pytest.raises(ValueError, match=r"long|short"):
        root_by(leaves[place], place, count, (*path, LEAVES[0], LEAVES[0]))


def test_an_enterprise_proves_its_own_line_and_no_other() -> None:
    """Its rate, stratum and salt cannot be another's, nor altered."""
    root = vector_plan(is_blind=False).root
    for code in CODES:
        proof = proof_of(UNITS, SALTS, code)
        assert proves(proof, root) and code.encode() in proof.line
    proof = proof_of(UNITS, SALTS, CODES[3])
    for other in (
        type(proof)(proof.line.replace(b"400000", b"400001"), proof.salt, proof.place, proof.count, proof.path),
        type(proof)(proof.line, bytes(32), proof.place, proof.count, proof.path),
        type(proof)(proof.line, proof.salt, proof.place + 1, proof.count, proof.path),
        type(proof)(proof.line, proof.salt, proof.place, proof.count, proof.path[:-1]),
        type(proof)(proof.line, proof.salt, 3, 1, ()),
    ):
        assert not proves(other, root)
    with pytest.raises(KeyError):
        proof_of(UNITS, SALTS, "nobody")


def test_salts_are_fresh_for_each_draw_and_tell_nothing_of_each_other() -> None:
    """No leaf of one draw is found in another, so draws cannot be joined."""
    first, second = (salts_from(bytes([number]) * 32, CODES) for number in (1, 2))
    assert len({*first.values(), *second.values()}) == 20
    line = DrawUnit(CODES[0], "S1", 1).line
    assert leaf_of(first[CODES[0]], line) != leaf_of(second[CODES[0]], line)
    with pytest.raises(ValueError, match="32 bytes"):
        salts_from(b"short", CODES)
