"""The strict door: delivered rows become stated facts, or problems that say why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import repeat

from probity.know.records import rules
from probity.know.records.cells import CODE_FIELDS, NAME_FIELD, Cell, Memory, cell_reader
from probity.know.records.folding import narrow
from probity.know.records.forms import choice_key
from probity.know.records.identities import DIGEST_BYTES, SeenRows, digest, fragment
from probity.know.records.types import CheckedChunk, Fault, Problem, StatedFact
from probity.know.sources.types import RowChunk
from probity.rulebook.types import (
    DATED_BY_DELIVERY,
    DATED_FIELD,
    Delivers,
    FeedColumn,
    FeedProfile,
    Form,
    RecordType,
    Route,
    Undated,
)

_PART = "\x1f"


class Door:
    """Checks the rows of one feed against the record types it delivers, on one day.

    Pure: the same rows on the same day give the same result, so a resumed delivery may be sent
    through again. Texts met before are not read again, so one door serves a whole file.
    """

    def __init__(self, profile: FeedProfile, record_types: Mapping[str, RecordType], *, today: date) -> None:
        """Prepare the readers; `today` is the day of delivery in Shanghai.

        Raises:
            KeyError: when a record type the profile routes to is not in the catalogue.
        """
        self.profile, self.today = profile, today
        self._lanes = [_Lane(profile, route, record_types[route.record_type], today) for route in profile.routes]
        self._person_values = {
            header: frozenset(map(choice_key, values)) for header, values in profile.person_rows.items()
        }

    def examine(self, chunk: RowChunk, seen: SeenRows) -> CheckedChunk:
        """Return what became of every row of a chunk; `seen` goes through all chunks of a file."""
        ledger = _Ledger(chunk)
        self._refuse_rows(ledger)
        for lane, places in self._sorted(ledger):
            lane.examine(ledger, places, seen)
        return ledger.closed()

    def check_row(self, values: Mapping[str, str], *, number: int) -> CheckedChunk:
        """Return what becomes of one row alone, such as a mended one: header → text."""
        columns = {header: [text] for header, text in values.items()}
        return self.examine(RowChunk((number,), columns, b"", frozenset()), SeenRows())

    def _refuse_rows(self, ledger: "_Ledger") -> None:
        for header, values in self._person_values.items():
            for place, text in enumerate(ledger.column(header)):
                if choice_key(text) in values:
                    ledger.refuse(place, header, rules.PERSON_ROW)
        if ledger.chunk.ragged:
            for place, number in enumerate(ledger.chunk.numbers):
                if number in ledger.chunk.ragged:
                    ledger.refuse(place, "", rules.RAGGED)
        if self.profile.operation:
            for place, text in enumerate(ledger.column(self.profile.operation)):
                if (operation := rules.operation(text)) is None:
                    ledger.refuse(place, self.profile.operation, rules.NO_OPERATION)
                else:
                    ledger.operations[place] = operation

    def _sorted(self, ledger: "_Ledger") -> Iterable[tuple["_Lane", Sequence[int]]]:
        """Yield each lane with the places of its rows; the first route that takes a row has it."""
        places: Sequence[int] = range(len(ledger.chunk.numbers))
        for lane in self._lanes:
            if not lane.header:
                yield lane, places
                return
            texts = ledger.column(lane.header)
            taken = [place for place in places if choice_key(texts[place]) in lane.values]
            yield lane, taken
            gone = set(taken)
            places = [place for place in places if place not in gone]
        for place in places:
            ledger.refuse(place, self._lanes[-1].header, rules.NO_ROUTE)


@dataclass
class _Ledger:
    """What is being written down about the rows of one chunk."""

    chunk: RowChunk
    problems: dict[int, list[Problem]] = field(default_factory=dict)
    stated: list[StatedFact] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    repaired: dict[int, str] = field(default_factory=dict)
    operations: dict[int, str] = field(default_factory=dict)
    masked: int = 0

    def column(self, header: str) -> Sequence[str]:
        """Return a delivered column; one that the file lacks says nothing in any row."""
        found = self.chunk.columns.get(header)
        return found if found is not None else [""] * len(self.chunk.numbers)

    def refuse(self, place: int, header: str, fault: Fault) -> None:
        """Write down a problem of the row at a place of the chunk."""
        text = self.column(header)[place] if header else ""
        problem = rules.problem(self.chunk.numbers[place], header, fault, text)
        self.problems.setdefault(place, []).append(problem)

    def closed(self) -> CheckedChunk:
        """Return the account of the chunk: every row once."""
        numbers = self.chunk.numbers
        problems: list[Problem] = []
        quarantined: dict[int, Mapping[str, str]] = {}
        for place in sorted(self.problems):
            kept = rules.kept_problems(self.problems[place])
            problems += kept
            row = {header: texts[place] for header, texts in self.chunk.columns.items()}
            quarantined[numbers[place]] = rules.kept_values(kept, row)
        self.stated.sort(key=lambda stated: stated.row)
        return CheckedChunk(
            received=len(numbers),
            stated=tuple(self.stated),
            repeated=tuple(self.repeated),
            problems=tuple(problems),
            quarantined=quarantined,
            repaired=self.repaired,
            masked=self.masked,
        )


class _Lane:
    """One route of a profile: reads its columns and states facts of one record type."""

    def __init__(self, profile: FeedProfile, route: Route, record_type: RecordType, today: date) -> None:
        self.profile, self.type, self.today = profile, record_type, today
        self.header = route.header
        self.values = frozenset(map(choice_key, route.values))
        fields = set(record_type.fields) | CODE_FIELDS | {NAME_FIELD}
        self.columns = [column for column in profile.columns if column.field in fields]
        self.memories = [Memory(cell_reader(column, record_type, today)) for column in self.columns]
        self.constants = _constants(record_type, route.constants)
        self.code_places = [place for place, column in enumerate(self.columns) if column.field in CODE_FIELDS]
        self.order = sorted(range(len(self.columns)), key=lambda place: self.columns[place].field)
        self.is_mixed = any(_is_mixed(self.columns[place]) for place in self.code_places)
        self.is_sorted_late = self.is_mixed or len(self.code_places) > 1 or bool(self.constants)
        self.prefix = f"{record_type.key}{_PART}{profile.source}{_PART}"
        self.by_field = {column.field: place for place, column in enumerate(self.columns)}
        self.may_be_undated = record_type.undated is Undated.DELIVERY_DAY
        self.is_envelope = profile.delivers is Delivers.ENVELOPE

    def examine(self, ledger: _Ledger, places: Sequence[int], seen: SeenRows) -> None:
        """Read the rows at these places, write down their problems, state the others."""
        if not places:
            return
        cells = [
            self._read(ledger, column, memory, places)
            for column, memory in zip(self.columns, self.memories, strict=True)
        ]
        codes = self._codes(ledger, places, cells)
        names = self._values(cells, NAME_FIELD, len(places))
        for at, (name, code) in enumerate(zip(names, codes, strict=True)):
            if not name and not code:
                ledger.refuse(places[at], self._subject_header(), rules.NO_SUBJECT)
        self._state(ledger, places, seen, _Reading(cells, names, codes))

    def _read(self, ledger: _Ledger, column: FeedColumn, memory: Memory, places: Sequence[int]) -> list[Cell]:
        header = column.headers[0]
        texts = ledger.column(header)
        chosen = texts if len(places) == len(texts) else [texts[place] for place in places]
        cells = list(map(memory.__getitem__, chosen))
        if memory.has_faults:
            for place, cell in zip(places, cells, strict=True):
                if cell.fault:
                    ledger.refuse(place, header, cell.fault)
        if memory.has_notes:
            for place, cell in zip(places, cells, strict=True):
                if isinstance(cell.note, str):
                    ledger.repaired[ledger.chunk.numbers[place]] = cell.note
                else:
                    ledger.masked += cell.note
        return cells

    def _codes(
        self, ledger: _Ledger, places: Sequence[int], cells: list[list[Cell]]
    ) -> Sequence[tuple[tuple[str, str], ...]]:
        """Return the codes of each row, the credit code first; two that differ are a problem."""
        if not self.code_places:
            return [()] * len(places)
        if len(self.code_places) == 1:
            return [cell[1] or () for cell in cells[self.code_places[0]]]
        found = []
        for at, place in enumerate(places):
            stated: dict[str, str] = {}
            for column in self.code_places:
                for kind, code in cells[column][at].value or ():
                    if stated.setdefault(kind, code) == code:
                        continue
                    ledger.refuse(place, self.columns[column].headers[0], rules.TWO_CODES)
            found.append(rules.ordered_codes(stated))
        return found

    def _values(self, cells: list[list[Cell]], key: str | None, count: int) -> Sequence[object]:
        place = self.by_field.get(key) if key else None
        if place is not None:
            return [cell[1] for cell in cells[place]]
        return [self.constants.get(key) if key else None] * count

    def _subject_header(self) -> str:
        place = self.by_field.get(NAME_FIELD, self.code_places[0] if self.code_places else 0)
        return self.columns[place].headers[0]

    def _state(self, ledger: _Ledger, places: Sequence[int], seen: SeenRows, reading: "_Reading") -> None:
        count, record_type, numbers = len(places), self.type, ledger.chunk.numbers
        days = self._values(reading.cells, record_type.occurred_on, count)
        columns = zip(
            places,
            days,
            self._values(reading.cells, record_type.until, count),
            self._values(reading.cells, record_type.kind, count),
            self._values(reading.cells, record_type.degree, count),
            self._values(reading.cells, record_type.amount, count),
            self._values(reading.cells, record_type.points, count),
            reading.names,
            reading.codes,
            fields := self._fields(reading, days),
            [sha256(text.encode()).digest()[:DIGEST_BYTES] for text in fields],
            self._idents(reading, count),
            strict=True,
        )
        for place, day, until, kind, degree, amount, points, name, codes, text, content, ident in columns:
            if place in ledger.problems:
                continue
            occurred_on = day if isinstance(day, date) else self.today  # an undated list: by its delivery
            if isinstance(until, date) and until <= occurred_on:
                ledger.refuse(place, self._header_of(record_type.until), rules.ENDS_EARLY)
                continue
            row = numbers[place]
            identity = digest(f"{record_type.key}{_PART}{ident}") if ident else self._counted(text, seen)
            operation = ledger.operations.get(place, "") if self.is_envelope else ""
            if ident and operation in ("", "i") and (first := seen.first(identity, content, row)):
                if first[0] == content:
                    ledger.repeated.append(row)
                else:
                    ledger.refuse(place, self._identity_header(), rules.conflict(first[1]))
                continue
            ledger.stated.append(
                StatedFact(
                    row,
                    operation,
                    record_type.key,
                    identity,
                    content,
                    occurred_on,
                    until,
                    kind,
                    degree,
                    amount,
                    points,
                    name or "",
                    codes,
                    text,
                )
            )

    def _counted(self, fields: str, seen: SeenRows) -> bytes:
        row = digest(f"{self.prefix}{_PART}{fields}")
        return digest(f"{self.prefix}{_PART}{fields}{_PART}{seen.ordinal(row)}")

    def _fields(self, reading: "_Reading", days: Sequence[object]) -> Sequence[str]:
        """Return the canonical JSON of each row: everything stated, keys sorted."""
        parts: list[Iterable[str]] = [[cell[0] for cell in reading.cells[place]] for place in self.order]
        if not self.is_sorted_late and not self.may_be_undated:
            return ["{" + ",".join(filter(None, row)) + "}" for row in zip(*parts, strict=True)]
        parts += [repeat(fragment(key, value), len(days)) for key, value in self.constants.items()]
        if self.may_be_undated and DATED_FIELD not in self.by_field and DATED_FIELD not in self.constants:
            by_delivery = fragment(DATED_FIELD, DATED_BY_DELIVERY)
            parts.append(["" if day else by_delivery for day in days])
        # Sorting whole fragments sorts by key, because the closing quote sorts before any sign of
        # a key; a code that two columns state alike stands once.
        return ["{" + ",".join(sorted(set(filter(None, row)))) + "}" for row in zip(*parts, strict=True)]

    def _idents(self, reading: "_Reading", count: int) -> Sequence[str]:
        """Return what names the fact of each row; empty where the whole row does."""
        if not self.type.identity:
            return [""] * count
        parts: list[Sequence[str]] = []
        for key in self.type.identity:
            place = self.by_field.get(key)
            if place is not None:
                parts.append([cell[2] for cell in reading.cells[place]])
            else:
                parts.append([narrow(str(self.constants.get(key, "")))] * count)
        return [_PART.join(row) if all(row) else "" for row in zip(*parts, strict=True)]

    def _header_of(self, key: str | None) -> str:
        place = self.by_field.get(key or "")
        return self.columns[place].headers[0] if place is not None else ""

    def _identity_header(self) -> str:
        return next((header for key in self.type.identity if (header := self._header_of(key))), "")


@dataclass
class _Reading:
    """The cells of a lane's rows by column, with the subject of each row."""

    cells: list[list[Cell]]
    names: Sequence[object]
    codes: Sequence[tuple[tuple[str, str], ...]]


def _is_mixed(column: FeedColumn) -> bool:
    return column.form is Form.ANY_CODE or column.field != "credit_code"


def _constants(record_type: RecordType, stated: Mapping[str, str]) -> dict[str, object]:
    """Return the constants of a route as values of their fields."""
    found: dict[str, object] = {}
    for key, text in stated.items():
        form = record_type.fields[key].form
        if form is Form.DAY:
            found[key] = date.fromisoformat(text)
        elif form in (Form.INTEGER, Form.YEAR):
            found[key] = int(text)
        else:
            found[key] = text == "true" if form is Form.FLAG else text
    return found
