"""Industries: deeper levels of the classification from an operator's file."""

import argparse
from pathlib import Path

from probity.terms import Text
from probity.wiring.commands.printing import as_json, json_flag


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument("act", choices=["import"], help="导入 · import")
    room.add_argument("file", type=Path, help="CSV 文件 · file of code,name_zh[,name_en]")
    room.add_argument("--edition", default="2017", help="版本年份 · edition of GB/T 4754")
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """Check the file against the shipped sections and divisions and add it under PROBITY_HOME."""
    from probity.wiring.industries import add_industries
    from probity.wiring.saying import say

    added, refused = add_industries(chosen.file, edition=chosen.edition)
    if chosen.json:
        as_json({"added": added, "refused": refused})
    else:
        for row in refused:
            say(Text(f"第 {row['row']} 行：{row['zh']}", f"row {row['row']}: {row['en']}"), error=True)
        say(Text(f"导入 {added} 项，拒绝 {len(refused)} 行", f"{added} classes added, {len(refused)} rows refused"))
    return 0
