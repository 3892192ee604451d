"""Authorities: where they stand among the rooms."""

from django.apps import AppConfig


class AuthoritiesConfig(AppConfig):
    """The room of authorities, officers and permissions."""

    name = "probity.guard.authorities"
    label = "authorities"
    default_auto_field = "django.db.models.BigAutoField"
