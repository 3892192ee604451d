"""Desk: reading a person's own views of lists."""

from probity.show.desk.models import SavedView


def views_of(account: int, list_: str) -> list[tuple[str, str]]:
    """Return (name, query) of the views a person kept of a list, by name; unnamed first, where there is one."""
    rows = SavedView.objects.filter(account=account, list=list_).order_by("name")
    return list(rows.values_list("name", "query"))
