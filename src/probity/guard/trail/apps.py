"""Trail: where it stands among the rooms."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TrailConfig(AppConfig):
    """The room of the trail; after every migration it restores the append-only triggers."""

    name = "probity.guard.trail"
    label = "trail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bind the one step that must follow every migration."""
        post_migrate.connect(_restore, dispatch_uid="trail.triggers")


def _restore(using: str, **_: Any) -> None:
    from probity.guard.trail import triggers

    triggers.install(using)
