"""Folding: what is typed otherwise is not another name."""

import pytest

from probity.engine.naming.folding import fold, sound_alike


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("萬達電影", "万达电影"),
        ("ＡＢＣ（北京）", "abc(北京)"),
        ("小米 科技－有限，公司", "小米科技有限公司"),
        ("【天猫店】", "(天猫店)"),
        ("Co., Ltd.", "coltd"),
    ],
)
def test_ways_of_typing_fold_to_one(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_characters_in_use_on_both_sides_stay_apart() -> None:
    """乾 is a simplified character too: folded to 干 it would make two trade names one."""
    assert fold("乾坤") != fold("干坤")


def test_folding_twice_changes_nothing() -> None:
    assert fold(fold("萬達（北京）")) == fold("萬達（北京）")


def test_sounds() -> None:
    assert sound_alike("讯", "迅") and not sound_alike("讯", "科") and not sound_alike("a", "b")
