"""Files: writes a delivery in its dress, the same bytes each time."""

import csv
import io
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from example_city.generator.rows import Cell, Delivery, Dress

_FIRST_SERIAL = date(1899, 12, 30)
_MADE = datetime(2025, 7, 1, 9, 0)  # noqa: DTZ001  a spreadsheet's own clock knows no zone


def write(delivery: Delivery, path: Path) -> None:
    """Write one delivery to `path`."""
    lines = _lines(delivery)
    if delivery.dress.ending == "xlsx":
        _write_spreadsheet(lines, path, delivery.dress)
        return
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delivery.dress.separator, lineterminator=delivery.dress.line_end)
    writer.writerows([_in_words(value, delivery.dress) for value in line] for line in lines)
    path.write_bytes(text.getvalue().encode(delivery.dress.encoding))


def _lines(delivery: Delivery) -> list[list[Cell]]:
    headers = [*delivery.layout.headers, *delivery.extra_headers]
    lines: list[list[Cell]] = []
    if delivery.dress.title:
        lines.append([delivery.dress.title, *[""] * (len(headers) - 1)])
    lines.append([header if not header.startswith("?") else "" for header in headers])
    for place, row in enumerate(delivery.rows, 1):
        cells: dict[str, Cell] = {"序号": place, **delivery.fills, **row.cells}
        lines.append([cells.get(header) for header in headers])
    for closing in delivery.closing:
        head, _, value = closing.partition("|")
        line: list[Cell] = [head, *[""] * (len(headers) - 1)]
        if value:
            line[min(2, len(headers) - 1)] = value
        lines.append(line)
    return lines


def in_days(day: date, pattern: str) -> Cell:
    """Return a day as the feed writes it; `date` leaves it to the spreadsheet."""
    if pattern == "serial":
        return (day - _FIRST_SERIAL).days
    if pattern == "date":
        return day
    if pattern == "slashes":
        return f"{day.year}/{day.month}/{day.day}"
    return day.strftime(pattern)


def _in_words(value: Cell, dress: Dress) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return str(in_days(value, dress.days))
    return "" if value is None else str(value)


def _write_spreadsheet(lines: list[list[Cell]], path: Path, dress: Dress) -> None:
    """Write a workbook whose clock stands still; its packing depends on the compressor alone."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet(dress.sheet)
        as_day = book.add_format({"num_format": "yyyy/m/d"})
        for place, line in enumerate(lines):
            for column, value in enumerate(line):
                written = in_days(value, dress.days) if isinstance(value, date) else value
                if isinstance(written, datetime | date):
                    sheet.write_datetime(place, column, datetime(written.year, written.month, written.day), as_day)  # noqa: DTZ001
                elif isinstance(written, int | float):
                    sheet.write_number(place, column, written)
                elif written:
                    sheet.write_string(place, column, written)
