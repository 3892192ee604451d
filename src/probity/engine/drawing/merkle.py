"""Merkle: one hash over many salted lines, and a short proof for each of them."""

from collections.abc import Iterable, Sequence
from hashlib import sha256


def leaf_of(salt: bytes, line: bytes) -> bytes:
    """Return the leaf of one line: SHA-256 of 00, the salt, the line with its line feed (RFC 6962, salted)."""
    return sha256(b"\x00" + salt + line).digest()


def node_of(left: bytes, right: bytes) -> bytes:
    """Return the node over two others: SHA-256 of 01, left, right."""
    return sha256(b"\x01" + left + right).digest()


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root of a tree split at the largest power of two below its count.

    Full subtrees are folded as they appear, so that the tree of a million leaves needs the
    memory of twenty nodes.

    Raises:
        ValueError: when there is no leaf.
    """
    peaks: list[tuple[int, bytes]] = []  # (height, node), heights falling
    for leaf in leaves:
        height, node = 0, leaf
        while peaks and peaks[-1][0] == height:
            node = node_of(peaks.pop()[1], node)
            height += 1
        peaks.append((height, node))
    if not peaks:
        raise ValueError("a tree has at least one leaf")
    root = peaks.pop()[1]
    while peaks:
        root = node_of(peaks.pop()[1], root)
    return root


def path_to(leaves: Sequence[bytes], place: int) -> tuple[bytes, ...]:
    """Return the hashes that lead from the leaf at a place to the root, lowest first.

    Raises:
        IndexError: when the place is outside the tree.
    """
    if not 0 <= place < len(leaves):
        raise IndexError(f"no leaf {place} among {len(leaves)}")
    if len(leaves) == 1:
        return ()
    half = split_below(len(leaves))
    if place < half:
        return (*path_to(leaves[:half], place), root_of(leaves[half:]))
    return (*path_to(leaves[half:], place - half), root_of(leaves[:half]))


def root_by(leaf: bytes, place: int, count: int, path: Sequence[bytes]) -> bytes:
    """Return the root that a leaf, its place and its path lead to.

    Raises:
        ValueError: when the path is too short or too long for that place.
    """
    if count == 1:
        if path or place:
            raise ValueError("the path is too long")
        return leaf
    if not path or not 0 <= place < count:
        raise ValueError("the path is too short")
    half = split_below(count)
    if place < half:
        return node_of(root_by(leaf, place, half, path[:-1]), path[-1])
    return node_of(path[-1], root_by(leaf, place - half, count - half, path[:-1]))


def split_below(count: int) -> int:
    """Return the largest power of two below a count of at least two."""
    return 1 << ((count - 1).bit_length() - 1)
