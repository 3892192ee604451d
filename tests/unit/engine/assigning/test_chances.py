"""Chances: the visits fall evenly on those who may go, and where they do not it is seen."""

from probity.engine.assigning import Inspector, Pool, Reason, VisitNeed, pair_chances


def test_without_exclusions_every_pair_has_its_chance() -> None:
    """No pair is favoured by place or badge: within what 300 replays can tell."""
    pool = Pool(tuple(VisitNeed(f"v{n}") for n in range(6)), tuple(Inspector(f"b{n}", True, 3) for n in range(5)))
    told = pair_chances(pool, "test", 300)
    assert told.pairs == 30 and told.replays == 300
    assert 0.75 < told.least <= told.low <= told.high <= told.most < 1.25 and not told.is_steered


def test_tight_constraints_are_seen() -> None:
    """One who may hardly go anywhere is always sent where the others may not."""
    visits = tuple(VisitNeed(f"v{n}") for n in range(4))
    people = tuple(Inspector(f"b{n}", True, 2) for n in range(4))
    bound = {(f"b{n}", f"v{visit}"): Reason.CONFLICT for n in (0, 1) for visit in (0, 1)}
    told = pair_chances(Pool(visits, people, bound), "test", 60)
    assert told.most > 1.5 and told.is_steered


def test_the_replays_are_the_same_for_everybody() -> None:
    """Published with the draw, recomputed by whoever doubts it."""
    pool = Pool((VisitNeed("v"),), tuple(Inspector(f"b{n}", True, 1) for n in range(3)))
    assert pair_chances(pool, "x", 20) == pair_chances(pool, "x", 20)
