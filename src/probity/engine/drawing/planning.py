"""Planning: the text of a plan, written and read in one fixed order of lines."""

import re
from hashlib import sha256

from probity.engine.drawing.types import DrawPlan, DrawRefused, DrawStep, SeedSource, Stratum

_HASH, _NUMBER = "[0-9a-f]{64}", "(?:0|[1-9][0-9]{0,8})"
_STRATUM = rf"stratum=([^\n|]+)\nunits=({_NUMBER})\ntake=({_NUMBER})\nreserve=({_NUMBER})\n"
_SOURCE = rf"source=([^\n|]+)\|([^\n|]+)(?:\|commit=({_HASH})\|instead=([^\n|]+))?\n"


def _uncaptured(pattern: str) -> str:
    return re.sub(r"[(](?![?])", "(?:", pattern)


_PLAN = re.compile(
    rf"draw-plan-v(?P<version>[12])\ndraw=(?P<number>[^\n]+)\n(?:frame=(?P<frame>{_HASH})\n)?root=(?P<root>{_HASH})\n"
    rf"(?P<strata>(?:{_uncaptured(_STRATUM)})+)method=pareto-ppm(?P<blind>-blind)?\n"
    rf"(?:keycommit=(?P<commitment>{_HASH})\n)?(?P<sources>(?:{_uncaptured(_SOURCE)})*)"
    rf"(?:inspectors=(?P<inspectors>{_HASH})\n)?(?:matching=(?P<matching>[^\n]+)\n)?"
    r"(?:opens=(?P<opens>[0-9]{4}-[0-9]{2}-[0-9]{2})\n)?"
)


def plan_text(plan: DrawPlan) -> str:
    """Return the exact text of a plan; its SHA-256 is what the public log keeps.

    Raises:
        DrawRefused: when a field cannot be written so that it is read back alike.
    """
    lines = [f"draw-plan-v{2 if plan.is_blind else 1}", f"draw={plan.number}"]
    lines += [f"frame={plan.frame}"] if plan.frame else []
    lines.append(f"root={plan.root}")
    for stratum in plan.strata:
        lines.append(f"stratum={stratum.name}")
        lines += [f"units={stratum.units}", f"take={stratum.take}", f"reserve={stratum.reserve}"]
    lines.append("method=pareto-ppm-blind" if plan.is_blind else "method=pareto-ppm")
    lines += [f"keycommit={plan.key_commitment}"] if plan.key_commitment else []
    for source in plan.sources:
        share = f"|commit={source.commitment}|instead={source.instead}" if source.commitment else ""
        lines.append(f"source={source.name}|{source.at}{share}")
    tail = {"inspectors": plan.inspectors, "matching": plan.matching, "opens": plan.opens}
    lines += [f"{key}={value}" for key, value in tail.items() if value]
    text = "".join(f"{line}\n" for line in lines)
    if read_plan(text) != plan:
        raise DrawRefused(
            DrawStep.PLAN, "方案中有无法写入文本的内容", "the plan holds something that its text cannot say"
        )
    return text


def read_plan(text: str) -> DrawPlan:
    """Read the text of a plan.

    Raises:
        DrawRefused: when it is not a plan, its version and method disagree, its strata are not
            sorted, or a blind plan states the hash of the frame.
    """
    found = _PLAN.fullmatch(text)
    if not found:
        raise DrawRefused(DrawStep.PLAN, "方案文本格式不符", "the text is not that of a plan")
    is_blind = found["version"] == "2"
    if is_blind != bool(found["blind"]) or (is_blind and found["frame"]):
        raise DrawRefused(
            DrawStep.PLAN, "方案的版本、方法与名单哈希不相符", "version, method and frame hash of the plan disagree"
        )
    strata = tuple(
        Stratum(name, int(units), int(take), int(reserve))
        for name, units, take, reserve in re.findall(_STRATUM, found["strata"])
    )
    names = [stratum.name.encode() for stratum in strata]
    if names != sorted(set(names)):
        raise DrawRefused(DrawStep.PLAN, "方案的分层未按字节排序", "the strata of the plan are not sorted")
    return DrawPlan(
        number=found["number"],
        root=found["root"],
        strata=strata,
        is_blind=is_blind,
        frame=found["frame"] or "",
        key_commitment=found["commitment"] or "",
        sources=tuple(SeedSource(*stated) for stated in re.findall(_SOURCE, found["sources"])),
        inspectors=found["inspectors"] or "",
        matching=found["matching"] or "",
        opens=found["opens"] or "",
    )


def plan_hash(text: str) -> str:
    """Return SHA-256 of the text of a plan, in hex."""
    return sha256(text.encode()).hexdigest()
