"""What the parsing process makes of bytes: encodings, cells, closing lines."""

from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probity.know.sources import parsing

LIMITS = {"rows": 10, "columns": 5, "cell_characters": 100, "unzipped_bytes": 1 << 20, "unzip_ratio": 50}


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("企业名称".encode(), "utf-8"),
        ("企业名称".encode("utf-8-sig"), "utf-8-sig"),
        ("企业名称".encode("gb18030"), "gb18030"),
        ("企业名称".encode("utf-16"), "utf-16"),
        ("企业名称，㐀龥".encode("gb18030"), "gb18030"),
        (("企业名称" * 50).encode()[:-1], "utf-8"),
        (("企业名称" * 50).encode("gb18030")[:-1], "gb18030"),
        (b"plain", "utf-8"),
    ],
)
def test_the_encoding_is_the_one_that_reads_furthest(tmp_path: Path, content: bytes, encoding: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    assert parsing.encoding_of(file) == encoding


@given(st.text(alphabet=st.characters(codec="gb18030", exclude_categories=["Cs"]), min_size=1))
def test_an_encoding_is_found_for_any_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("any") / "file"
    file.write_bytes(text.encode("gb18030"))
    assert parsing.encoding_of(file) in ("utf-8", "gb18030", "utf-8-sig", "utf-16")


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_the_one_that_parts_most(delimiter: str) -> None:
    text = f"标题\n企业名称{delimiter}代码{delimiter}日期\n" + f'"甲,乙"{delimiter}1{delimiter}2\n'
    assert parsing.delimiter_of(text) == delimiter


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (44744.0, "44744"),
        (0.02, "0.02"),
        (0.1 + 0.2, "0.3"),
        (0.00001, "0.00001"),
        (9.11101057689725e17, "9.11101057689725e+17"),
        (True, "true"),
        (None, ""),
        (datetime(2023, 4, 12), "2023-04-12"),  # noqa: DTZ001 - a cell has no zone
        (datetime(2023, 4, 12, 9, 5), "2023-04-12 09:05:00"),  # noqa: DTZ001
        (date(2023, 4, 12), "2023-04-12"),
        (time(9, 5), "09:05:00"),
        (" 甲 ", " 甲 "),
    ],
)
def test_a_cell_is_shown_as_its_author_saw_it(value: object, text: str) -> None:
    assert parsing.shown(value) == text


def rows_of(cells: list[list[str]], width: int = 3) -> tuple[parsing.Rows, list[dict[str, object]]]:
    header = [f"列{n}" for n in range(width)]
    plan = {"send": [0, 1], "count": [2], "required": [0, 1], "closing": ["合计", "制表人"], "header_cells": header}
    rows = parsing.Rows(plan, LIMITS)
    return rows, list(rows.chunks(cells, 2))


def test_blank_rows_totals_and_repeated_headers_are_not_received() -> None:
    rows, messages = rows_of(
        [["甲", "1", "x"], ["", " ", ""], ["合 计", "", "9"], ["列0", "列1", "列2"], ["乙", "2", ""]]
    )
    assert (rows.received, rows.blank, rows.closed) == (2, 1, 2)
    assert messages[0]["rows"] == [2, 6]
    assert rows.nonempty == {2: 1}


def test_a_row_that_begins_like_a_total_but_is_whole_is_received() -> None:
    rows, _ = rows_of([["合计商贸有限公司", "1", ""]])
    assert (rows.received, rows.closed) == (1, 0)


def test_cells_of_unnamed_columns_are_not_sent() -> None:
    _, messages = rows_of([["甲", "1", "秘密"]])
    assert "秘密" not in str(messages)


def test_a_last_row_that_alone_stops_short_is_marked() -> None:
    rows, messages = rows_of([["甲", "1", "x"], ["乙"]])
    assert rows.is_cut
    assert messages[-1]["ragged"] == [3]
    assert not rows_of([["甲"], ["乙"]])[0].is_cut


def test_too_many_rows_and_too_wide_rows_are_refused() -> None:
    with pytest.raises(parsing.Refused) as refused:
        rows_of([["甲", "1", ""]] * 11)
    assert refused.value.code == "ROWS"
    with pytest.raises(parsing.Refused) as refused:
        rows_of([["甲", "1", "", "", "", "6"]])
    assert refused.value.code == "COLUMNS"


def test_equal_rows_have_equal_digests_of_eight_bytes() -> None:
    _, messages = rows_of([["甲", "1", "x"], ["甲", "1", "y"], ["乙", "1", "x"]])
    digests = bytes.fromhex(str(messages[0]["digests"]))
    assert len(digests) == 24
    assert digests[:8] == digests[8:16] != digests[16:]
