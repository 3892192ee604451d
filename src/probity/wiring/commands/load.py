"""Load: an example city's year, replayed from its calendar of delivered files."""

import argparse
from pathlib import Path

from probity.wiring.commands.printing import as_json, json_flag


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument(
        "city", type=Path, nargs="?", default=Path("example_city"), help="示例城市的目录 · folder of the city"
    )
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """Replay the calendar; on a database that holds outside deliveries it refuses."""
    from probity.wiring.replaying import replay

    steps = replay(chosen.city, quiet=chosen.json)
    if chosen.json:
        as_json({"steps": steps})
    return 0
