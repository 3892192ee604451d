"""Bundles: what is opened after a draw, full or blind, and its recomputation."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from probity.engine.drawing.framing import (
    Salts,
    blinded,
    frame_hash,
    frame_root,
    in_frame_order,
    refuse_unfillable,
    strata_of,
)
from probity.engine.drawing.planning import plan_hash, plan_text, read_plan
from probity.engine.drawing.seeding import commitment_of, draw_key, refuse_unlike, refuse_unsafe, seed_of
from probity.engine.drawing.tickets import draw
from probity.engine.drawing.types import Draw, DrawPlan, DrawRefused, DrawStep, DrawUnit, SeedSource

FULL, BLIND = "draw-bundle-v1", "draw-bundle-v2"

_ROW = re.compile(r"([^|\n]+)\|([^|\n]+)\|([1-9][0-9]{0,6})")
_BYTES = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Promise:
    """What the office states of a plan beside frame and strata, before the seed exists."""

    number: str
    sources: tuple[SeedSource, ...]
    secret: bytes | None = None
    publishes_frame: bool = False
    inspectors: str = ""
    matching: str = ""
    opens: str = ""


def committed(
    units: Sequence[DrawUnit], salts: Salts, quotas: Mapping[str, tuple[int, int]], promise: Promise, *, is_blind: bool
) -> DrawPlan:
    """Return the plan over a frame, ready to be written, hashed and logged.

    Args:
        units: the frame, in any order.
        salts: a salt for every unit, fresh for this draw.
        quotas: stratum → (take, reserve).
        promise: the draw's number, its sources, its secret (None in open mode) and the rest.
        is_blind: True where rates or strata would give a class away.

    Raises:
        DrawRefused: when frame, strata and quotas do not agree, or the sources are unsafe.
    """
    refuse_unsafe(promise.sources)
    frame = in_frame_order(units)
    public = blinded(frame, salts) if is_blind else frame
    strata = strata_of(frame, quotas)
    refuse_unfillable(strata)
    return DrawPlan(
        number=promise.number,
        root=frame_root(public, None if is_blind else salts),
        strata=strata,
        is_blind=is_blind,
        frame=frame_hash(frame) if promise.publishes_frame and not is_blind else "",
        key_commitment=commitment_of(promise.secret) if promise.secret is not None else "",
        sources=promise.sources,
        inspectors=promise.inspectors,
        matching=promise.matching,
        opens=promise.opens,
    )


def drawn_by(
    plan: DrawPlan, units: Sequence[DrawUnit], salts: Salts, secret: bytes | None, revealed: Sequence[str]
) -> Draw:
    """Return the draw of a plan; a blind one goes by leaves.

    Raises:
        DrawRefused: when secret or sources are not those of the plan.
    """
    frame = in_frame_order(units)
    return draw(blinded(frame, salts) if plan.is_blind else frame, plan.strata, _key(plan, secret, revealed))


def bundle_of(
    plan: DrawPlan, units: Sequence[DrawUnit], salts: Salts, secret: bytes | None, revealed: Sequence[str]
) -> dict[str, Any]:
    """Return the opened bundle of a plan, ready for JSON: full, or blind without any code or salt."""
    frame = in_frame_order(units)
    result = drawn_by(plan, frame, salts, secret, revealed)
    public = blinded(frame, salts) if plan.is_blind else frame
    bundle: dict[str, Any] = {
        "version": BLIND if plan.is_blind else FULL,
        "plan": plan_text(plan),
        "frame": [unit.line.decode().rstrip("\n") for unit in public],
        "sources": list(revealed),
        "drawn": {name: list(keys) for name, keys in result.drawn.items()},
        "reserve": {name: list(keys) for name, keys in result.reserve.items()},
    }
    if not plan.is_blind:
        bundle["salts"] = {unit.key: salts[unit.key].hex() for unit in frame}
    if secret is not None:
        bundle["secret"] = secret.hex()
    return bundle


def recomputed(bundle: Mapping[str, Any]) -> Draw:
    """Recompute a bundle step by step and return its draw.

    Raises:
        DrawRefused: at the first step that does not recompute.
    """
    is_blind = _shaped(bundle)
    plan = read_plan(bundle["plan"])
    if plan.is_blind != is_blind:
        raise DrawRefused(DrawStep.PLAN, "方案与开示包的版本不一致", "plan and bundle differ in their version")
    frame = _frame(bundle["frame"], is_blind=is_blind)
    salts = None if is_blind else _salts(bundle["salts"], frame)
    quotas = {stratum.name: (stratum.take, stratum.reserve) for stratum in plan.strata}
    if strata_of(frame, quotas) != plan.strata:
        raise DrawRefused(DrawStep.FRAME, "方案与名单的户数不一致", "plan and frame differ in their units")
    if plan.frame not in ("", frame_hash(frame)) or plan.root != frame_root(frame, salts):
        raise DrawRefused(DrawStep.FRAME, "名单与方案的哈希不一致", "the frame does not have the plan's hash or root")
    secret = _bytes(bundle["secret"], DrawStep.SECRET) if "secret" in bundle else None
    result = draw(frame, plan.strata, _key(plan, secret, bundle["sources"]))
    for name, stated, found in (
        ("drawn", bundle["drawn"], result.drawn),
        ("reserve", bundle["reserve"], result.reserve),
    ):
        if stated != {stratum: list(keys) for stratum, keys in found.items()}:
            raise DrawRefused(
                DrawStep.LISTS, f"所列 {name} 与复算结果不一致", f"the list `{name}` is not the computed one"
            )
    return result


def _key(plan: DrawPlan, secret: bytes | None, revealed: Sequence[str]) -> bytes:
    stated = "" if secret is None else commitment_of(secret)
    if stated != plan.key_commitment:
        raise DrawRefused(
            DrawStep.SECRET, "密值不是方案所承诺的密值", "the secret is not the one the plan committed to"
        )
    refuse_unlike(plan, revealed)
    return draw_key(seed_of(plan_hash(plan_text(plan)), revealed, is_blind=plan.is_blind), secret)


def _shaped(bundle: Mapping[str, Any]) -> bool:
    """Return whether a bundle is blind, once it has exactly the keys and kinds of values it must have."""
    is_blind = bundle.get("version") == BLIND
    needed = {"version": str, "plan": str, "frame": list, "sources": list, "drawn": dict, "reserve": dict}
    needed |= {} if is_blind else {"salts": dict}
    allowed = set(needed) | {"secret", "teams"}
    if (
        bundle.get("version") not in (FULL, BLIND)
        or not set(needed) <= set(bundle) <= allowed
        or any(not isinstance(bundle[name], kind) for name, kind in needed.items())
        or not all(isinstance(value, str) for value in [*bundle["frame"], *bundle["sources"]])
        or not is_utf8(bundle["plan"], *bundle["frame"], *bundle["sources"])
    ):
        raise DrawRefused(DrawStep.READ, "不是抽取开示包", "this is not a bundle of a draw")
    return is_blind


def is_utf8(*texts: str) -> bool:
    """Whether texts can be written at all; half a surrogate pair cannot."""
    try:
        for text in texts:
            text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _frame(rows: Sequence[str], *, is_blind: bool) -> list[DrawUnit]:
    units = []
    for row in rows:
        found = _ROW.fullmatch(row)
        if not found or (is_blind and not _BYTES.fullmatch(found[1])):
            raise DrawRefused(DrawStep.FRAME, f"名单行格式不符：{row!r}", f"not a line of a frame: {row!r}")
        units.append(DrawUnit(found[1], found[2], int(found[3])))
    frame = in_frame_order(units)
    if frame != units:
        raise DrawRefused(DrawStep.FRAME, "名单未按代码字节排序", "the frame is not sorted")
    return frame


def _salts(stated: Mapping[str, Any], frame: Sequence[DrawUnit]) -> dict[str, bytes]:
    if set(stated) != {unit.key for unit in frame}:
        raise DrawRefused(DrawStep.FRAME, "盐值与名单不一一对应", "salts and frame are not one to one")
    return {key: _bytes(value, DrawStep.FRAME) for key, value in stated.items()}


def _bytes(text: Any, step: DrawStep) -> bytes:
    if not isinstance(text, str) or not _BYTES.fullmatch(text):
        raise DrawRefused(step, "不是 32 字节的十六进制数", "not 32 bytes in lower-case hex")
    return bytes.fromhex(text)
