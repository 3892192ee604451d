"""Tables: the ground of every model; writes only inside an act, some never undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models

_is_writing: ContextVar[bool] = ContextVar("is_writing", default=False)


class WriteOutsideAct(RuntimeError):
    """A table was written by code that is not an action."""


class AppendOnlyTable(RuntimeError):
    """A row of an append-only table was changed or deleted."""


@contextmanager
def writing() -> Iterator[None]:
    """Open the tables for writing; only actions (and migrations) do."""
    token = _is_writing.set(True)
    try:
        yield
    finally:
        _is_writing.reset(token)


def _refuse_outside(model: type[models.Model]) -> None:
    if not _is_writing.get():
        raise WriteOutsideAct(f"{model._meta.label} is written by actions only")


class Rows(models.QuerySet):
    """A queryset whose writes are refused outside an act."""

    def create(self, **values: Any) -> Any:
        """Insert one row, inside an act."""
        _refuse_outside(self.model)
        return super().create(**values)

    def bulk_create(self, *args: Any, **options: Any) -> Any:
        """Insert many rows, inside an act."""
        _refuse_outside(self.model)
        return super().bulk_create(*args, **options)

    def bulk_update(self, *args: Any, **options: Any) -> Any:
        """Change many rows, inside an act and never in an append-only table."""
        self._refuse_change()
        return super().bulk_update(*args, **options)

    def update(self, **values: Any) -> Any:
        """Change rows, inside an act and never in an append-only table."""
        self._refuse_change()
        return super().update(**values)

    def delete(self) -> Any:
        """Delete rows, inside an act and never from an append-only table."""
        self._refuse_change()
        return super().delete()

    def _refuse_change(self) -> None:
        _refuse_outside(self.model)
        if issubclass(self.model, AppendOnly):
            raise AppendOnlyTable(f"{self.model._meta.label} is append-only")


class Table(models.Model):
    """A table of the platform: rows are written inside `writing()` only."""

    objects = Rows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Write the row, inside an act."""
        _refuse_outside(type(self))
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> Any:
        """Delete the row, inside an act."""
        _refuse_outside(type(self))
        return super().delete(*args, **options)


class AppendOnly(Table):
    """A table whose rows are never changed or deleted; triggers keep it so in the database."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Insert the row; a second save is refused.

        Raises:
            AppendOnlyTable: when the row is already in the table.
        """
        if not self._state.adding:
            raise AppendOnlyTable(f"{self._meta.label} is append-only")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> Any:
        """Refuse.

        Raises:
            AppendOnlyTable: always.
        """
        raise AppendOnlyTable(f"{self._meta.label} is append-only")
