"""Limits: what the operator set for failures, sessions and asking again."""

from datetime import timedelta

from django.conf import settings

from probity.guard.credentials.types import SessionLimits, TryLimits


def try_limits() -> TryLimits:
    """Return after how many failures signing in waits, and for how long."""
    return TryLimits(
        settings.PROBITY_TRIES_A_NAME,
        settings.PROBITY_TRIES_AN_ADDRESS,
        timedelta(minutes=settings.PROBITY_LOCK_MINUTES),
    )


def session_limits() -> SessionLimits:
    """Return how long a session lives unused, at all, and after a proof."""
    return SessionLimits(
        timedelta(minutes=settings.PROBITY_IDLE_MINUTES),
        timedelta(hours=settings.PROBITY_SESSION_HOURS),
        timedelta(minutes=settings.PROBITY_ASK_AGAIN_MINUTES),
    )
