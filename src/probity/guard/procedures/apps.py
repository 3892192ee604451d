"""Procedures: where they stand among the rooms."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """The room of revisions, cursors and leases."""

    name = "probity.guard.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"
