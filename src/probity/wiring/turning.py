"""Turning: the process in which wheels turn, each in its thread under its lease."""

import logging
import os
import signal
import threading
import time
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection

from probity.guard.procedures.actions import fenced, give_lease_back, keep_lease, note_turn, take_lease
from probity.guard.procedures.holders import this_place
from probity.guard.procedures.queries import wheel_rests_until
from probity.guard.procedures.types import Fence, LeaseHeld, LeaseLost, TurnNote
from probity.guard.procedures.waking import CHANNEL
from probity.wiring import clock
from probity.wiring.stopping import stopping
from probity.wiring.wheel import Wheel, lease_of

LEASE_SECONDS = 30
"""How long work stands still at most when its process dies on another machine."""

KEEP_EVERY = 8.0
"""Seconds between two lengthenings; three may fail before a lease is lost."""

NOTE_EVERY = 60.0
"""Seconds after which an idle wheel writes down again that it turns."""

AT_ONCE = 0.2
"""Seconds until the next turn while there is something to do."""

GRACE = 15.0
"""Seconds a turn has to come to its end when the process is asked to stop."""

log = logging.getLogger("probity.wheel")


class Turner(threading.Thread):
    """One wheel in its thread: takes the lease, turns, writes down what came of it, sleeps."""

    def __init__(self, wheel: Wheel, place: str) -> None:
        """Bind a wheel to this process."""
        super().__init__(name=wheel.name, daemon=True)
        self.wheel, self.lease = wheel, lease_of(wheel, place)
        self.fence: Fence | None = None
        self.began: float | None = None  # when the turn under way began, by the monotonic clock
        self.woken = threading.Event()
        self._noted = 0.0
        self._has_failed = False

    def run(self) -> None:
        """Turn until the process is to end; then give the lease back."""
        while not stopping.is_set():
            try:
                pause = self._turn()
            except Exception as failure:  # the database is away, or the lease is
                log.warning("wheel %s: %s", self.wheel.name, failure)
                self.fence, pause = None, KEEP_EVERY
                connection.close()
            self.woken.wait(pause)
            self.woken.clear()
        self._leave()

    def _turn(self) -> float:
        """Take the lease if it is not held, turn once, and return how many seconds to sleep."""
        at = clock.now()
        if self.fence is None:
            try:
                self.fence = take_lease(name=self.lease, at=at, seconds=LEASE_SECONDS)
            except LeaseHeld:
                return min(KEEP_EVERY, max(self.wheel.every, 1.0))
            if (rests := wheel_rests_until(self.lease)) and rests > at:
                return (rests - at).total_seconds()
        done, failure = self._turned(at)
        if self.fence is None:
            return AT_ONCE
        return self._pause(done, failure)

    def _turned(self, at: datetime) -> tuple[int, str]:
        assert self.fence is not None  # noqa: S101
        self.began = time.monotonic()
        try:
            with fenced(self.fence):
                return self.wheel.turn(at=at, fence=self.fence), ""
        except LeaseLost:
            self.fence = None
            return 0, ""
        except Exception as failure:
            log.exception("wheel %s failed", self.wheel.name)
            connection.close()
            return 0, f"{type(failure).__name__}: {failure}"
        finally:
            self.began = None

    def _pause(self, done: int, failure: str) -> float:
        """Write down what the turn came to where it says something new; return the seconds to sleep."""
        assert self.fence is not None  # noqa: S101
        now = time.monotonic()
        if not (done or failure or self._has_failed or now - self._noted > NOTE_EVERY):
            return self.wheel.every
        note = TurnNote(self.wheel.name, self.wheel.kind, self.wheel.every, done, failure)
        at = clock.now()
        next_at = note_turn(fence=self.fence, note=note, seconds=LEASE_SECONDS, at=at)
        self._noted, self._has_failed = now, bool(failure)
        is_quick = done > 0 and self.wheel.every < NOTE_EVERY
        return AT_ONCE if is_quick else (next_at - at).total_seconds()

    def keep(self, at: datetime) -> None:
        """Lengthen the lease, unless the turn under way has taken so long that it counts as hung."""
        fence, began = self.fence, self.began
        if fence is None or (began is not None and time.monotonic() - began > self.wheel.longest):
            return
        try:
            keep_lease(fence=fence, at=at, seconds=LEASE_SECONDS)
        except LeaseLost:
            if self.fence is fence:
                self.fence = None

    def _leave(self) -> None:
        try:
            if self.fence is not None:
                if self.wheel.at_end:
                    self._turned(clock.now())
                give_lease_back(fence=self.fence)
        except Exception as failure:
            log.warning("wheel %s: its lease was not given back: %s", self.wheel.name, failure)
        finally:
            connection.close()


def turn_wheels(chosen: Sequence[Wheel], *, beside: int = 0) -> None:
    """Turn wheels in this process until it is asked to end, or the process `beside` it is gone."""
    place = this_place(str(settings.PROBITY_HOME))
    turners = [Turner(wheel, place) for wheel in chosen]
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    for turner in turners:
        turner.start()
    if connection.vendor == "postgresql":
        threading.Thread(target=_listen, args=(turners,), name="listening", daemon=True).start()
    _keep_until_stopped(turners, beside)
    for turner in turners:
        turner.woken.set()
    until = time.monotonic() + GRACE
    for turner in turners:
        turner.join(max(0.0, until - time.monotonic()))


def _keep_until_stopped(turners: Sequence[Turner], beside: int) -> None:
    """Lengthen every lease in time; this is the main thread's only work."""
    due = time.monotonic() + KEEP_EVERY
    while not stopping.wait(0.5):
        if beside and os.getppid() != beside:
            stopping.set()
        elif time.monotonic() >= due:
            due = time.monotonic() + KEEP_EVERY
            for turner in turners:
                try:
                    turner.keep(clock.now())
                except Exception as failure:
                    log.warning("the lease of %s was not kept: %s", turner.wheel.name, failure)
                    connection.close()


def _listen(turners: Sequence[Turner]) -> None:
    """Wake the wheels when the database says that something was written."""
    import psycopg

    while not stopping.is_set():
        try:
            stated = connection.get_connection_params()
            known = {name: stated[name] for name in ("dbname", "host", "port", "user", "password") if stated.get(name)}
            with psycopg.connect(**known, autocommit=True) as listening:
                listening.execute(f"LISTEN {CHANNEL}")
                while not stopping.is_set():
                    for _ in listening.notifies(timeout=1.0, stop_after=1):
                        for turner in turners:
                            turner.woken.set()
        except psycopg.Error as failure:
            log.warning("not listening: %s", failure)
            stopping.wait(KEEP_EVERY)
