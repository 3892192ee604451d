"""Migrate: the database brought to the present version, triggers restored."""

import argparse

from probity.terms import Text
from probity.wiring.commands.printing import json_flag


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """Migrate and say so."""
    from django.core.management import call_command

    from probity.wiring.saying import say

    call_command("migrate", verbosity=0)
    if not chosen.json:
        say(Text("数据库已是当前版本", "the database is at the present version"))
    return 0
