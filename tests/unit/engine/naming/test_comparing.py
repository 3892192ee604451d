"""Comparing: shares add up to the score, and each says what differs."""

from math import exp

from probity.engine.naming.comparing import score_of
from probity.engine.naming.types import Likeness, NameQuestion
from probity.rulebook.naming import Feature
from tests.unit.engine.naming.names import finder, rule


def likeness(name: str, enterprise: int) -> Likeness:
    """Return how alike a name is to one enterprise of the register."""
    found = finder().compared(name)
    return next(each.likeness for each in found if each.entry.enterprise == enterprise)


def test_the_same_name_has_no_fault() -> None:
    found = likeness("北京善讯科技有限责任公司", 4)
    assert found.shares == dict.fromkeys(Feature, 0) | {Feature.GRAMS: 1000, Feature.EDITS: 1000}


def test_each_slip_shows_in_its_own_share() -> None:
    assert likeness("北京善迅科技有限公司", 4).shares[Feature.HOMOPHONE] > 0
    assert (
        likeness("北京善讯科枝有限公司", 4).shares[Feature.HOMOPHONE]
        == 0
        < likeness("北京善讯科枝有限公司", 4).shares[Feature.FOREIGN]
    )
    assert likeness("北京善科技有限公司", 4).shares[Feature.MISSING] > 0
    assert likeness("北京善讯达科技有限公司", 4).shares[Feature.EXTRA] > 0
    assert likeness("上海善讯科技有限公司", 4).shares[Feature.REGION] == 1000


def test_the_parts_add_up_to_the_score() -> None:
    """A number never travels without its reasons: constant and weights give it again, by hand."""
    found = likeness("北京善迅科技有限公司", 4)
    by_hand = rule().constant / 100 + sum(
        rule().weights[each] / 100 * share / 1000 for each, share in found.shares.items()
    )
    assert found.score == round(10_000 / (1 + exp(-by_hand))) == score_of(found.shares, rule())


def test_agreement_may_only_raise_and_contradiction_only_lower() -> None:
    """The weights read as policy: their signs say so."""
    for feature, weight in rule().weights.items():
        assert weight >= 0 if feature in (Feature.GRAMS, Feature.EDITS) else weight <= 0


def test_no_question_finds_no_fault_in_it() -> None:
    assert finder().find(NameQuestion(("",))).candidates == ()
