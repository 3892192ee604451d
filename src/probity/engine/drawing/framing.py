"""Framing: the canonical frame, its hash, its salts, and the blind frame."""

import hmac
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from probity.engine.drawing.merkle import leaf_of, path_to, root_by, root_of
from probity.engine.drawing.types import HASH_BYTES, MILLION, DrawRefused, DrawStep, DrawUnit, Stratum, TicketProof

Salts = Mapping[str, bytes]
"""Unit key → its 32 bytes of salt. The lines of a blind frame bear none."""

LINES_TO_PUBLISH_HASH = 1_000
"""From this many lines on the plain hash of a frame cannot be guessed and may be published (INSPECTION 3.3)."""


def in_frame_order(units: Iterable[DrawUnit]) -> list[DrawUnit]:
    """Return the canonical frame: sorted by the bytes of the key, checked line by line.

    Raises:
        DrawRefused: when it is empty, a key stands twice, a name cannot be written in a line, or
            a probability is not between one millionth and one.
    """
    try:
        frame = sorted(units, key=lambda unit: unit.key.encode())
    except UnicodeEncodeError:
        raise DrawRefused(DrawStep.FRAME, "代码含有无法编码的字符", "a key holds what UTF-8 cannot write") from None
    if not frame:
        raise DrawRefused(DrawStep.FRAME, "抽取名单为空", "the frame is empty")
    before = ""
    for unit in frame:
        if unit.key == before:
            raise DrawRefused(DrawStep.FRAME, f"{unit.key} 在名单中出现两次", f"{unit.key} stands in the frame twice")
        before = unit.key
        if not (is_writable(unit.key) and is_writable(unit.stratum)):
            raise DrawRefused(
                DrawStep.FRAME,
                f"代码或分层名称含有竖线或换行，或为空：{unit.key!r}",
                f"a key or stratum is empty or holds a bar or a line feed: {unit.key!r}",
            )
        if not 1 <= unit.ppm <= MILLION:
            raise DrawRefused(
                DrawStep.FRAME,
                f"{unit.key} 的抽取概率 {unit.ppm} 不在百万分之一与一之间；任何企业的概率都不为零",
                f"{unit.key}: {unit.ppm} millionths is not between one and a million; nobody's chance is zero",
            )
    return frame


def is_writable(name: str) -> bool:
    """Whether a name can stand in a canonical line."""
    return bool(name) and "|" not in name and "\n" not in name


def frame_hash(frame: Sequence[DrawUnit]) -> str:
    """Return SHA-256 of the canonical frame file, in hex."""
    digest = sha256()
    for unit in frame:
        digest.update(unit.line)
    return digest.hexdigest()


def frame_root(frame: Sequence[DrawUnit], salts: Salts | None) -> str:
    """Return the Merkle root of the frame in hex; without salts, of a blind frame."""
    return root_of(leaf_of(salts[unit.key] if salts else b"", unit.line) for unit in frame).hex()


def salts_from(entropy: bytes, keys: Iterable[str]) -> dict[str, bytes]:
    """Return a salt for each key, derived from 32 secret bytes that are fresh for each draw.

    One salt tells nothing of another, so that an enterprise may be given its own.

    Raises:
        ValueError: when the entropy is not 32 bytes.
    """
    if len(entropy) != HASH_BYTES:
        raise ValueError("salts are made from exactly 32 bytes of entropy")
    return {key: hmac.digest(entropy, b"salt\n" + key.encode(), "sha256") for key in keys}


def blinded(frame: Sequence[DrawUnit], salts: Salts) -> list[DrawUnit]:
    """Return the blind frame: each unit goes by its leaf, so that no class leads to an enterprise."""
    return in_frame_order(DrawUnit(leaf_of(salts[unit.key], unit.line).hex(), *unit[1:]) for unit in frame)


def strata_of(frame: Iterable[DrawUnit], quotas: Mapping[str, tuple[int, int]]) -> tuple[Stratum, ...]:
    """Return the strata of a frame with what each takes and keeps in reserve, sorted by their bytes.

    Args:
        frame: the canonical frame.
        quotas: stratum → (take, reserve).

    Raises:
        DrawRefused: when quotas and frame name different strata, or the millionths of a stratum
            do not add up to what it takes.
    """
    units: Counter[str] = Counter()
    millionths: Counter[str] = Counter()
    for unit in frame:
        units[unit.stratum] += 1
        millionths[unit.stratum] += unit.ppm
    if set(units) != set(quotas):
        unlike = "、".join(sorted(set(units) ^ set(quotas)))
        raise DrawRefused(
            DrawStep.FRAME, f"名单与方案的分层不一致：{unlike}", f"frame and plan differ in their strata: {unlike}"
        )
    strata = []
    for name in sorted(units, key=str.encode):
        take, reserve = quotas[name]
        if millionths[name] != take * MILLION:
            raise DrawRefused(
                DrawStep.FRAME,
                f"分层 {name} 的概率合计 {millionths[name]}，应为 {take} × 1000000",
                f"the millionths of stratum {name} add up to {millionths[name]}, not to {take} × 1000000",
            )
        strata.append(Stratum(name, units[name], take, reserve))
    return tuple(strata)


def refuse_unfillable(strata: Iterable[Stratum]) -> None:
    """Refuse, before anything is committed, a reserve larger than what is left after the draw.

    Raises:
        DrawRefused: naming the stratum.
    """
    for name, units, take, reserve in strata:
        if not 0 <= reserve <= units - take:
            raise DrawRefused(
                DrawStep.FRAME,
                f"分层 {name} 共 {units} 户，抽取 {take} 户后不足以备选 {reserve} 户",
                f"stratum {name} has {units} units: after taking {take} it cannot keep {reserve} in reserve",
            )


def proof_of(frame: Sequence[DrawUnit], salts: Salts | None, key: str) -> TicketProof:
    """Return what the holder of a key needs to prove its line.

    Raises:
        KeyError: when the key is not in the frame.
    """
    place = next((place for place, unit in enumerate(frame) if unit.key == key), None)
    if place is None:
        raise KeyError(key)
    leaves = [leaf_of(salts[unit.key] if salts else b"", unit.line) for unit in frame]
    salt = salts[key] if salts else b""
    return TicketProof(frame[place].line, salt, place, len(frame), path_to(leaves, place))


def proves(proof: TicketProof, root: str) -> bool:
    """Whether a proof leads to the root that the plan published."""
    try:
        return root_by(leaf_of(proof.salt, proof.line), proof.place, proof.count, proof.path).hex() == root
    except ValueError:
        return False
