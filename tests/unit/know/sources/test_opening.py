"""A delivered file read through the confined process: every layout, every bomb."""

import io
import json
import os
import signal
import struct
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from probity.know.sources import opening, parsing
from probity.know.sources.opening import open_delivery
from probity.know.sources.rules import fit_feed
from probity.know.sources.types import FileRefused, Limits, RowChunk, Tally
from probity.rulebook.types import FeedColumn, Form
from tests.fixtures.make_intake import credit_code, files, modern
from tests.unit.know.making import profile

FIXTURES = Path(__file__).parents[3] / "fixtures" / "intake"
ESTABLISHED = profile(
    columns=(
        FeedColumn(("企业名称",), "enterprise_name", Form.TEXT, required=True),
        FeedColumn(("统一社会信用代码",), "credit_code", Form.CREDIT_CODE, required=True),
        FeedColumn(("核准日期",), "decided_on", Form.DAY, required=True),
    )
)
QUICK = Limits(silence_seconds=30, processor_seconds=20)


def received(path: Path, limits: Limits = QUICK) -> tuple[list[RowChunk], Tally]:
    with open_delivery(path, limits=limits) as file:
        chunks = list(file.chunks(fit_feed(ESTABLISHED, file.heads)))
        assert file.tally
        return chunks, file.tally


def written(folder: Path, content: bytes) -> Path:
    path = folder / "delivered.csv"
    path.write_bytes(content)
    return path


def refused(path: Path, limits: Limits = QUICK) -> str:
    with pytest.raises(FileRefused) as raised:
        received(path, limits)
    assert raised.value.reason.zh and raised.value.reason.en
    return raised.value.code


def test_the_fixtures_are_what_their_script_writes() -> None:
    """A fixture nobody can make again would be evidence of nothing."""
    for name, content in files().items():
        assert (FIXTURES / name).read_bytes() == content, name


@pytest.mark.parametrize("name", ["establishments.csv", "establishments-tabs.txt", "establishments-semicolons.csv"])
def test_a_delimited_text_is_read_whatever_parts_it(name: str) -> None:
    chunks, tally = received(FIXTURES / name)
    assert tally.received == 50
    assert chunks[0].columns["统一社会信用代码"][0] == credit_code(1, "110118")


def test_a_spreadsheet_with_title_line_breaks_totals_and_signature_is_read() -> None:
    chunks, tally = received(FIXTURES / "establishments-numbers.xlsx")
    assert (tally.received, tally.closing) == (20, 2)
    assert chunks[0].numbers[0] == 4
    assert chunks[0].columns["核准日期"][0] == "2023-03-01"
    assert chunks[0].columns["统一社会信用代码"][4] == "9.1110118e+17"


@pytest.mark.parametrize(("name", "form"), [("biff", "xls"), ("xlsx", "xlsx")])
def test_a_spreadsheet_under_a_false_name_is_read_by_its_content(name: str, form: str) -> None:
    with open_delivery(FIXTURES / f"high-tech-enterprises-{name}-inside.csv", limits=QUICK) as file:
        assert file.format == form
        assert file.heads[0].rows[0] == ("序号", "企业名称", "社会统一信用代码")
        assert len(file.heads[0].rows) == parsing.HEAD_ROWS


