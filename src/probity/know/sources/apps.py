"""Sources: where they stand among the rooms."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """The room of sources, their batches and how each was accounted for."""

    name = "probity.know.sources"
    label = "sources"
    default_auto_field = "django.db.models.BigAutoField"
