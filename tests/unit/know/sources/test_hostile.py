"""Hostile files: made to exhaust, to read or to write something else; refused through the confined process."""

import zipfile
from pathlib import Path

import pytest

from probity.know.sources.opening import open_delivery
from probity.know.sources.types import FileRefused, Limits

SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY m SYSTEM "file:///etc/hostname">]>'
SMALL = Limits(processor_seconds=20, memory_bytes=1 << 30)


def workbook(path: Path, prologue: str, cell: str, extra: dict[str, str] | None = None) -> Path:
    """Write a workbook of one sheet whose first cell is `cell`, with anything at all before it."""
    main = "http://schemas.openxmlformats.org"
    rels, sheets = f"{main}/package/2006/relationships", f"{main}/spreadsheetml/2006/main"
    office, types = f"{main}/officeDocument/2006/relationships", f"{main}/package/2006/content-types"
    kind = "application/vnd.openxmlformats-package.relationships+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{sheets}" xmlns:r="{office}"><sheets>'
        '<sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{office}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        SHEET: f'{prologue}<worksheet xmlns="{sheets}"><sheetData><row r="1"><c r="A1" t="inlineStr">'
        f"<is><t>{cell}</t></is></c></row></sheetData></worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (parts | (extra or {})).items():
            archive.writestr(name, text)
    return path


def heads(path: Path) -> str:
    """Return all that the confined process says of a file, or the code it refuses it with."""
    try:
        with open_delivery(path, limits=SMALL) as file:
            return str(file.heads)
    except FileRefused as refusal:
        return refusal.reason.en


def test_the_maker_makes_a_workbook_that_opens(tmp_path: Path) -> None:
    """What is refused below is refused for what was put into it."""
    assert "企业名称" in heads(workbook(tmp_path / "a.xlsx", "", "企业名称"))


@pytest.mark.parametrize(("prologue", "cell"), [(LAUGHS, "x&m;"), (LAUGHS, "x&l;"), (OUTSIDE, "x&m;")])
def test_entities_are_never_expanded(tmp_path: Path, prologue: str, cell: str) -> None:
    """A billion laughs stays one entity, and no file of the machine is read into a cell."""
    said = heads(workbook(tmp_path / "a.xlsx", prologue, cell))
    assert "haha" not in said
    outside = Path("/etc/hostname")
    if outside.exists() and outside.read_text().strip():
        assert outside.read_text().strip() not in said


def test_names_inside_an_archive_lead_nowhere(tmp_path: Path) -> None:
    """Nothing is unpacked to a path, so a member that climbs out writes nothing."""
    aside = tmp_path / "climbed.txt"
    climbing = {"../climbed.txt": "x", str(aside): "x"}
    heads(workbook(tmp_path / "a.xlsx", "", "企业名称", climbing))
    assert not aside.exists() and not (tmp_path.parent / "climbed.txt").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + b"\x00" * 200,
        b"\x7fELF" + b"\x00" * 200,
        b"<svg onload=alert(1)>",
        b"%PDF-1.7 x",
        b"\x1f\x8b\x08x",
    ],
)
def test_a_false_name_does_not_open_a_file_that_is_no_table(tmp_path: Path, content: bytes) -> None:
    """Type is told by content: programs, pages, documents and archives under the name of a spreadsheet."""
    place = tmp_path / "penalties.xlsx"
    place.write_bytes(content)
    said = heads(place)
    assert said and "Head(" not in said
