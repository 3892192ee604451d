"""Evaluation: where it stands among the rooms."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """The room of runs and their outcomes."""

    name = "probity.judge.evaluation"
    label = "evaluation"
    default_auto_field = "django.db.models.BigAutoField"
