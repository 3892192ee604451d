"""Registry: where it stands among the rooms."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """The room of enterprises and their identities."""

    name = "probity.know.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"
