"""Up: everything a newcomer needs, from an empty folder to a served example city."""

import argparse
import secrets
from pathlib import Path

from probity.terms import Actor, Text
from probity.wiring import clock
from probity.wiring.commands.printing import json_flag
from probity.wiring.commands.serve import wheels_flag

EXAMPLE_SYSTEMS = ("general", "jiangsu-environment-2020")
"""The shipped index systems, both illustrations, by which the example city is judged."""

FIRST = {
    "officer": "credit_officer",
    "system": "system_administrator",
    "security": "security_administrator",
    "audit": "audit_administrator",
}
"""Account name → role of the first four logins."""


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument("--host", default="127.0.0.1", help="监听地址 · address to listen on")
    room.add_argument(
        "--port", type=int, default=8000, help="端口；被占用时取下一个 · port; the next free one if taken"
    )
    room.add_argument("--city", type=Path, default=Path("example_city"), help="示例城市的目录 · folder of the city")
    room.add_argument("--no-serve", action="store_true", help="只准备，不启动 · prepare only")
    wheels_flag(room)
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """Migrate, load the example city into an empty database, judge it, tell the login, serve."""
    from django.core.management import call_command

    from probity.guard.procedures.queries import only_replayed
    from probity.know.sources.queries import any_batch
    from probity.wiring.commands.serve import free_port, serve
    from probity.wiring.replaying import is_unfinished, replay
    from probity.wiring.saying import say

    say(Text("一、升级数据库 …", "1. bringing the database up to date …"))
    call_command("migrate", verbosity=0)
    if not any_batch() or is_unfinished(chosen.city):
        say(Text("二、装入示例城市 …", "2. loading the example city …"))
        replay(chosen.city)
    if only_replayed():
        _judge_city(chosen.city)
    for name, password, role in first_logins():
        title = role_title(role)
        say(
            Text(
                f"首次登录：用户名 {name}，口令 {password}（{title.zh}；只显示这一次，首次使用须更改）",
                f"first login: name {name}, password {password} ({title.en.lower()}; shown this once, to be changed at first use)",
            )
        )
    if chosen.no_serve:
        return 0
    port = free_port(chosen.host, chosen.port)
    return serve(chosen.host, port, asked=chosen.port, has_wheels=not chosen.no_wheels)


def first_logins() -> list[tuple[str, str, str]]:
    """Appoint the first four when nobody can sign in yet; return name, password and role of each.

    A credit officer, who may look around the whole desk, and the three administrators, who are three people.
    """
    from probity.guard.authorities.actions import PLATFORM, appoint_first, platform
    from probity.guard.authorities.queries import has_accounts

    if has_accounts():
        return []
    by, at, on = Actor.system("first-run"), clock.now(), clock.today()
    platform(by=by, at=at)
    told = []
    for name, role in FIRST.items():
        password = secrets.token_urlsafe(12)
        appoint_first(name=name, password=password, authority=PLATFORM, role=role, by=by, at=at, on=on)
        told.append((name, password, role))
    return told


def role_title(role: str) -> Text:
    """Return what a role is called."""
    from probity.guard.authorities.roles import OFFICES

    return OFFICES[role].title


def _judge_city(city: Path) -> None:
    from probity.judge.evaluation.actions import run as judge_everyone
    from probity.judge.evaluation.queries import latest_run
    from probity.wiring.replaying import last_day
    from probity.wiring.saying import say

    by = Actor.system("first-run")
    for system in EXAMPLE_SYSTEMS:
        if latest_run(system, by=by):
            continue
        say(Text(f"三、按「{system}」评价 …", f"3. judging by “{system}” …"))
        line = judge_everyone(system=system, as_of=last_day(city), by=by, at=clock.now())
        say(
            Text(
                f"   {line.enterprises} 家企业：{dict(line.grades)}",
                f"   {line.enterprises} enterprises: {dict(line.grades)}",
            )
        )
