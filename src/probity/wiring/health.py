"""Health: whether this process answers, and whether it may be sent work."""

from collections.abc import Callable
from datetime import datetime

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from probity.guard.procedures import queries as procedures
from probity.guard.trail import queries as trail
from probity.guard.trail import triggers
from probity.terms import Actor
from probity.wiring import clock

BY = Actor.system("health")


@never_cache
@require_safe
def alive(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Answer that the process runs; asks nothing of the database, so that a restart is not asked for in vain."""
    return JsonResponse({"alive": True})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Answer 200 when work may be sent here, else 503; tells parts by name, never what they hold."""
    at = clock.now()
    parts = {name: _holds(check, at) for name, check in CHECKS.items()}
    is_ready = all(parts[name] for name in NEEDED)
    return JsonResponse({"ready": is_ready, "parts": parts}, status=200 if is_ready else 503)


def _holds(check: Callable[[datetime], bool], at: datetime) -> bool:
    try:
        return check(at)
    except Error:  # a database that is away, or not yet migrated
        return False


def _database(at: datetime) -> bool:  # noqa: ARG001
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _migrations(at: datetime) -> bool:  # noqa: ARG001
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _triggers(at: datetime) -> bool:  # noqa: ARG001
    return not triggers.missing()


def _trail_sealed(at: datetime) -> bool:
    return not trail.sealing(at=at).is_late


def _wheels(at: datetime) -> bool:
    return not any(wheel.failures for wheel in procedures.wheels(by=BY, at=at))


CHECKS: dict[str, Callable[[datetime], bool]] = {
    "database": _database,
    "migrations": _migrations,
    "append_only_triggers": _triggers,
    "trail_sealed": _trail_sealed,
    "wheels": _wheels,
}
NEEDED = ("database", "migrations", "append_only_triggers")
"""Without these no page is served rightly; a late seal or a failing wheel is an alarm, not a reason to go dark."""
