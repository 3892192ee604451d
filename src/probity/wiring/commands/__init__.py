"""Commands: what can be asked of the platform from a terminal, in both languages."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from probity.terms.text import Text

COMMANDS: dict[str, Text] = {
    "deliver": Text(
        "递交一个来源的文件，逐行核对入库", "take in a source's files, checked and accounted for row by row"
    ),
    "deliveries": Text("列出各批次及其逐行核算", "list the batches and how each was accounted for"),
    "quarantine": Text("列出或处置待核区中的行", "list or settle the rows in quarantine"),
    "endings": Text("列出或核定名单更新后拟终止的记录", "list or decide what a newer list no longer states"),
    "evaluate": Text("按评价指标体系评价全部企业", "judge every enterprise by an index system"),
    "why": Text("说明一家企业的等级及每一分的理由", "explain an enterprise's grade, point by point"),
    "dossier": Text("查看一家企业的信用档案", "show one enterprise's dossier"),
    "answer": Text("就一项办理事项给出意见及依据", "answer a matter: proceed, with commitment, or hold"),
    "lookup": Text("查询企业列入哪些名单", "say on which lists an enterprise stands"),
    "backtest": Text("用历史检查回溯检验一种排序", "try an ordering on past visits"),
    "rule": Text("显示一条规则及其法律依据", "print a rule with its references"),
    "frames": Text("重建或核对列式镜像", "rebuild or verify the columnar mirror"),
    "trail": Text("核验、导出或查看操作留痕", "verify, export or read the trail of what was done"),
    "industries": Text("导入更细的行业分类", "load deeper levels of the industry classification"),
    "jobs": Text("查看、取消或重试后台任务", "follow, cancel or retry the long work people started"),
    "load": Text("装入示例城市", "load an example city"),
    "migrate": Text("把数据库升级到当前版本", "bring the database to the present version"),
    "serve": Text("启动网站", "serve the site"),
    "wheels": Text("查看或运行后台轮", "show what turns by itself, or turn it"),
    "up": Text("迁移、装入示例城市、评价并启动", "migrate, load the example city, evaluate and serve"),
}
"""Name → what it does; each name is a module beside this one."""

MIGRATING = ("migrate", "up")
"""The commands that bring the database up to date themselves; the others say so when it is not."""


WITHOUT_DATABASE = ("backtest",)
"""The commands that work on a file alone, on a machine without any database."""


def parser_of(names: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser with the arguments of the named commands; the others are only listed."""
    parser = argparse.ArgumentParser(prog="probity", description="Probity 信监")
    rooms = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, about in COMMANDS.items():
        line = f"{about.zh} · {about.en}"
        room = rooms.add_parser(name, help=line, description=line)
        if name in names:
            module = importlib.import_module(f"probity.wiring.commands.{name}")
            module.arguments(room)
            room.set_defaults(run=module.run)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; `--help` does not set Django up."""
    stated = list(sys.argv[1:] if arguments is None else arguments)
    asked = [word for word in stated if word in COMMANDS][:1]
    parser = parser_of(asked)
    chosen = parser.parse_args(stated)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probity.wiring.settings")
    import django

    django.setup()
    from probity.wiring.commands.refusals import refuse_if_behind, told
    from probity.wiring.stamping import stamp_versions

    stamp_versions()

    def run() -> int:
        if chosen.command not in (*MIGRATING, *WITHOUT_DATABASE):
            refuse_if_behind()
        return int(chosen.run(chosen))

    return told(run)