def test_a_parquet_file_is_read(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    path = tmp_path / "any-name"
    columns = {"企业名称": ["甲", None], "统一社会信用代码": ["1", "2"], "核准日期": [None, None]}
    polars.DataFrame(columns, schema_overrides={"核准日期": polars.Datetime}).write_parquet(path)
    chunks, _ = received(path)
    assert chunks[0].columns == {"企业名称": ["甲", ""], "统一社会信用代码": ["1", "2"], "核准日期": ["", ""]}


def test_the_digest_and_size_are_those_of_the_file() -> None:
    import hashlib

    path = FIXTURES / "establishments.csv"
    with open_delivery(path, limits=QUICK) as file:
        assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert file.size == path.stat().st_size


def test_large_files_come_in_chunks_of_five_thousand(tmp_path: Path) -> None:
    rows = "".join(f"企业{n},{n},2023-01-01\r\n" for n in range(12_001))
    chunks, tally = received(written(tmp_path, ("企业名称,统一社会信用代码,核准日期\r\n" + rows).encode()))
    assert [len(one.numbers) for one in chunks] == [5000, 5000, 2001]
    assert chunks[2].numbers[-1] == 12_002
    assert tally.received == 12_001
    assert all(len(one.digests) == 8 * len(one.numbers) for one in chunks)


def test_new_and_person_columns_are_counted_and_never_sent(tmp_path: Path) -> None:
    text = "企业名称,统一社会信用代码,核准日期,法定代表人,备注2\r\n甲,1,2023-01-01,某甲,x\r\n乙,2,2023-01-01,某乙,\r\n"
    chunks, tally = received(written(tmp_path, text.encode("gb18030")))
    assert tally.persons == {"法定代表人": 2}
    assert tally.unnamed == {"备注2": 1}
    assert "某甲" not in str(chunks)
    assert any("备注2" in one.zh and "1" in one.zh for one in tally.warnings)


def test_a_cut_off_file_is_warned_of_and_its_last_row_marked() -> None:
    chunks, tally = received(FIXTURES / "establishments-cut-off.csv")
    assert tally.is_cut
    assert chunks[-1].ragged == {chunks[-1].numbers[-1]}


def test_files_that_are_no_tables_are_refused_by_name(tmp_path: Path) -> None:
    assert refused(FIXTURES / "web-page.xls") == "HTML"
    assert refused(FIXTURES / "empty-sheet.csv") == "EMPTY"
    assert refused(written(tmp_path, b"")) == "EMPTY"
    assert refused(written(tmp_path, b"%PDF-1.7")) == "FORMAT"
    assert refused(written(tmp_path, bytes(100))) == "FORMAT"
    assert refused(written(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000))) == "SPREADSHEET"
    assert refused(written(tmp_path, b"PK\x03\x04 cut off")) == "TRUNCATED"
    assert refused(written(tmp_path, b"PAR1 cut off")) == "PARQUET"


def test_a_spreadsheet_cut_off_anywhere_is_refused_not_half_read(tmp_path: Path) -> None:
    whole = (FIXTURES / "establishments-numbers.xlsx").read_bytes()
    for length in (len(whole) // 4, len(whole) // 2, len(whole) - 30):
        assert refused(written(tmp_path, whole[:length])) in ("TRUNCATED", "SPREADSHEET")


def test_an_unclosed_quotation_mark_is_named_by_its_line(tmp_path: Path) -> None:
    text = '企业名称,统一社会信用代码,核准日期\n甲,"1,2023-01-01\n' + "乙,2,2023-01-01\n" * 2000
    limits = replace(QUICK, cell_characters=10_000)
    assert refused(written(tmp_path, text.encode()), limits) == "CELL"


def test_limits_of_size_rows_and_columns_hold(tmp_path: Path) -> None:
    path = FIXTURES / "establishments.csv"
    assert refused(path, replace(QUICK, file_bytes=100)) == "TOO_LARGE"
    assert refused(path, replace(QUICK, rows=49)) == "ROWS"
    assert refused(path, replace(QUICK, columns=2)) == "COLUMNS"
    assert received(path, replace(QUICK, rows=50))[1].received == 50


def test_a_compression_bomb_is_refused_before_it_opens(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (50 << 20))
    assert refused(written(tmp_path, file.getvalue())) == "BOMB"


def test_a_bomb_that_lies_about_its_size_hits_the_limit_of_memory(tmp_path: Path) -> None:
    """The directory says small, the stream says huge: only the limit of the process helps."""
    sheet = b"<row><c><v>" + b"1" * (400 << 20) + b"</v></c></row>"
    content = modern([["企业名称"]])
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in source.infolist():
            is_sheet = member.filename.endswith("sheet1.xml")
            archive.writestr(member.filename, sheet if is_sheet else source.read(member))
    lying = target.getvalue().replace(struct.pack("<I", len(sheet)), struct.pack("<I", 1000))
    limits = replace(QUICK, memory_bytes=256 << 20)
    assert refused(written(tmp_path, lying), limits) in ("MEMORY", "SPREADSHEET", "TRUNCATED", "CRASHED")


def test_a_sheet_with_one_cell_in_the_last_corner_hits_the_limit_of_memory(tmp_path: Path) -> None:
    file = io.BytesIO()
    import xlsxwriter

    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "企业名称")
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    limits = replace(QUICK, memory_bytes=512 << 20)
    assert refused(written(tmp_path, file.getvalue()), limits) in ("MEMORY", "COLUMNS", "CRASHED")


