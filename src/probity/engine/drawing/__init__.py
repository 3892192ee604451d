"""Drawing: who is visited, committed to before the seed, recomputable by anyone."""

from probity.engine.drawing.bundles import BLIND, FULL, Promise, bundle_of, committed, drawn_by, recomputed
from probity.engine.drawing.framing import (
    LINES_TO_PUBLISH_HASH,
    blinded,
    frame_hash,
    frame_root,
    in_frame_order,
    proof_of,
    proves,
    salts_from,
    strata_of,
)
from probity.engine.drawing.plan_log import LoggedPlan, log_faults, logged, refuse_unlogged
from probity.engine.drawing.planning import plan_hash, plan_text, read_plan
from probity.engine.drawing.rates import rates_for
from probity.engine.drawing.seeding import commitment_of, draw_key, seed_of
from probity.engine.drawing.sharing import joined, split
from probity.engine.drawing.tickets import draw, rank_of, ticket_of

__all__ = [
    "BLIND",
    "FULL",
    "LINES_TO_PUBLISH_HASH",
    "LoggedPlan",
    "Promise",
    "blinded",
    "bundle_of",
    "commitment_of",
    "committed",
    "draw",
    "draw_key",
    "drawn_by",
    "frame_hash",
    "frame_root",
    "in_frame_order",
    "joined",
    "log_faults",
    "logged",
    "plan_hash",
    "plan_text",
    "proof_of",
    "proves",
    "rank_of",
    "rates_for",
    "read_plan",
    "recomputed",
    "refuse_unlogged",
    "salts_from",
    "seed_of",
    "split",
    "strata_of",
    "ticket_of",
]
