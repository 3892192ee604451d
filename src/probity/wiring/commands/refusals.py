"""Refusals: how a command says no, in one clear sentence instead of a traceback."""

import os
import sys
from collections.abc import Callable

from django.db.utils import OperationalError, ProgrammingError

from probity.guard.authorities.types import NotPermitted
from probity.guard.procedures.types import LeaseHeld, LeaseLost
from probity.rulebook.reading import RulebookFaults
from probity.terms import Text
from probity.wiring.saying import Refused, said, say


def told(run: Callable[[], int | None]) -> int:
    """Run a command; turn what users can mend into a sentence and exit status 2."""
    try:
        return run() or 0
    except Refused as refusal:
        say(refusal.text, error=True)
    except NotPermitted as refusal:
        say(Text(f"缺少权限：{refusal.permission}", f"permission {refusal.permission} is missing"), error=True)
    except LeaseHeld as refusal:
        say(
            Text(
                f"{refusal} 正在处理另一次递交，请稍后再试", f"{refusal} is at work on another delivery; try again soon"
            ),
            error=True,
        )
    except LeaseLost as refusal:
        say(
            Text(
                f"{refusal} 的工作已由他人接手；请再次运行以核对",
                f"somebody else took over {refusal}; run again to see how it ended",
            ),
            error=True,
        )
    except RulebookFaults as refusal:
        for fault in refusal.faults:
            say(Text(f"{fault.file}:{fault.line}: {fault.reason.zh}", str(fault)), error=True)
    except (OperationalError, ProgrammingError) as refusal:
        say(
            Text(
                f"数据库不可用：{refusal}（先运行 probity migrate）",
                f"the database is not usable: {refusal} (run `probity migrate` first)",
            ),
            error=True,
        )
    except BrokenPipeError:  # the reader had enough, such as `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        say(Text("已停止；再次运行会从停下的地方继续", "stopped; run again to go on from here"), error=True)
        return 130
    except (LookupError, ValueError, FileNotFoundError) as refusal:
        reason = refusal.args[0] if isinstance(refusal, KeyError) and refusal.args else refusal
        say(said(refusal) or Text(f"未能完成：{reason}", f"not done: {reason}"), error=True)
    return 2


def refuse_if_behind() -> None:
    """Refuse to work on a database that is not at the present version.

    Raises:
        Refused: naming the rooms whose tables are behind.
    """
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        rooms = ", ".join(sorted({migration.app_label for migration, _ in waiting}))
        raise Refused(
            Text(
                f"数据库不是当前版本（{rooms}），请先运行 probity migrate",
                f"the database is not at the present version ({rooms}): run `probity migrate` first",
            )
        )
