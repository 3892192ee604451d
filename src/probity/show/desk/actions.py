"""Desk: the verbs by which a person keeps and drops their own views of lists."""

from datetime import datetime

from probity.guard.trail.actions import acting
from probity.show.desk.models import SavedView
from probity.terms import Actor, Text

MOST_VIEWS = 30
"""So many named views a person may keep of one list."""

LONGEST_QUERY = 2000


class ViewNotKept(ValueError):
    """A view that cannot be kept; the text says why."""

    def __init__(self, text: Text) -> None:
        """Keep the sentence."""
        super().__init__(text.en)
        self.text = text


def keep_view(*, account: int, list_: str, name: str, query: str, by: Actor, at: datetime) -> None:
    """Keep how a list is filtered, ordered and shown, under a name; the same name is written over.

    Without a name it is the person's choice of columns for that list.

    Raises:
        ViewNotKept: when there are too many views already, or the filters are too long to be kept.
    """
    if len(query) > LONGEST_QUERY:
        raise ViewNotKept(Text("筛选条件过长，无法保存", "these filters are too long to be kept"))
    with acting("view.kept", by=by, at=at) as act:
        mine = SavedView.objects.filter(account=account, list=list_)
        if name and mine.exclude(name__in=("", name)).count() >= MOST_VIEWS:
            raise ViewNotKept(Text(f"每个列表最多保存 {MOST_VIEWS} 个视图", f"a list keeps at most {MOST_VIEWS} views"))
        SavedView.objects.update_or_create(account_id=account, list=list_, name=name[:60], defaults={"query": query})
        act.note(f"account:{account}", list=list_, name=name[:60])


def drop_view(*, account: int, list_: str, name: str, by: Actor, at: datetime) -> None:
    """Drop one of a person's own views; dropped twice, nothing changes."""
    with acting("view.dropped", by=by, at=at) as act:
        SavedView.objects.filter(account=account, list=list_, name=name).delete()
        act.note(f"account:{account}", list=list_, name=name)
