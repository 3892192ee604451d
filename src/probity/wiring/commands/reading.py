"""Reading: for what a dossier is read at the terminal, kept like everywhere else."""

import argparse

from probity.wiring import clock
from probity.wiring.commands.printing import terminal

UNSTATED = "本机终端查阅，未另行说明 · at the local terminal, not stated"
"""What is kept where the person at the terminal states nothing."""


def purpose_flag(room: argparse.ArgumentParser) -> None:
    """Give a command the flag that says for what it reads."""
    room.add_argument(
        "--purpose",
        default=UNSTATED,
        help="查阅用途，如 case:案号；缺省记为本机运维 · purpose, such as case:NUMBER; else kept as the local operator's",
    )


def keep_reading(code: str, stated: str, *, what: str) -> None:
    """Keep that somebody at the terminal read a dossier.

    Raises:
        PurposeMissing: when the purpose says too little.
    """
    from probity.guard.procedures.queries import lawbook
    from probity.guard.trail.actions import read_of
    from probity.guard.trail.types import Purpose

    rules = lawbook().reading_rules(clock.today())
    purpose = Purpose.read(rules, stated, otherwise=rules.terminal)
    read_of(subject=code, purpose=purpose, by=terminal(), at=clock.now(), what=what)
