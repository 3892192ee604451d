"""Seeding: what was revealed, held against the plan, becomes seed and draw key."""

import hmac
from collections.abc import Sequence
from hashlib import sha256

from probity.engine.drawing.types import HASH_BYTES, DrawPlan, DrawRefused, DrawStep, SeedSource

LEAST_SOURCES = 2
SHARE = "share"


def commitment_of(secret: bytes) -> str:
    """Return what is published of a secret before it is opened: its SHA-256 in hex.

    Raises:
        ValueError: when the secret is not 32 bytes.
    """
    if len(secret) != HASH_BYTES:
        raise ValueError("a secret is 32 bytes")
    return sha256(secret).hexdigest()


def kind_of(name: str) -> str:
    """Return the kind of a source: what stands before its first colon."""
    return name.partition(":")[0]


def refuse_unsafe(sources: Sequence[SeedSource]) -> None:
    """Refuse sources by which somebody could steer.

    Raises:
        DrawRefused: when there are fewer than two, all are shares of witnesses, one stands twice,
            or a share lacks its commitment or the public source that replaces it.
    """
    names = [source.name for source in sources] + [source.instead for source in sources if source.instead]
    if len(sources) < LEAST_SOURCES or len(set(names)) < len(names):
        raise DrawRefused(
            DrawStep.SEED, "至少要有两个不同的随机源", "at least two different sources of the seed are needed"
        )
    if all(kind_of(source.name) == SHARE for source in sources):
        raise DrawRefused(
            DrawStep.SEED,
            "不得只依靠见证单位的份额：最后一方可以拒绝公开",
            "shares of witnesses alone are not enough: the last of them could refuse",
        )
    for source in sources:
        states = {bool(source.commitment), bool(source.instead)}
        if states != {kind_of(source.name) == SHARE}:
            raise DrawRefused(
                DrawStep.SEED,
                f"{source.name}：见证份额须有事先承诺和替代来源，其他来源不得有",
                f"{source.name}: a share states a commitment and what replaces it; other sources state neither",
            )
        if source.instead and kind_of(source.instead) == SHARE:
            raise DrawRefused(
                DrawStep.SEED,
                f"{source.name}：替代来源须为公开来源",
                f"{source.name}: what replaces a share is a public source",
            )


def refuse_unlike(plan: DrawPlan, revealed: Sequence[str]) -> None:
    """Refuse revealed sources that are not those of the plan, in the plan's order.

    Raises:
        DrawRefused: naming the first that differs.
    """
    if len(revealed) < LEAST_SOURCES or (plan.sources and len(revealed) != len(plan.sources)):
        raise DrawRefused(
            DrawStep.SEED,
            f"公布了 {len(revealed)} 个随机源，方案列明 {len(plan.sources) or '至少 2'} 个",
            f"{len(revealed)} sources were revealed, the plan names {len(plan.sources) or 'at least 2'}",
        )
    for source, value in zip(plan.sources, revealed, strict=False):
        if not is_revealed(source, value):
            raise DrawRefused(
                DrawStep.SEED,
                f"随机源 {value!r} 不是方案所列的 {source.name}",
                f"the source {value!r} is not the plan's {source.name}",
            )
    if any("\n" in value or not value for value in revealed):
        raise DrawRefused(DrawStep.SEED, "随机源为空或含换行", "a source is empty or holds a line feed")


def is_revealed(source: SeedSource, value: str) -> bool:
    """Whether a revealed value is that of a source, or of the public source that replaces it."""
    if source.instead and value.startswith(f"{source.instead}:"):
        return len(value) > len(source.instead) + 1
    stated = value.removeprefix(f"{source.name}:")
    if stated == value or not stated:
        return False
    return not source.commitment or sha256(stated.encode()).hexdigest() == source.commitment


def seed_of(plan_hash: str, revealed: Sequence[str], *, is_blind: bool) -> bytes:
    """Return the seed: SHA-256 of its version, the hash of the plan and each source, joined by line feeds."""
    version = "draw-seed-v2" if is_blind else "draw-seed-v1"
    return sha256("\n".join([version, plan_hash, *revealed]).encode()).digest()


def draw_key(seed: bytes, secret: bytes | None) -> bytes:
    """Return the key of all tickets: the seed itself in open mode, else HMAC-SHA256(secret, seed)."""
    return seed if secret is None else hmac.digest(secret, seed, "sha256")
