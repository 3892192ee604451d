"""Explaining: a planner reads why there are no teams before anything is committed."""

import pytest

from probity.engine.assigning import Inspector, Pool, Reason, VisitNeed, shortage_of
from probity.engine.assigning.explaining import WORDS

VISITS = tuple(VisitNeed(f"v{n}") for n in range(3))
PEOPLE = (Inspector("a", True, 3), Inspector("b", True, 3), Inspector("c", False, 3))


def test_a_pool_with_teams_has_no_shortage() -> None:
    """Said without any key: whether teams exist is no matter of chance."""
    assert shortage_of(Pool(VISITS, PEOPLE)) is None


@pytest.mark.parametrize("reason", list(Reason))
def test_the_exclusion_that_makes_it_impossible_is_named(reason: Reason) -> None:
    """Two of three may not go to one visit: lift that kind alone and there are teams."""
    pool = Pool(VISITS, PEOPLE, {("a", "v1"): reason, ("b", "v1"): reason})
    shortage = shortage_of(pool)
    assert shortage is not None and shortage.decisive == (reason,) and shortage.excluded == ((reason, 2),)
    assert shortage.visits == ("v1",)
    assert WORDS[reason].en in shortage.text.en and WORDS[reason].zh in shortage.text.zh


def test_too_little_capacity_is_told_with_both_numbers() -> None:
    """Six places, four who could take them; no exclusion is to blame."""
    people = (Inspector("a", True, 1), Inspector("b", True, 1), Inspector("c", True, 1), Inspector("d", True, 1))
    shortage = shortage_of(Pool(VISITS, people))
    assert shortage is not None and shortage.decisive == () and shortage.capacity == 4
    assert "have 4" in shortage.text.en and "Lifting any one kind" in shortage.text.en


def test_without_anybody_who_may_lead_there_are_no_teams() -> None:
    """Two of the uncertified are no team."""
    shortage = shortage_of(Pool(VISITS, tuple(one._replace(may_lead=False) for one in PEOPLE)))
    assert shortage is not None and shortage.leads >= 1 and shortage.capacity == 0
