"""Matching: the cheapest teams under costs that only the draw key decides."""

import hmac
from collections import deque
from collections.abc import Callable, Mapping

from probity.engine.assigning.types import Pool, Team

COST_BYTES = 5
LEAD, MEMBER = 0, 1

_OWED = -(1 << 60)
"""What reaching the least load is worth: more than all costs of any draw together."""

Cost = Callable[[str, str], int]
Slot = tuple[int, int]
"""(number of the visit, LEAD or MEMBER)."""


class NoTeams(ValueError):
    """There are no teams that keep every exclusion and every load; `slots` are the places that compete."""

    def __init__(self, slots: frozenset[Slot], inspectors: frozenset[int]) -> None:
        """Keep which places and which inspectors are too few for each other."""
        super().__init__(f"{len(slots)} places compete for {len(inspectors)} inspectors")
        self.slots, self.inspectors = slots, inspectors


def cost_of(key: bytes) -> Cost:
    """Return the cost of (visit, badge): the first 40 bits of HMAC(draw key, `inspector` LF visit LF badge)."""

    def cost(visit: str, badge: str) -> int:
        ticket = hmac.digest(key, f"inspector\n{visit}\n{badge}".encode(), "sha256")
        return int.from_bytes(ticket[:COST_BYTES], "big")

    return cost


def teams_by(pool: Pool, key: bytes) -> dict[str, Team]:
    """Return visit key → team: the one cheapest assignment within all exclusions and loads.

    The costs make the optimum practically unique, so that any correct solver finds the same.

    Raises:
        NoTeams: when there is none; `explaining.shortage_of` says why in words.
    """
    return Matching(pool, cost_of(key)).solved()


def broken_rules(pool: Pool, teams: Mapping[str, Team]) -> list[str]:
    """Return what a set of teams breaks, whoever made it: exclusions, leads, loads, visits left out."""
    faults = [f"no team for {visit.key}" for visit in pool.visits if visit.key not in teams]
    by_badge = {inspector.badge: inspector for inspector in pool.inspectors}
    loads = dict.fromkeys(by_badge, 0)
    for visit, team in teams.items():
        if team.lead == team.member:
            faults.append(f"one person alone at {visit}")
        for badge in team:
            if badge not in by_badge or (badge, visit) in pool.excluded:
                faults.append(f"{badge} may not go to {visit}")
            else:
                loads[badge] += 1
        if team.lead in by_badge and not by_badge[team.lead].may_lead:
            faults.append(f"{team.lead} may not lead at {visit}")
    faults += [
        f"{each.badge} has {loads[each.badge]} visits" for each in pool.inspectors if loads[each.badge] > each.most
    ]
    return faults


class Matching:
    """Successive shortest paths: one place after another is filled, others giving way where that is cheaper."""

    def __init__(self, pool: Pool, cost: Cost) -> None:
        """Lay out who may take which place, and at what cost."""
        self.pool = pool
        people = pool.inspectors
        self.allowed = [
            {
                at: cost(visit.key, one.badge)
                for at, one in enumerate(people)
                if (one.badge, visit.key) not in pool.excluded and one.most > 0
            }
            for visit in pool.visits
        ]
        self.leads = [one.may_lead for one in people]
        self.holder: dict[Slot, int] = {}
        self.held: list[set[int]] = [set() for _ in people]  # inspector → visits
        self.place: dict[tuple[int, int], int] = {}  # (inspector, visit) → LEAD or MEMBER

    def solved(self) -> dict[str, Team]:
        """Fill every place and return the teams."""
        for visit in range(len(self.pool.visits)):
            for side in (LEAD, MEMBER):
                self._fill((visit, side))
        return {each.key: self._team(at) for at, each in enumerate(self.pool.visits)}

    def _team(self, visit: int) -> Team:
        lead, member = self.holder[visit, LEAD], self.holder[visit, MEMBER]
        cost = self.allowed[visit]
        if self.leads[member] and (cost[member], member) < (cost[lead], lead):
            lead, member = member, lead
        return Team(self.pool.inspectors[lead].badge, self.pool.inspectors[member].badge)

    def _fill(self, start: Slot) -> None:
        """Find the cheapest way to fill one more place and go it."""
        distance: dict[Slot, int] = {start: 0}
        before: dict[Slot, tuple[Slot, int, bool]] = {}
        reached: dict[int, tuple[int, Slot]] = {}
        waiting, inside = deque([start]), {start}
        while waiting:
            slot = waiting.popleft()
            inside.discard(slot)
            for other, cost, taker, is_side in self._ways(slot, distance[slot], reached):
                if cost < distance.get(other, 1 << 70):
                    distance[other] = cost
                    before[other] = (slot, taker, is_side)
                    if other not in inside:
                        waiting.append(other)
                        inside.add(other)
        ends = [
            (cost + self._owed(at), at)
            for at, (cost, _) in reached.items()
            if len(self.held[at]) < self.pool.inspectors[at].most
        ]
        if not ends:
            raise NoTeams(frozenset(distance), frozenset(reached))
        last = min(ends)[1]
        self._go(start, reached[last][1], last, before)

    def _owed(self, at: int) -> int:
        return _OWED if len(self.held[at]) < self.pool.inspectors[at].least else 0

    def _ways(self, slot: Slot, so_far: int, reached: dict[int, tuple[int, Slot]]) -> list[tuple[Slot, int, int, bool]]:
        """Return the places that could fall empty if this one is filled: (place, cost, who moves, within the visit)."""
        visit, side = slot
        ways = []
        for at, cost in self.allowed[visit].items():
            if side == LEAD and not self.leads[at]:
                continue
            if visit in self.held[at]:
                if self.place[at, visit] != side:
                    ways.append(((visit, self.place[at, visit]), so_far, at, True))
                continue
            total = so_far + cost
            if total < reached.get(at, (1 << 70, slot))[0]:
                reached[at] = (total, slot)
                for other in self.held[at]:
                    ways.append(((other, self.place[at, other]), total - self.allowed[other][at], at, False))
        return ways

    def _go(self, start: Slot, slot: Slot, taker: int, before: Mapping[Slot, tuple[Slot, int, bool]]) -> None:
        """Let the last one take the place found, and each on the way the place before."""
        moves = [(slot, taker)]
        while slot != start:
            slot, mover, _ = before[slot]
            moves.append((slot, mover))
        for place, _ in moves:
            if place in self.holder:
                gone = self.holder.pop(place)
                self.held[gone].discard(place[0])
                self.place.pop((gone, place[0]), None)
        for place, mover in moves:
            self.holder[place] = mover
            self.held[mover].add(place[0])
            self.place[mover, place[0]] = place[1]
