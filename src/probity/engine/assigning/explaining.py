"""Explaining: why there are no teams, in words, before anything is committed."""

from collections import Counter
from dataclasses import dataclass

from probity.engine.assigning.matching import LEAD, Matching, NoTeams
from probity.engine.assigning.types import Pool, Reason
from probity.terms import Text

WORDS = {
    Reason.CONFLICT: Text("申报的利益冲突", "declared conflicts"),
    Reason.RELATION: Text("亲属或持股关系", "family or shareholding links"),
    Reason.FORMER_EMPLOYER: Text("曾任职单位", "former employers"),
    Reason.LAST_TIME: Text("上次即由其检查", "the same inspector as last time"),
    Reason.OWN_PATCH: Text("本辖区回避", "the rule against one's own patch"),
    Reason.NO_LICENCE: Text("无相应执法资格", "missing licences"),
    Reason.LEAVE: Text("期间休假", "leave in the window"),
    Reason.CLIENT: Text("机构与客户关系", "client relations of an institution"),
}


@dataclass(frozen=True, slots=True)
class Shortage:
    """Why a pool has no teams (人员不足): places that compete, capacity, and which exclusions stand in the way.

    `decisive` are the kinds of exclusion of which each alone, were it not there, would make teams
    possible; none when it is the loads or the number of inspectors.
    """

    visits: tuple[str, ...]
    places: int
    leads: int
    capacity: int
    excluded: tuple[tuple[Reason, int], ...]
    decisive: tuple[Reason, ...]

    @property
    def text(self) -> Text:
        """The sentence for the planner, with what can be done."""
        listed = [(WORDS[reason], count) for reason, count in self.excluded]
        zh = "、".join(f"{word.zh} {count} 处" for word, count in listed) or "无"
        en = ", ".join(f"{count} by {word.en}" for word, count in listed) or "nobody"
        cause_zh = "、".join(WORDS[reason].zh for reason in self.decisive)
        cause_en = " or ".join(WORDS[reason].en for reason in self.decisive)
        because = (
            Text(f"若无「{cause_zh}」之一即可成组。", f" Without {cause_en} there would be teams.")
            if self.decisive
            else Text("单独放开任何一类排除都不够。", " Lifting any one kind of exclusion would not be enough.")
        )
        return Text(
            f"{len(self.visits)} 次检查需要 {self.places} 人次（其中带队 {self.leads}），可派人员合计只有 {self.capacity} 人次；"
            f"已排除：{zh}。{because.zh}可以扩大到相邻单位、延长期间、减少抽取数或委托机构。",
            f"{len(self.visits)} visits need {self.places} places ({self.leads} to lead), those who may go have "
            f"{self.capacity}; excluded: {en}.{because.en} Widen the pool to the neighbouring office, lengthen the "
            "window, lower the quota, or entrust an institution.",
        )


def shortage_of(pool: Pool) -> Shortage | None:
    """Return why a pool has no teams; None when it has. Needs no key: chance cannot make teams possible."""
    missing = _missing(pool)
    if missing is None:
        return None
    visits = {pool.visits[visit].key for visit, _ in missing.slots}
    capacity = sum(pool.inspectors[at].most for at in missing.inspectors)
    counted = Counter(why for (_, visit), why in pool.excluded.items() if visit in visits)
    decisive = tuple(reason for reason in Reason if counted[reason] and _missing(pool.without(reason)) is None)
    return Shortage(
        tuple(sorted(visits)),
        len(missing.slots),
        sum(side == LEAD for _, side in missing.slots),
        capacity,
        tuple((reason, counted[reason]) for reason in Reason if counted[reason]),
        decisive,
    )


def _missing(pool: Pool) -> NoTeams | None:
    try:
        Matching(pool, lambda _visit, _badge: 0).solved()
    except NoTeams as missing:
        return missing
    return None
