"""Sheets: a table of a page as a spreadsheet or as comma-separated text."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.http import HttpResponse

from probity.terms import SHANGHAI

Cell = str | int | float | date | datetime | None

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def spreadsheet(headers: Sequence[str], rows: Iterable[Sequence[Cell]], notes: Sequence[str] = ()) -> bytes:
    """Return an xlsx workbook of one sheet; notes (as of, known at, status) stand above the headers.

    Text is written as text: no cell becomes a formula and no code loses its digits.
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    bold, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
    for number, note in enumerate(notes):
        sheet.write_string(number, 0, note)
    top = len(notes)
    for column, header in enumerate(headers):
        sheet.write_string(top, column, header, bold)
        sheet.set_column(column, column, max(12, min(40, 2 * len(header) + 4)))
    for number, row in enumerate(rows, top + 1):
        for column, value in enumerate(row):
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(number, column, value)
            elif value is not None:
                sheet.write_string(number, column, _shown(value), text)
    sheet.freeze_panes(top + 1, 0)
    book.close()
    return out.getvalue()


def comma_separated(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the same as UTF-8 text with a mark that spreadsheets need to read Chinese.

    A text that a spreadsheet would take for a formula is led by an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headers)
    for row in rows:
        writer.writerow([_harmless(value) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def download(content: bytes, name: str, content_type: str = SPREADSHEET) -> HttpResponse:
    """Return a response that a browser saves under `name`."""
    from django.utils.http import content_disposition_header

    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _shown(value: Cell) -> str:
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date) else str(value)


def _harmless(value: Cell) -> Cell:
    if value is None or isinstance(value, int | float):
        return value
    text = _shown(value)
    return "'" + text if text.startswith(_RISKY) else text
