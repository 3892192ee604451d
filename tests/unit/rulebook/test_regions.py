"""Regions: an old code still names its place, on the day it was used."""

from datetime import date

import pytest

from probity.rulebook import Rulebook
from tests.unit.rulebook.small import faults, layer

TABLE = """\
instrument: measure
article: art. 1
spans: |
  110000 1980-12-01
  110100 1980-12-01
  110112 1997-12-01
  110228 1980-12-01 2015-11-01
  110118 2015-11-01
"""
NAMES = """\
title: {zh: 区划, en: Regions}
confidence: sure
names: |
  110000 1980-12-01 北京市 | Beijing
  110100 1980-12-01 市辖区 | (districts)
  110112 1997-12-01 通州区 | Tongzhou
  110228 1980-12-01 密云县 | Miyun County
  110118 2015-11-01 密云区 | Miyun District
"""


def texts(table: str = TABLE, names: str = NAMES) -> dict[str, str]:
    path = "regions/gbt2260/2020-01-01"
    return layer() | {f"{path}.yaml": table, f"{path}.text.yaml": names}


def test_a_code_names_its_place_only_while_it_lasted() -> None:
    rulebook = Rulebook.read([texts()])
    assert rulebook.region("110228", date(2015, 10, 31)).title.zh == "密云县"  # type: ignore[union-attr]
    assert rulebook.region("110228", date(2015, 11, 1)) is None
    assert rulebook.region("110228").until == date(2015, 11, 1)  # type: ignore[union-attr]
    assert rulebook.region("999999") is None


def test_parents_are_places_and_not_grouping_rows() -> None:
    region = Rulebook.read([texts()]).region("110118")
    assert region is not None and [parent.title.zh for parent in region.parents] == ["北京市"]


@pytest.mark.parametrize(
    ("table", "names", "reason"),
    [
        (TABLE + "  120000 1980-12-01\n", NAMES, "no name"),
        (TABLE, NAMES + "  120000 1980-12-01 天津市 | Tianjin\n", "a name without a span"),
        (TABLE, NAMES.replace(" | Beijing", ""), "one language only"),
    ],
)
def test_a_span_and_its_names_belong_together(table: str, names: str, reason: str) -> None:
    assert any(reason in fault.reason.en for fault in faults(texts(table, names)))
