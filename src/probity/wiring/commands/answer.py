"""Answer: proceed, proceed with commitment or hold, with the basis and why not."""

import argparse

from probity.terms import Text
from probity.wiring import clock
from probity.wiring.commands.printing import as_json, day_of, json_flag, moment_of, table, terminal
from probity.wiring.saying import language, say


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument("scenario", help="应用场景 · the matter, such as licensing or procurement")
    room.add_argument("code", help="统一社会信用代码 · credit code")
    room.add_argument("--as-of", type=day_of, help="基准日 · the day in question, today if left out")
    room.add_argument("--known-at", type=moment_of, help="知悉时点 · whose knowledge")
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """Give the one answer; exit status 1 when the lists it rests on are missing or stale."""
    from probity.act.measures.queries import UNANSWERED, VERDICTS, matter, matter_json, stands

    told, found = matter(
        chosen.code.strip().upper(),
        scenario=chosen.scenario,
        as_of=chosen.as_of or clock.today(),
        known_at=chosen.known_at,
        by=terminal(),
        at=clock.now(),
    )
    status = int(not stands(told.verdict, found.coverage))
    if chosen.json:
        as_json(matter_json(told, found))
        return status
    say(UNANSWERED if status else VERDICTS[told.verdict])
    if told.applied:
        rows = (
            [
                one.measure.title.of(language()),
                one.measure.reference,
                one.entry.authority if one.entry else "–",
                one.ends_on or "–",
            ]
            for one in told.applied
        )
        table(
            [Text("措施", "measure"), Text("依据", "basis"), Text("决定机关", "authority"), Text("至", "until")], rows
        )
    for left in told.not_applied:
        said = (
            f"{left.measure.title.zh}未适用：{left.reason.zh}",
            f"{left.measure.title.en} does not apply: {left.reason.en}",
        )
        say(Text(*said))
    return status
