"""Tables: the ground of every model; written only inside an act."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, models

_is_writing: ContextVar[bool] = ContextVar("is_writing", default=False)
_last_words: ContextVar[tuple[Callable[[], None], ...]] = ContextVar("last_words", default=())


class WriteOutsideAct(RuntimeError):
    """A table was written by code that is not an action."""


class AppendOnlyTable(RuntimeError):
    """A row of an append-only table was changed or deleted."""


@contextmanager
def writing() -> Iterator[None]:
    """Open the tables for writing; only actions (and migrations) do.

    What asked for the last word is heard when the outermost block ends, still in its transaction.
    """
    is_outermost = not _is_writing.get()
    token = _is_writing.set(True)
    try:
        yield
        if is_outermost:
            for word in _last_words.get():
                word()
    finally:
        _is_writing.reset(token)


@contextmanager
def last_word(word: Callable[[], None]) -> Iterator[None]:
    """Have `word` called at the end of every act of this thread; it raises to undo the act."""
    token = _last_words.set((*_last_words.get(), word))
    try:
        yield
    finally:
        _last_words.reset(token)


def _refuse_outside(model: type[models.Model]) -> None:
    if not _is_writing.get():
        raise WriteOutsideAct(f"{model._meta.label} is written by actions only")


class Rows(models.QuerySet[Any]):
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
        """Delete rows, inside an act and never from an append-only table; a retained one lets go what is due."""
        _refuse_outside(self.model)
        if not issubclass(self.model, Retained):
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

    def delete(self, *_: Any, **__: Any) -> Any:
        """Refuse.

        Raises:
            AppendOnlyTable: always.
        """
        raise AppendOnlyTable(f"{self._meta.label} is append-only")


class Retained(AppendOnly):
    """An append-only table whose rows may go once the last day each one bears has passed.

    The trigger in the database compares that day with the database's own clock; nothing else
    lets a row go, and it is never changed.
    """

    keep_until = models.DateField()

    class Meta:
        abstract = True


def reserve(model: type[models.Model], count: int) -> Sequence[int]:
    """Return `count` fresh row numbers of a table, inside the transaction that will use them."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, column, count]
            )
            return [row[0] for row in cursor.fetchall()]
        # One writer at a time holds the database, and AUTOINCREMENT follows numbers given to it.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    start = (last[0] if last else 0) + 1
    return range(start, start + count)


def fill(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]], *, skip_known: bool = False
) -> None:
    """Insert many rows at the speed of the database: COPY on PostgreSQL, one statement on SQLite.

    Args:
        model: the table; the act must be open.
        names: attributes in the order of the values in `rows`.
        rows: one sequence of values a row; texts, numbers, bytes, days, moments and None.
        skip_known: leave out rows that a unique constraint knows already, instead of failing.
    """
    _refuse_outside(model)
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table = f'"{model._meta.db_table}"'
    dated = {place: _kept(field) for place, field in enumerate(fields) if isinstance(field, models.DateTimeField)}
    prepared = (_prepared(row, dated) for row in rows) if dated else rows
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not skip_known:
            with cursor.cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in prepared:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(fields))
        known = " ON CONFLICT DO NOTHING" if skip_known else ""
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks}){known}", list(prepared))  # noqa: S608


def _prepared(row: Sequence[Any], dated: dict[int, Callable[[Any], Any]]) -> Sequence[Any]:
    values = list(row)
    for place, value in dated.items():
        values[place] = value(values[place])
    return values


def _kept(field: Any) -> Callable[[Any], Any]:
    """Return what makes a moment the database's own; they repeat, so each is made once."""
    known: dict[Any, Any] = {None: None}

    def value(of: Any) -> Any:
        if of not in known:
            known[of] = field.get_db_prep_save(of, connection)
        return known[of]

    return value
