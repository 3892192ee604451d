"""Parsing: reads one delivered file in a process of its own, within limits.

Run as a script by `opening.py`, isolated, with no setting and no secret in its environment; it
imports nothing of ours, so that a crash or a bomb takes nothing with it. Messages both ways are
four bytes of length, then JSON. Asked for a path and limits, it answers with the head of every
table; told which row is the header and which columns are named, it sends those columns only:
the content of any other column never leaves this process.
"""

import codecs
import csv
import json
import resource
import struct
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from io import StringIO
from itertools import chain, islice
from pathlib import Path
from typing import Any

HEAD_ROWS = 20
CHUNK_ROWS = 5_000
CHUNK_CHARACTERS = 4_000_000
DIGEST_BYTES = 8
DELIMITERS = ",\t;|"
_BLOCK = 1 << 20

Row = list[str]


class Refused(Exception):
    """The file cannot be read; `code` names why, `values` fill the sentence shown."""

    def __init__(self, code: str, **values: object) -> None:
        """Keep the code and what fills its sentence."""
        super().__init__(code)
        self.code, self.values = code, values


@dataclass
class Table:
    """One sheet: its name, the number of its first row, and its rows as text."""

    name: str
    first: int
    rows: Iterator[Row]


def send(message: dict[str, Any]) -> None:
    """Write one message to the parent."""
    body = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    sys.stdout.buffer.write(struct.pack(">I", len(body)) + body)
    sys.stdout.buffer.flush()


def receive() -> dict[str, Any]:
    """Read one message of the parent; an ended pipe ends this process."""
    length = sys.stdin.buffer.read(4)
    if len(length) < 4:
        raise SystemExit(0)
    found: dict[str, Any] = json.loads(sys.stdin.buffer.read(struct.unpack(">I", length)[0]))
    return found


