"""Serve: the site on the first free port from the one asked for."""

import argparse
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from probity.terms import Text, Unknown
from probity.wiring.commands.printing import json_flag

MOST_PORTS_TRIED = 50


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument("--host", default="127.0.0.1", help="监听地址 · address to listen on")
    room.add_argument(
        "--port", type=int, default=8000, help="端口；被占用时取下一个 · port; the next free one if taken"
    )
    wheels_flag(room)
    json_flag(room)


def wheels_flag(room: argparse.ArgumentParser) -> None:
    """Give a command the flag that leaves the wheels to another process."""
    room.add_argument(
        "--no-wheels", action="store_true", help="不同时启动后台轮 · do not turn wheels beside the server"
    )


def run(chosen: argparse.Namespace) -> int:
    """Serve until stopped."""
    port = free_port(chosen.host, chosen.port)
    return serve(chosen.host, port, asked=chosen.port, has_wheels=not chosen.no_wheels)


def free_port(host: str, first: int) -> int:
    """Return the first port from `first` on that nobody listens on.

    Raises:
        LookupError: when none of the next fifty is free.
    """
    for port in range(first, first + MOST_PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise Unknown(
        f"端口 {first} 至 {first + MOST_PORTS_TRIED - 1} 均被占用",
        f"no free port from {first} to {first + MOST_PORTS_TRIED - 1}",
    )


@contextmanager
def wheels_beside() -> Iterator[None]:
    """Turn the wheels in a process of their own that ends with this one, however this one ends."""
    command = [sys.executable, "-m", "probity", "wheels", "run", "--beside", str(os.getpid())]
    turning = subprocess.Popen(command)  # noqa: S603  (our own command, nothing of a reader in it)
    try:
        yield
    finally:
        turning.terminate()
        try:
            turning.wait(timeout=20)
        except subprocess.TimeoutExpired:
            turning.kill()


def serve(host: str, port: int, *, asked: int, has_wheels: bool = True) -> int:
    """Start the server, and the wheels beside it, and say where it answers."""
    from django.core.management import call_command
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from probity.guard.procedures.queries import lawbook
    from probity.guard.trail import triggers
    from probity.wiring.saying import say

    if open_tables := triggers.missing():
        raise Unknown(
            f"只增表缺少触发器：{'、'.join(open_tables)}，请运行 probity migrate",
            f"append-only triggers are missing on {', '.join(open_tables)}: run `probity migrate`",
        )
    lawbook()  # a rulebook with faults, or a changed frozen rule, keeps the site from starting
    call_command("collectstatic", interactive=False, verbosity=0)
    if port != asked:
        say(Text(f"端口 {asked} 已被占用，改用 {port}", f"port {asked} is taken, using {port}"))
    say(
        Text(
            f"已启动：http://{host}:{port}/ （工作台 /desk/），按 Ctrl+C 停止",
            f"serving at http://{host}:{port}/ (desk at /desk/), Ctrl+C stops it",
        )
    )
    server = Granian(
        "probity.wiring.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_level=LogLevels.error,
    )
    with wheels_beside() if has_wheels else nullcontext():
        server.serve()
    return 0
