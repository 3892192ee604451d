"""The sentences in which a file is refused."""

import pytest

from probity.know.sources.faults import _REASONS, refusal

FILLED = {"size": 1, "most": 2, "ratio": 3, "reason": "x", "line": 4, "seconds": 5}


@pytest.mark.parametrize("code", sorted(_REASONS))
def test_every_refusal_is_a_sentence_in_both_languages(code: str) -> None:
    reason = refusal(code, FILLED).reason
    assert "{" not in reason.zh + reason.en
    assert any("\u4e00" <= sign <= "\u9fff" for sign in reason.zh)


def test_an_unknown_code_still_says_something() -> None:
    assert refusal("NEVER_HEARD_OF", {}).reason.zh
