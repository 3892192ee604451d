"""Backtest: how an ordering of past visits would have done, from a file."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from probity.terms import Text
from probity.wiring.commands.printing import as_json, day_of, json_flag, table
from probity.wiring.saying import Refused, say

if TYPE_CHECKING:
    from probity.engine.forecasting import Backtest, Ordering

LARGEST = 1 << 29
"""Bytes of a file that is read whole."""


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument(
        "file", type=Path, metavar="FILE", help="CSV 或 Parquet 文件，每行一次检查 · CSV or Parquet, a row a visit"
    )
    for name, zh, en in (
        ("id", "企业标识列", "column of the enterprise"),
        (
            "score",
            "评分列，越高越先查，同分按文件顺序",
            "column of the score: higher is visited earlier, ties in file order",
        ),
        ("date", "实际检查日期列", "column of the real day of the visit"),
        ("found", "是否发现问题列（0/1、是/否）", "column saying whether something was found (0/1, yes/no)"),
    ):
        room.add_argument(f"--{name}", required=True, metavar="COLUMN", help=f"{zh} · {en}")
    for name, zh, en in (
        ("unit", "可以互换日期的单位列（如机构与专业）", "column of who can swap dates (office and skill)"),
        ("group", "按此列分组比较（如区域、规模）", "column to compare by (area, size)"),
        ("past", "三条规则基线：以往发现问题次数列", "three-rule baseline: column of earlier findings"),
        (
            "since",
            "三条规则基线：距上次检查天数列，空为从未检查",
            "three-rule baseline: column of days since the last visit",
        ),
    ):
        room.add_argument(f"--{name}", metavar="COLUMN", help=f"{zh} · {en}")
    room.add_argument(
        "--inputs",
        nargs="+",
        default=[],
        metavar="COLUMN",
        help="评分所依据的列，一并核查 · columns the score was made of, checked too",
    )
    room.add_argument(
        "--freeze", type=day_of, help="名单冻结日，默认为首次检查之日 · day of the freeze, else the first visit"
    )
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """Deal the visits again by the score and print what came of it."""
    from probity.engine.forecasting import BACKTEST_SEED, backtest, columns_of, past_visits, refuse_leaks, refuse_name

    keys = ("id", "score", "date", "found", "unit", "group", "past", "since")
    names = {key: name for key in keys if (name := getattr(chosen, key)) is not None}
    columns = columns_of(_read(chosen.file))
    inputs = [chosen.score, *chosen.inputs, *(names[key] for key in ("past", "since") if key in names)]
    for name in inputs:
        refuse_name(columns, name, found=chosen.found)
    visits = past_visits(columns, names)
    freeze = chosen.freeze or min(visit.day for visit in visits)
    refuse_leaks(columns, inputs, found=chosen.found, freeze=freeze)
    told = backtest(visits)
    if chosen.json:
        as_json(
            {
                "n": told.n,
                "found": told.found,
                "days_earlier": told.score.days_earlier,
                "days_earlier_interval": told.interval,
                "share_later": told.score.share_later,
                "first_half_actual": told.first_half_actual,
                "first_half_by_score": told.score.first_half,
                "auc": told.auc,
                "days_earlier_interval_by_week": told.interval_by_week,
                "share_of_possible_gain": told.share_of_gain,
                "random": {"days_earlier": told.random, "interval": told.random_interval},
                "three_rules": told.rules and _ordering(told.rules),
                "perfect": _ordering(told.perfect),
                "by_group": {
                    group: {"n": n, "found": found, "days_earlier": days}
                    for group, (n, found, days) in told.by_group.items()
                },
                "freeze": freeze,
                "seed": BACKTEST_SEED,
            }
        )
        return 0
    _print(told)
    return 0


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise Refused(Text(f"无法打开 {path}：{reason}", f"{path} cannot be opened: {reason}")) from None
    if len(raw) > LARGEST:
        raise Refused(Text(f"{path} 超过 512 MB", f"{path} is larger than 512 MB"))
    return raw


def _ordering(told: "Ordering") -> dict[str, float]:
    return {"days_earlier": told.days_earlier, "first_half": told.first_half, "share_later": told.share_later}


def _print(told: "Backtest") -> None:
    """Print the sentence first, then the lines it is held against."""
    from probity.engine.forecasting import BACKTEST_SEED

    low, high = told.interval
    say(
        Text(
            f"{told.n} 次检查，{told.found} 次发现问题。按评分排序平均提前 {told.score.days_earlier:.2f} 天"
            f"（95% 区间 {low:.2f} 至 {high:.2f}）；{told.score.share_later:.0%} 反而更晚。",
            f"{told.n} visits, {told.found} with a finding. By the score, found {told.score.days_earlier:.2f} days earlier "
            f"on average (95 % interval {low:.2f} to {high:.2f}); {told.score.share_later:.0%} would be found later.",
        )
    )
    rows: list[tuple[object, ...]] = [
        (Text("实际做法", "current practice"), "0.00", told.first_half_actual, "–"),
        (Text("按评分", "by the score"), *_cells(told.score)),
        (Text("随机顺序", "random order"), f"{told.random:.2f}", "–", "–"),
        *([(Text("三条规则", "three rules"), *_cells(told.rules))] if told.rules else []),
        (Text("完全预知", "perfect knowledge"), *_cells(told.perfect)),
    ]
    table(
        [
            Text("排序", "ordering"),
            Text("平均提前天数", "days earlier"),
            Text("前半段发现数", "found in first half"),
            Text("更晚的比例", "share later"),
        ],
        rows,
    )
    if told.by_group:
        table(
            [
                Text("分组", "group"),
                Text("检查", "visits"),
                Text("发现", "found"),
                Text("平均提前天数", "days earlier"),
            ],
            [(group, n, found, f"{days:.2f}") for group, (n, found, days) in told.by_group.items()],
        )
    auc = "–" if told.auc is None else f"{told.auc:.3f}"
    share = "–" if told.share_of_gain is None else f"{told.share_of_gain:.0%}"
    by_week = " … ".join(f"{day:.2f}" for day in told.interval_by_week)
    say(
        Text(
            f"AUC {auc}；达到可能增益的 {share}；按周重抽样的区间 {by_week}；种子 {BACKTEST_SEED}。",
            f"AUC {auc}; {share} of the possible gain; interval over weeks {by_week}; seed {BACKTEST_SEED}.",
        )
    )
    if told.auc == 1:
        say(
            Text(
                "评分把有无问题完全分开：请核实它在名单冻结时确已知道。",
                "The score separates findings perfectly: make sure that it was known when the list was frozen.",
            )
        )


def _cells(told: "Ordering") -> tuple[object, ...]:
    return f"{told.days_earlier:.2f}", told.first_half, f"{told.share_later:.0%}"
