"""Batches: what was delivered, and how each row of it was accounted for."""

from datetime import datetime
from typing import Annotated

from ninja import Path, Query, Router, Schema

from probity.know.sources import queries as sources
from probity.know.sources.types import BatchLine
from probity.show.api.shapes import Both, Paged, PageNumber, answers, both, paged
from probity.show.parts.asked import Asked

router = Router(tags=["batches"])

LARGEST = 2**63 - 1
"""The greatest number a table can give."""

Number = Annotated[int, Path(ge=1, le=LARGEST, description="Number of the batch · 批次编号")]
Source = Annotated[str, Query(max_length=64, description="Of one source only · 只列一个来源")]
State = Annotated[str, Query(pattern="^(|receiving|closed|held|abandoned)$", description="In one state only · 状态")]


class Batch(Schema):
    """One delivery: received = accepted + unchanged + superseding + the quarantined of all codes."""

    batch: int
    feed: str
    source: str
    file: str
    sha256: str
    size: int
    state: str
    received: int
    accepted: int
    unchanged: int
    superseding: int
    quarantined: dict[str, int]
    balances: bool
    revision: int | None
    delivered_at: datetime
    warnings: list[Both]


@router.get("", response=answers(Paged[Batch]), summary="Deliveries, newest first · 批次")
def batches(request: Asked, source: Source = "", state: State = "", page: PageNumber = 1) -> Paged[Batch]:
    """Return the batches the key may see."""
    return paged(sources.batches(by=request.actor, page=page, source=source, state=state), _batch)


@router.get("/{number}", response=answers(Batch), summary="One delivery · 一个批次")
def batch(request: Asked, number: Number) -> Batch:
    """Return one batch with its accounting."""
    return _batch(sources.batch(number, by=request.actor))


def _batch(line: BatchLine) -> Batch:
    return Batch(
        batch=line.id,
        feed=line.feed,
        source=line.source,
        file=line.file_name,
        sha256=line.sha256,
        size=line.size,
        state=line.state,
        received=line.received,
        accepted=line.accepted,
        unchanged=line.unchanged,
        superseding=line.superseding,
        quarantined=dict(line.quarantined),
        balances=line.balances,
        revision=line.revision,
        delivered_at=line.delivered_at,
        warnings=[both(warning) for warning in line.warnings],
    )
