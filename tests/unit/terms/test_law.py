"""Law: a reference names an instrument and an article, never one alone."""

import pytest

from probity.terms import LegalReference


@pytest.mark.parametrize(("instrument", "article"), [("", "art. 1"), ("apl", "")])
def test_half_a_reference_is_refused(instrument: str, article: str) -> None:
    """A number that rests on half a reference rests on nothing."""
    with pytest.raises(ValueError, match="an instrument and an article"):
        LegalReference(instrument, article)


def test_a_reference_is_shown_as_lawyers_write_it() -> None:
    """The instrument, then the article."""
    assert str(LegalReference("apl", "art. 44")) == "apl art. 44"
