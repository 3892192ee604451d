"""Measures: where they stand among the rooms."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """The room of measures, their publication, and the answers that rest on them."""

    name = "probity.act.measures"
    label = "measures"
    default_auto_field = "django.db.models.BigAutoField"
