"""Lists: where they stand among the rooms."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """The room of list entries and what is said of their use."""

    name = "probity.act.lists"
    label = "lists"
    default_auto_field = "django.db.models.BigAutoField"
