"""The nine layouts with invented enterprises, and the real files, row by row."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from probity.know.records.door import Door
from probity.know.records.identities import SeenRows
from probity.know.records.rules import quarantine_counts
from probity.know.records.types import CheckedChunk
from probity.know.sources.opening import open_delivery
from probity.know.sources.rules import match_feed
from probity.know.sources.types import Limits, Tally
from probity.rulebook import Rulebook, shipped

FIXTURES = Path(__file__).parents[3] / "fixtures" / "intake"
REAL = Path(__file__).parents[4].parent / "shared" / "data" / "beijing"
TODAY = date(2026, 6, 30)


@cache
def rulebook() -> Rulebook:
    return Rulebook.read([shipped()])


@dataclass(frozen=True)
class Account:
    """What became of a file."""

    feed: str
    chunks: list[CheckedChunk]
    tally: Tally

    @property
    def types(self) -> Counter[str]:
        return Counter(stated.record_type for one in self.chunks for stated in one.stated)

    @property
    def repeated(self) -> int:
        return sum(len(one.repeated) for one in self.chunks)

    @property
    def repaired(self) -> int:
        return sum(len(one.repaired) for one in self.chunks)


def account(path: Path) -> Account:
    """Send a file through `auto` and the door, and check that every row is accounted for."""
    with open_delivery(path, limits=Limits()) as file:
        fit = match_feed(rulebook().feeds, file.heads)
        door, seen = Door(fit.profile, rulebook().record_types(TODAY), today=TODAY), SeenRows()
        chunks = [door.examine(rows, seen) for rows in file.chunks(fit)]
        assert file.tally
        found = Account(fit.profile.key, chunks, file.tally)
    refused = sum(quarantine_counts(chunks).values())
    assert refused == sum(len(one.quarantined) for one in chunks)
    assert found.tally.received == sum(found.types.values()) + found.repeated + refused
    return found


@pytest.mark.parametrize(
    ("name", "feed", "stated", "quarantined"),
    [
        ("fengtai-inspections.csv", "beijing-fengtai-emergency/inspections", 42, {}),
        ("miyun-inspections.csv", "beijing-miyun-emergency/inspections", 60, {}),
        ("establishments.csv", "beijing-market-supervision/establishments", 50, {}),
        ("huairou-double-random.csv", "beijing-huairou-market/double-random", 40, {}),
        ("tourist-coach-grades.csv", "beijing-transport/tourist-coach-grades", 28, {"MISSING": 2}),
        ("exchange-inspections.csv", "beijing-financial-supervision/exchange-inspections", 12, {}),
        ("technology-smes.csv", "beijing-science-technology/technology-smes", 50, {}),
        ("etda-double-random.csv", "beijing-etda-environment/double-random", 30, {}),
        ("high-tech-enterprises-biff-inside.csv", "beijing-dongcheng-science/high-tech-enterprises", 59, {"CODE": 1}),
        ("high-tech-enterprises-xlsx-inside.csv", "beijing-dongcheng-science/high-tech-enterprises", 59, {"CODE": 1}),
        ("establishments-numbers.xlsx", "beijing-market-supervision/establishments", 18, {"CODE_CUT": 2}),
        ("establishments-cut-off.csv", "beijing-market-supervision/establishments", 49, {"FORM": 1}),
        (
            "dirty-gb18030.csv",
            "beijing-miyun-emergency/inspections",
            194,
            {"DATE": 1, "FUTURE": 1, "CHOICE": 2, "MISSING": 2},
        ),
    ],
)
def test_every_layout_finds_its_feed_and_loses_no_row(
    name: str, feed: str, stated: int, quarantined: dict[str, int]
) -> None:
    found = account(FIXTURES / name)
    assert found.feed == feed
    assert sum(found.types.values()) == stated
    assert quarantine_counts(found.chunks) == quarantined


def test_the_dirty_file_names_its_new_column_and_leaves_its_content_behind() -> None:
    found = account(FIXTURES / "dirty-gb18030.csv")
    assert found.tally.unnamed == {"备注2": 50}
    assert (found.tally.received, found.tally.closing) == (200, 2)
    assert "新增列" not in str(found.chunks)


def test_the_letter_o_in_a_code_is_mended_and_reported() -> None:
    assert account(FIXTURES / "technology-smes.csv").repaired == 1


def test_serial_days_chinese_days_and_days_with_a_time_are_read() -> None:
    for name, first in (
        ("fengtai-inspections.csv", date(2022, 7, 3)),
        ("miyun-inspections.csv", date(2023, 4, 2)),
        ("huairou-double-random.csv", date(2025, 4, 2)),
        ("etda-double-random.csv", date(2025, 1, 3)),
    ):
        assert account(FIXTURES / name).chunks[0].stated[0].occurred_on == first, name


@pytest.mark.real
@pytest.mark.skipif(not REAL.exists(), reason="the real files lie in ../shared/data, which is absent here")
@pytest.mark.parametrize(
    ("name", "feed", "types", "repeated", "quarantined"),
    [
        (
            "credit_grades.parquet",
            "beijing-open-data/credit-grades",
            {"sector-grade": 1049},
            0,
            {"MISSING": 13, "CODE": 1},
        ),
        (
            "inspections.parquet",
            "beijing-open-data/inspections",
            {"inspection-result": 19664},
            0,
            {"CODE": 293, "MISSING": 135},
        ),
        (
            "licences_work_safety.parquet",
            "beijing-open-data/work-safety-licences",
            {"administrative-licence": 10815},
            0,
            {"MISSING": 2},
        ),
        (
            "lists.parquet",
            "beijing-open-data/lists",
            {
                "tax-arrears": 329,
                "watch-list-entry": 166,
                "red-list-entry": 228,
                "recognition": 29634,
                "key-supervision-entry": 219,
                "abnormal-list-entry": 20000,
            },
            0,
            {"CODE_CUT": 48, "CODE": 8},
        ),
        ("objections.parquet", "beijing-open-data/objections", {"objection-status": 483}, 0, {"MISSING": 6}),
        (
            "penalties.parquet",
            "beijing-open-data/penalties",
            {"administrative-penalty": 1774},
            36,
            {"MISSING": 2955, "CONFLICT": 61, "CODE": 7},
        ),
        (
            "raw_samples/东城园国高新企业名单.csv",
            "beijing-dongcheng-science/high-tech-enterprises",
            {"recognition": 328},
            0,
            {"CODE": 1},
        ),
        (
            "raw_samples/丰台区应急管理局执法检查结果公示目录.csv",
            "beijing-fengtai-emergency/inspections",
            {"inspection-result": 1072},
            0,
            {},
        ),
        (
            "raw_samples/内资企业设立登记公告数据 (1).csv",
            "beijing-market-supervision/establishments",
            {"registration": 2500},
            0,
            {},
        ),
        (
            "raw_samples/区市场监管局双随机结果公示.csv",
            "beijing-huairou-market/double-random",
            {"inspection-result": 902},
            0,
            {},
        ),
        (
            "raw_samples/密云区应急管理局执法检查信息.csv",
            "beijing-miyun-emergency/inspections",
            {"inspection-result": 2500},
            0,
            {},
        ),
        (
            "raw_samples/市交通委-旅游客运企业信用评价结果数据.csv",
            "beijing-transport/tourist-coach-grades",
            {"sector-grade": 401},
            0,
            {"MISSING": 13},
        ),
        (
            "raw_samples/检查抽查信息1（交易场所）.csv",
            "beijing-financial-supervision/exchange-inspections",
            {"inspection-result": 22},
            0,
            {},
        ),
        ("raw_samples/科技型中小企业.csv", "beijing-science-technology/technology-smes", {"recognition": 2500}, 0, {}),
        (
            "raw_samples/经济技术开发区管委会-经开区双随机检查信息固定源.csv",
            "beijing-etda-environment/double-random",
            {"inspection-result": 286},
            0,
            {},
        ),
        ("registrations.parquet", "beijing-open-data/registrations", {"registration": 8366}, 0, {}),
    ],
)
def test_every_row_of_a_real_file_is_accounted_for(
    name: str, feed: str, types: dict[str, int], repeated: int, quarantined: dict[str, int]
) -> None:
    """The counts were checked by eye, refusal by refusal; a change here is a change of the door."""
    found = account(REAL / name)
    assert found.feed == feed
    assert found.types == types
    assert found.repeated == repeated
    assert quarantine_counts(found.chunks) == quarantined
