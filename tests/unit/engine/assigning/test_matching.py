"""Matching: no exclusion is ever passed, and chance alone decides among what is left."""

import random
from itertools import permutations, product

import pytest

from probity.engine.assigning import (
    Inspector,
    Pool,
    Reason,
    Team,
    VisitNeed,
    broken_rules,
    cost_of,
    shortage_of,
    teams_by,
)
from probity.engine.assigning.matching import NoTeams
from probity.engine.drawing import draw_key, plan_hash, seed_of
from tests.unit.engine.drawing.made import CODES, REVEALED, SECRET, vector

KEY = bytes(range(32))


def pool_of(seed: int, *, visits: int = 8, people: int = 6, excluded: float = 0.15) -> Pool:
    """A random pool: some may lead, loads a little above the mean, reasons of every kind."""
    chance = random.Random(seed)
    most = -(-2 * visits // people) + 1
    inspectors = tuple(Inspector(f"B-{n:03d}", chance.random() < 0.6, most, 1) for n in range(people))
    needs = tuple(VisitNeed(f"v{n:03d}") for n in range(visits))
    reasons = list(Reason)
    pairs = {
        (one.badge, need.key): chance.choice(reasons)
        for one in inspectors
        for need in needs
        if chance.random() < excluded
    }
    return Pool(needs, inspectors, pairs)


def test_the_cost_is_that_of_the_vector() -> None:
    """INSPECTION 3.4: two badges at the first enterprise, under the key of the draw."""
    seed = seed_of(plan_hash(vector(is_blind=False)["plan"]), REVEALED, is_blind=False)
    cost = cost_of(draw_key(seed, SECRET))
    assert [cost(CODES[0], badge) for badge in ("B-001", "B-002")] == [814662026309, 877761886174]


def holds_in(seeds: range) -> int:
    """Draw teams of random pools; return how many pools had any."""
    made = 0
    for seed in seeds:
        chance = random.Random(seed)
        pool = pool_of(seed, visits=chance.randint(1, 8), people=chance.randint(2, 7), excluded=chance.random() * 0.5)
        try:
            teams = teams_by(pool, KEY)
        except NoTeams:
            shortage = shortage_of(pool)
            assert shortage is not None and shortage.places > 0 and shortage.text.zh
            continue
        made += 1
        assert broken_rules(pool, teams) == [] and shortage_of(pool) is None
    return made


def test_no_exclusion_is_passed_in_200_random_pools() -> None:
    """Every pool has teams within all rules, or a sentence why not."""
    assert holds_in(range(200)) > 60


@pytest.mark.soak
def test_no_exclusion_is_passed_in_10_000_random_pools() -> None:
    """The issue's number."""
    assert holds_in(range(10_000)) > 3_000


def cheapest(pool: Pool) -> int | None:
    """Try every assignment of a tiny pool and return the least cost there is."""
    cost, best = cost_of(KEY), None
    for chosen in product(permutations(pool.inspectors, 2), repeat=len(pool.visits)):
        teams = {need.key: Team(*(one.badge for one in pair)) for need, pair in zip(pool.visits, chosen, strict=True)}
        if not broken_rules(pool, teams):
            total = sum(cost(visit, badge) for visit, team in teams.items() for badge in team)
            best = total if best is None else min(best, total)
    return best


def test_the_teams_are_the_cheapest_there_are() -> None:
    """Against trying them all: so any correct solver returns the same, and anybody can check it."""
    solved = 0
    for seed in range(60):
        pool = pool_of(seed, visits=3, people=4, excluded=0.2)
        pool = Pool(pool.visits, tuple(one._replace(least=0, most=2) for one in pool.inspectors), pool.excluded)
        best = cheapest(pool)
        if best is None:
            with pytest.raises(NoTeams):
                teams_by(pool, KEY)
            continue
        cost = cost_of(KEY)
        assert sum(cost(visit, badge) for visit, team in teams_by(pool, KEY).items() for badge in team) == best
        solved += 1
    assert solved > 20


def test_the_same_key_gives_the_same_teams_and_another_gives_others() -> None:
    """Deterministic from the seed, whatever order the pool came in; nobody can foresee it without the key."""
    pool = pool_of(4)
    turned = Pool(pool.visits[::-1], pool.inspectors[::-1], pool.excluded)
    assert teams_by(pool, KEY) == teams_by(turned, KEY)
    assert len({tuple(sorted(teams_by(pool, bytes([n]) * 32).items())) for n in range(20)}) > 15


def test_least_loads_are_kept_where_they_can_be() -> None:
    """Nobody is left without visits by chance; loads differ by no more than the limits say."""
    inspectors = tuple(Inspector(f"B-{n}", True, 5, 4) for n in range(5))
    pool = Pool(tuple(VisitNeed(f"v{n}") for n in range(11)), inspectors)
    for number in range(30):
        teams = teams_by(pool, bytes([number]) * 32)
        loads = [sum(one.badge in team for team in teams.values()) for one in inspectors]
        assert sorted(loads) == [4, 4, 4, 5, 5]


def test_a_made_up_list_is_found_out() -> None:
    """Whoever swaps an inspector afterwards breaks a rule or the optimum."""
    pool = Pool((VisitNeed("v"),), (Inspector("a", True, 1), Inspector("b", False, 1)), {("b", "v"): Reason.CONFLICT})
    assert broken_rules(pool, {}) == ["no team for v"]
    assert broken_rules(pool, {"v": Team("a", "b")}) == ["b may not go to v"]
    assert broken_rules(pool, {"v": Team("b", "b")})[0] == "one person alone at v"
    assert "c may not go to v" in broken_rules(pool, {"v": Team("a", "c")})
    free = Pool(pool.visits, pool.inspectors)
    assert broken_rules(free, {"v": Team("b", "a")}) == ["b may not lead at v"]
    busy = Pool((VisitNeed("v"), VisitNeed("w")), pool.inspectors)
    assert broken_rules(busy, {"v": Team("a", "b"), "w": Team("a", "b")}) == ["a has 2 visits", "b has 2 visits"]
