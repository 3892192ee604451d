"""Why: one enterprise's grade explained, contribution by contribution."""

import argparse

from probity.terms import Text, show_points
from probity.wiring import clock
from probity.wiring.commands.printing import as_json, day_of, json_flag, moment_of, table, terminal
from probity.wiring.commands.reading import keep_reading, purpose_flag
from probity.wiring.saying import language, say


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument("code", help="统一社会信用代码 · credit code")
    room.add_argument("--system", default="general", help="评价指标体系 · key of the index system")
    room.add_argument("--as-of", type=day_of, help="基准日 · the day in question, today if left out")
    room.add_argument("--known-at", type=moment_of, help="知悉时点 · whose knowledge")
    purpose_flag(room)
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """Explain the grade; the points add up to the score exactly."""
    from probity.judge.evaluation.queries import explain, explanation_json

    told = explain(
        chosen.code.strip().upper(),
        system=chosen.system,
        as_of=chosen.as_of or clock.today(),
        known_at=chosen.known_at,
        by=terminal(),
    )
    keep_reading(told.code, chosen.purpose, what="why")
    if chosen.json:
        as_json(explanation_json(told))
        return 0
    score = "–" if told.evaluation.score is None else show_points(told.evaluation.score)
    say(
        Text(
            f"{told.name} {told.code}：{told.evaluation.grade}（{score} 分）",
            f"{told.name} {told.code}: {told.evaluation.grade} ({score} points)",
        )
    )
    say(
        Text(
            f"{told.system.title.zh}，基准日 {told.as_of}，修订 {told.revision}",
            f"{told.system.title.en}, as of {told.as_of}, revision {told.revision}",
        )
    )
    if told.system.status.value != "in_force":
        say(Text("试算，不产生法律效力", "trial calculation, no legal effect"))
    table(
        [
            Text("理由", "reason"),
            Text("依据", "article"),
            Text("日期", "day"),
            Text("记录", "record"),
            Text("分值", "points"),
            Text("累计", "sum"),
        ],
        (
            [
                line.label.of(language()),
                line.contribution.reference,
                line.contribution.day or "",
                line.contribution.record or "",
                show_points(line.contribution.points),
                show_points(line.running),
            ]
            for line in told.lines
        ),
    )
    for fired in told.evaluation.fired:
        say(
            Text(
                f"触发：{fired.key} → {fired.grade}（{fired.reference}）",
                f"fired: {fired.key} → {fired.grade} ({fired.reference})",
            )
        )
    return 0
