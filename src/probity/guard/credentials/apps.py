"""Credentials: where they stand among the rooms."""

from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    """The room of passwords, factors, sessions and keys."""

    name = "probity.guard.credentials"
    label = "credentials"
    default_auto_field = "django.db.models.BigAutoField"