def confine(limits: dict[str, int]) -> None:
    """Bind this process to its limits of memory and time, and forbid it to write files."""
    for kind, most in (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_CPU, limits["processor_seconds"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):  # a stricter limit stands already, or the system has none
            continue


def tables_of(path: Path, limits: dict[str, int]) -> tuple[str, str, list[Table]]:
    """Return the format, the encoding (of text) and the tables of a file, whatever it is called.

    Raises:
        Refused: when the content is none of the known formats.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(b"PK\x03\x04"):
        _refuse_bomb(path, limits)
        return "xlsx", "", _sheets(path)
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "xls", "", _sheets(path)
    if start.startswith(b"PAR1"):
        return "parquet", "", [Table("", 1, _parquet_rows(path))]
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<html", b"<!doctype", b"<?xml", b"<table", b"<svg")):
        raise Refused("HTML")
    if start.startswith((b"%PDF", b"Rar!", b"\x1f\x8b", b"7z\xbc\xaf", b"{", b"\x89PNG", b"\xff\xd8\xff")):
        raise Refused("FORMAT")
    encoding = encoding_of(path)
    if not encoding.startswith("utf-16") and b"\x00" in start:
        raise Refused("FORMAT")
    return "csv", encoding, [Table("", 1, _csv_rows(path, encoding, limits))]


def _refuse_bomb(path: Path, limits: dict[str, int]) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        raise Refused("TRUNCATED") from None
    whole = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if whole > limits["unzipped_bytes"] or (whole > 1 << 22 and whole / packed > limits["unzip_ratio"]):
        raise Refused("BOMB", ratio=whole // packed, size=whole)
    if any(member.filename == "EncryptedPackage" or member.flag_bits & 1 for member in members):
        raise Refused("LOCKED")


def _sheets(path: Path) -> list[Table]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_path(path)
        sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
    except PasswordError:
        raise Refused("LOCKED") from None
    except (CalamineError, ValueError, OSError) as error:
        raise Refused("TRUNCATED" if "zip" in str(error).lower() else "SPREADSHEET", reason=str(error)[:200]) from None
    found = []
    for name, sheet in sheets:
        if sheet.start is None:
            continue
        row, column = sheet.start
        found.append(Table(name, row + 1, _sheet_rows(sheet, column)))
    return found


def _sheet_rows(sheet: Any, before: int) -> Iterator[Row]:
    pad = [""] * before
    for row in sheet.iter_rows():
        yield pad + [shown(value) for value in row]


def shown(value: object) -> str:
    """Return a cell as its author saw it: whole numbers bare, others with fifteen digits.

    Numbers of more than fifteen digits keep their exponent, because the digits are lost.
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return f"{value:.12f}".rstrip("0") if abs(value) < 1e-3 else format(value, ".15g")
    if isinstance(value, datetime):
        midnight = not (value.hour or value.minute or value.second)
        return value.date().isoformat() if midnight else value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _parquet_rows(path: Path) -> Iterator[Row]:
    import polars as pl

    try:
        frame = pl.read_parquet(path, memory_map=False, use_pyarrow=False)
    except Exception as error:  # the reader raises many kinds; all mean the file is not whole
        raise Refused("PARQUET", reason=str(error)[:200]) from None
    yield list(frame.columns)
    for part in frame.iter_slices(CHUNK_ROWS):
        columns = [
            column.fill_null("").to_list() if column.dtype == pl.String else [shown(v) for v in column.to_list()]
            for column in part.iter_columns()
        ]
        yield from map(list, zip(*columns, strict=True))


def encoding_of(path: Path) -> str:
    """Return the encoding in which the whole text can be read, or else can be read furthest.

    A byte that fits neither becomes U+FFFD, which the strict door refuses in its own row.
    """
    with path.open("rb") as file:
        start = file.read(3)
    if start == codecs.BOM_UTF8:
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    reach = {name: _reach(path, name) for name in ("utf-8", "gb18030")}
    return max(reach, key=lambda name: reach[name])


def _reach(path: Path, encoding: str) -> float:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    read = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            try:
                decoder.decode(block)
            except UnicodeDecodeError as error:
                return read + error.start
            read += len(block)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return read
    return float("inf")


def _csv_rows(path: Path, encoding: str, limits: dict[str, int]) -> Iterator[Row]:
    csv.field_size_limit(limits["cell_characters"])
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        delimiter = delimiter_of(file.read(65_536))
        file.seek(0)
        rows = csv.reader(file, delimiter=delimiter)
        try:
            yield from rows
        except csv.Error:
            raise Refused("CELL", line=rows.line_num, most=limits["cell_characters"]) from None


def delimiter_of(text: str) -> str:
    """Return the delimiter that parts the first rows into the most cells; a comma when equal."""
    lines = text.splitlines(keepends=True)[: HEAD_ROWS * 2]

    def cells(delimiter: str) -> int:
        try:
            return max(map(len, csv.reader(StringIO("".join(lines), newline=""), delimiter=delimiter)), default=0)
        except csv.Error:
            return 0

    return max(DELIMITERS, key=cells)


class Rows:
    """The rows below the header: counted, freed of blank and closing lines, cut into chunks."""

    def __init__(self, plan: dict[str, Any], limits: dict[str, int]) -> None:
        """Take the parent's plan: positions to send, to count, required, and closing words."""
        self.sent: list[int] = plan["send"]
        self.counted: list[int] = plan["count"]
        self.required: list[int] = plan["required"]
        self.closing = tuple(plan["closing"])
        self.header: Row = plan["header_cells"]
        self.width = len(self.header)
        self.limits = limits
        self.nonempty = dict.fromkeys(self.counted, 0)
        self.received = self.blank = self.closed = 0
        self.shorts, self.short = 0, False

    def is_closing(self, row: Row) -> bool:
        """Whether a row is a total, a signature, or the header once more."""
        first = next(cell for cell in row if cell.strip())
        if "".join(first.split()).startswith(self.closing):
            return not all(row[place].strip() for place in self.required)
        return row == self.header

    def chunks(self, rows: Iterable[Row], first: int) -> Iterator[dict[str, Any]]:
        """Yield messages of at most 5,000 rows; `first` is the number of the first row."""
        numbers: list[int] = []
        kept: list[Row] = []
        ragged: list[int] = []
        characters = 0
        for number, delivered in enumerate(rows, first):
            if not any(map(str.strip, delivered)):
                self.blank += 1
                continue
            row = self._squared(delivered)
            if len(row) > self.width and any(map(str.strip, row[self.width :])):
                ragged.append(number)
            if self.is_closing(row):
                self.closed += 1
                continue
            self.received += 1
            if self.received > self.limits["rows"]:
                raise Refused("ROWS", most=self.limits["rows"])
            for place in self.counted:
                if row[place].strip():
                    self.nonempty[place] += 1
            cells = [row[place] for place in self.sent]
            numbers.append(number)
            kept.append(cells)
            characters += sum(map(len, cells))
            if len(kept) >= CHUNK_ROWS or characters >= CHUNK_CHARACTERS:
                yield _chunk(numbers, kept, ragged)
                numbers, kept, ragged, characters = [], [], [], 0
        if kept:
            if self.is_cut:
                ragged.append(numbers[-1])
            yield _chunk(numbers, kept, ragged)

    @property
    def is_cut(self) -> bool:
        """Whether the last row, and it alone, stops short: the file was cut off."""
        return self.short and self.shorts == 1

    def _squared(self, row: Row) -> Row:
        """Return a row with at least as many cells as the header."""
        self.short = len(row) < self.width
        if self.short:
            self.shorts += 1
            return row + [""] * (self.width - len(row))
        if len(row) > self.limits["columns"]:
            raise Refused("COLUMNS", most=self.limits["columns"])
        return row


def _chunk(numbers: list[int], rows: list[Row], ragged: list[int]) -> dict[str, Any]:
    digests = b"".join(
        blake2b("\x1f".join(cells).encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()
        for cells in rows
    )
    columns = list(zip(*rows, strict=True))
    return {"rows": numbers, "columns": columns, "digests": digests.hex(), "ragged": ragged}


def converse() -> None:
    """Answer the parent: heads first, then the rows it asks for, then the counts."""
    order = receive()
    limits: dict[str, int] = order["limits"]
    confine(limits)
    form, encoding, tables = tables_of(Path(order["path"]), limits)
    heads = []
    for table in tables:
        head = list(islice(table.rows, HEAD_ROWS))
        if any(len(row) > limits["columns"] for row in head):
            raise Refused("COLUMNS", most=limits["columns"])
        heads.append(head)
    if not any(any(map(str.strip, row)) for head in heads for row in head):
        raise Refused("EMPTY")
    send({"heads": heads, "format": form, "encoding": encoding, "names": [table.name for table in tables]})
    plan = receive()
    table, at = tables[plan["table"]], plan["header"]
    head = heads[plan["table"]]
    rows = Rows(plan | {"header_cells": head[at]}, limits)
    for message in rows.chunks(chain(head[at + 1 :], table.rows), table.first + at + 1):
        send(message)
    counts = {str(place): count for place, count in rows.nonempty.items()}
    send(
        {"end": {"received": rows.received, "blank": rows.blank, "closing": rows.closed}}
        | {"counts": counts, "truncated": rows.is_cut}
    )


def main() -> None:
    """Converse, and report a refusal as a message."""
    try:
        converse()
    except Refused as refused:
        send({"fault": refused.code, "values": refused.values})
    except MemoryError:
        send({"fault": "MEMORY", "values": {}})


if __name__ == "__main__":
    main()
