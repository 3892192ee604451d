"""Records: where they stand among the rooms."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The room of records, their attribution, their ends and the quarantine."""

    name = "probity.know.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
