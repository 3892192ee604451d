"""Sheets: a table goes out as it is, and no cell becomes a formula."""

import io
from datetime import UTC, date, datetime

from python_calamine import CalamineWorkbook

from probity.show.parts.sheets import comma_separated, download, spreadsheet

ROWS = [("91339901MA2HC7K32G", date(2026, 11, 16), 3, "=1+1"), ("00123", None, 4, "@x")]
HEADERS = ("code", "day", "count", "text")


def test_a_spreadsheet_keeps_codes_and_writes_formulas_as_text() -> None:
    """Leading zeros stay, and what looks like a formula is shown, not computed."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(spreadsheet(HEADERS, ROWS, ["as of 2026-11-16"])))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][0] == "as of 2026-11-16"
    assert rows[2:] == [["91339901MA2HC7K32G", "2026-11-16", 3.0, "=1+1"], ["00123", "", 4.0, "@x"]]


def test_comma_separated_text_cannot_start_a_formula() -> None:
    """A spreadsheet that opens the text sees an apostrophe first."""
    text = comma_separated(HEADERS, ROWS).decode("utf-8-sig")
    assert "'=1+1" in text
    assert "'@x" in text


def test_moments_are_written_in_shanghai() -> None:
    """Half past four in the afternoon UTC is the next day there."""
    text = comma_separated(("at",), [(datetime(2026, 11, 16, 16, 30, tzinfo=UTC),)]).decode("utf-8-sig")
    assert "2026-11-17 00:30:00" in text


def test_a_download_has_a_name_in_any_language() -> None:
    """A Chinese file name survives the header."""
    assert "filename*=utf-8''" in download(b"", "待核.xlsx")["Content-Disposition"]