def test_a_process_that_works_too_long_is_ended(tmp_path: Path) -> None:
    rows = "".join(f"企业{n},{n},2023-01-01\n" for n in range(400_000))
    path = written(tmp_path, ("企业名称,统一社会信用代码,核准日期\n" + rows).encode())
    assert refused(path, replace(QUICK, processor_seconds=1)) in ("TIME",)


def test_a_process_that_falls_silent_or_dies_is_an_error_not_a_hang(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleeper, dier = tmp_path / "sleeper.py", tmp_path / "dier.py"
    sleeper.write_text("import time; time.sleep(60)")
    dier.write_text("import os; os.abort()")
    path = FIXTURES / "establishments.csv"
    monkeypatch.setattr(opening, "_SCRIPT", sleeper)
    assert refused(path, replace(QUICK, silence_seconds=1)) == "SILENT"
    monkeypatch.setattr(opening, "_SCRIPT", dier)
    assert refused(path) == "CRASHED"


def test_no_process_is_left_behind() -> None:
    with open_delivery(FIXTURES / "establishments.csv", limits=QUICK) as file:
        number = file._child.process.pid
        os.kill(number, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_the_parsing_process_sees_no_secret_and_may_write_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """A crafted spreadsheet that took the process over would find nothing and keep nothing."""
    monkeypatch.setenv("DATABASE_URL", "secret")
    with open_delivery(FIXTURES / "establishments.csv", limits=QUICK) as file:
        environment = Path(f"/proc/{file._child.process.pid}/environ")
        if not environment.exists():
            pytest.skip("this system does not show a process's environment")
        assert b"secret" not in environment.read_bytes()
        limits = Path(f"/proc/{file._child.process.pid}/limits").read_text()
        assert next(line for line in limits.splitlines() if "file size" in line).split()[3] == "0"


def test_the_script_stands_alone() -> None:
    """It imports nothing of ours: neither settings nor tables are in the process that meets the file."""
    order = {"path": str(FIXTURES / "establishments.csv"), "limits": vars_of(QUICK)}
    body = json.dumps(order).encode()
    script = Path(parsing.__file__)
    ran = subprocess.run(
        [sys.executable, "-I", "-X", "importtime", str(script)],
        input=struct.pack(">I", len(body)) + body,
        capture_output=True,
        timeout=60,
    )
    assert ran.returncode == 0
    assert b"probity" not in ran.stderr.replace(str(script).encode(), b"")
    assert b"django" not in ran.stderr


def vars_of(limits: Limits) -> dict[str, int]:
    return {name: getattr(limits, name) for name in Limits.__dataclass_fields__}


def test_an_end_by_signal_is_reported_in_both_languages() -> None:
    with open_delivery(FIXTURES / "establishments.csv", limits=QUICK) as file:
        file._child.process.send_signal(signal.SIGSEGV)
        with pytest.raises(FileRefused) as raised:
            list(file.chunks(fit_feed(ESTABLISHED, file.heads)))
    assert raised.value.code == "CRASHED"
