"""Industries: sections and divisions; finer codes are answered by the division."""

import pytest

from probity.rulebook import Rulebook
from tests.unit.rulebook.small import faults, layer

MEANING = 'instrument: measure\narticle: art. 1\nedition: "2017"\nsections:\n  C: ["13", "14"]\n'
TEXTS = """\
title: {zh: 行业, en: Industries}
confidence: sure
labels:
  C: {zh: 制造业, en: Manufacturing}
  "13": {zh: 农副食品加工业, en: Food from agricultural products}
  "14": {zh: 食品制造业, en: Foods}
"""


def texts(meaning: str = MEANING) -> dict[str, str]:
    path = "industries/gbt4754/2017-10-01"
    shelf = layer()
    for name in ("", ".text"):  # the instrument of the small rulebook must be old enough to cite
        shelf[f"instruments/measure/2015-01-01{name}.yaml"] = shelf[f"instruments/measure/2020-01-01{name}.yaml"]
    return shelf | {f"{path}.yaml": meaning, f"{path}.text.yaml": TEXTS}


@pytest.mark.parametrize(
    ("code", "title"), [("C", "制造业"), ("13", "农副食品加工业"), ("C1391", "农副食品加工业"), ("149", "食品制造业")]
)
def test_every_way_of_writing_a_code_is_understood(code: str, title: str) -> None:
    industry = Rulebook.read([texts()]).industry(code, "2017")
    assert industry is not None and (industry.title.zh, industry.section) == (title, "C")


def test_an_unknown_code_or_edition_has_no_industry() -> None:
    rulebook = Rulebook.read([texts()])
    assert rulebook.industry("99", "2017") is None and rulebook.industry("13", "2011") is None


def test_a_division_stands_in_one_section_only() -> None:
    assert any("stands twice" in fault.reason.en for fault in faults(texts(MEANING.replace('"14"', '"13"'))))
