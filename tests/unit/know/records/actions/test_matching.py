"""Matching: names find their enterprises, adverse records wait, every step can be taken back."""

from datetime import datetime
from pathlib import Path

import pytest

from probity.guard.authorities.types import NotPermitted
from probity.guard.procedures.queries import latest_revision
from probity.know.dossiers.mirror import verify
from probity.know.dossiers.queries import facts_of
from probity.know.records import queries
from probity.know.records.actions import (
    EvidenceRefused,
    NameSettled,
    match_names,
    merge,
    say_not_same,
    say_same,
    skip,
    split,
    undo,
)
from probity.know.records.models import Attribution, OpenName, OpenRow, Record
from probity.know.records.types import Matching, OpenNameLine
from probity.know.registry import queries as registry
from probity.know.registry.actions import NotOne, register_uncoded
from probity.know.registry.models import Match
from probity.know.registry.types import CodesConflict, Evidence
from probity.rulebook.naming import SecondIdentifier
from probity.terms import Actor, ActorKind
from tests.unit.know.delivered import AT, BY, DAY, PENALTIES, REGISTRATIONS, code, later, penalty, registration, take_in

pytestmark = pytest.mark.usefixtures("database")

CHECKS = "beijing-huairou-market/double-random"
OFFICER = Actor(ActorKind.OFFICER, "officer:7", is_administrator=True)
SURE = Evidence(SecondIdentifier.DOCUMENT, "怀市监检〔2026〕7号")


def check(name: str, result: str = "未发现问题", task: str = "定向抽查") -> dict[str, str]:
    """Return a row of random checks, which names an enterprise and states no code."""
    return {
        "任务名称": task,
        "主体名称": name,
        "抽查机关": "北京市怀柔区市场监督管理局",
        "抽查时间": "2026-05-01",
        "抽查结果": result,
    }


def taken(folder: Path, *rows: dict[str, str], at: datetime = AT) -> None:
    """Take in random checks."""
    take_in(folder, CHECKS, rows, at=at, name=f"checks-{at:%d%H%M}.csv")


def registered(folder: Path, *names: str, first: int = 1) -> None:
    """Register enterprises under names, the first with number `first`."""
    rows = [registration(first + place, name) for place, name in enumerate(names)]
    take_in(folder, REGISTRATIONS, rows, name=f"registrations-{first}.csv")


def only() -> OpenNameLine:
    """Return the one open name that waits."""
    (line,) = queries.open_names(by=BY).lines
    return line


def number_of(which: int) -> int:
    """Return the number of the n-th enterprise."""
    return registry.enterprise(code(which)).number


def facts(which: int) -> int:
    """Return how many facts count for the n-th enterprise now; the twin and the mirror must agree."""
    assert verify().is_equal
    return len(facts_of(number_of(which), as_of=DAY, revision=latest_revision()))


def test_a_neutral_record_finds_its_enterprise(home: Path) -> None:
    """The only enterprise that fits without contradiction has the record, with the judgement behind it."""
    registered(home, "北京善讯科技有限公司")
    taken(home, check("善讯科技（北京）有限责任公司"))
    assert match_names(by=BY, at=later()) == Matching(1, 1, 1, 0)
    assert facts(1) == 2
    told = Match.objects.get()
    assert (told.judgement, told.matched_name, told.by) == ("same", "北京善讯科技有限公司", BY.key)
    assert told.score > 9000 and told.shares["grams"] == 1000 and len(told.rule_digest) == 64
    assert queries.open_names(by=BY).total == 0


def test_an_adverse_record_is_never_carried_by_its_name(home: Path) -> None:
    """A failed check under the very name of an enterprise waits; a person's word alone does not move it either."""
    registered(home, "北京善讯科技有限公司")
    taken(
        home,
        check("北京善讯科技有限公司"),
        check("北京善讯科技有限公司", "通过登记的住所（经营场所）无法联系", "不定向"),
    )
    assert match_names(by=BY, at=later()) == Matching(1, 1, 1, 1)
    line = only()
    assert (line.records, line.adverse, line.verdict) == (1, 1, "accept")
    settled = say_same(name=line.id, enterprise=number_of(1), reason="", by=BY, at=later(minutes=2))
    assert (settled.attributed, settled.withheld) == (0, 1) and facts(1) == 2
    settled = say_same(name=line.id, enterprise=number_of(1), reason="", evidence=SURE, by=BY, at=later(minutes=3))
    assert (settled.attributed, settled.withheld) == (1, 0) and facts(1) == 3
    assert Attribution.objects.latest("pk").how == "second_identifier"


@pytest.mark.parametrize(
    ("kind", "text"),
    [(SecondIdentifier.REGISTRATION_NUMBER, "914403001922038216"), (SecondIdentifier.ADDRESS, " 无 ")],
)
def test_a_second_identifier_must_identify(home: Path, kind: SecondIdentifier, text: str) -> None:
    registered(home, "北京善讯科技有限公司")
    taken(home, check("北京善讯科技有限公司", "通过登记的住所（经营场所）无法联系"))
    match_names(by=BY, at=later())
    with pytest.raises(EvidenceRefused):
        say_same(name=only().id, enterprise=number_of(1), reason="", evidence=Evidence(kind, text), by=BY, at=later())
    assert facts(1) == 1


def test_a_second_pass_changes_nothing(home: Path) -> None:
    registered(home, "北京善讯科技有限公司")
    taken(home, check("北京善讯科技有限公司"), check("北京善迅科技有限公司"))
    match_names(by=BY, at=later())
    before = (Attribution.objects.count(), Match.objects.count(), latest_revision())
    assert match_names(by=BY, at=later(minutes=5)) == Matching(0, 0, 0, 0)
    assert (Attribution.objects.count(), Match.objects.count(), latest_revision()) == before


def test_a_homonym_waits_for_a_person(home: Path) -> None:
    """Two enterprises with one name: nobody gets the record until somebody says which."""
    registered(home, "北京善讯科技有限公司", "北京善讯科技有限公司")
    taken(home, check("北京善讯科技有限公司"))
    assert match_names(by=BY, at=later()).accepted == 0
    line = only()
    assert line.verdict == "review" and "several" in line.grounds
    say_same(name=line.id, enterprise=number_of(2), reason="", by=BY, at=later())
    assert (facts(1), facts(2)) == (1, 2)
    assert [each["name"] for each in registry.homonyms(by=BY).lines] == ["北京善讯科技有限公司"]


def test_a_name_waits_until_its_enterprise_is_registered(home: Path) -> None:
    """What nobody fits today is asked again when the register has grown."""
    taken(home, check("北京善讯科技有限公司"))
    assert match_names(by=BY, at=later()).accepted == 0 and only().verdict == "reject"
    registered(home, "北京善讯科技有限公司")
    assert match_names(by=BY, at=later(minutes=3)).attributed == 1 and facts(1) == 2


def test_not_the_same_is_remembered_and_crowds_nobody_out(home: Path) -> None:
    """An enterprise judged to be another is not offered again, nor accepted, for that spelling."""
    registered(home, "北京善讯科技有限公司", "北京善讯科技有限公司")
    taken(home, check("北京善讯科技有限公司"))
    match_names(by=BY, at=later())
    say_not_same(name=only().id, enterprise=number_of(1), reason="另有其人", by=BY, at=later(minutes=2))
    offered = [each.entry.enterprise for each in queries.candidates_for(only(), at=later()).candidates]
    assert offered == [number_of(2)]
    taken(home, check("北京善讯科技有限公司", task="第二次"), at=later(minutes=9))
    match_names(by=BY, at=later(minutes=10))
    assert (facts(1), facts(2)) == (1, 3)


def test_what_a_person_said_is_remembered_for_the_same_spelling(home: Path) -> None:
    """A misspelling settled once settles itself; unless a second enterprise has come to fit as well."""
    registered(home, "北京善讯科技有限公司")
    taken(home, check("北京善迅科技有限公司"))
    match_names(by=BY, at=later())
    say_same(name=only().id, enterprise=number_of(1), reason="", by=OFFICER, at=later(minutes=2))
    taken(home, check("北京善迅科技有限公司", task="第二次"), at=later(minutes=9))
    assert match_names(by=BY, at=later(minutes=10)).attributed == 1 and facts(1) == 3
    registered(home, "北京善迅科技有限公司", first=9)
    taken(home, check("北京善迅科技有限公司", task="第三次"), at=later(minutes=19))
    assert match_names(by=BY, at=later(minutes=20)).attributed == 0 and facts(1) == 3


def test_a_wrong_judgement_is_taken_back_and_everything_follows(home: Path) -> None:
    """Undone, the records are nobody's again, the name waits, and what was known before stays known."""
    registered(home, "北京善讯科技有限公司")
    taken(home, check("北京善讯科技有限公司"))
    match_names(by=BY, at=later())
    between = latest_revision()
    match = Match.objects.get().pk
    assert undo(match=match, reason="同名不同企", by=BY, at=later(minutes=4)) == 1
    assert facts(1) == 1 and only().records == 1
    assert len(facts_of(number_of(1), as_of=DAY, revision=between)) == 2
    assert undo(match=match, reason="", by=BY, at=later(minutes=5)) == 0
    assert queries.unmatched(by=BY).total == 1


def test_what_was_undone_is_not_accepted_again_by_the_pass_at_once(home: Path) -> None:
    """After an undo the name waits for a person; the same pass over the same register leaves it alone."""
    registered(home, "北京善讯科技有限公司")
    taken(home, check("北京善讯科技有限公司"))
    match_names(by=BY, at=later())
    undo(match=Match.objects.get().pk, reason="", by=BY, at=later(minutes=4))
    assert match_names(by=BY, at=later(minutes=5)).asked == 0 and only().verdict == "review"
    taken(home, check("北京善讯科技有限公司", task="第二次"), at=later(minutes=9))
    assert match_names(by=BY, at=later(minutes=10)).attributed == 0 and only().records == 2


def test_a_code_that_disagrees_blocks_the_match(home: Path) -> None:
    """The name fits, the registration number stated beside it does not: neither pass nor person merges them."""
    take_in(home, REGISTRATIONS, [registration(1, "北京善讯科技有限公司", **{"注册号": "110108000000016"})])
    stated = penalty(
        5, **{"行政相对人名称": "北京善讯科技有限公司", "统一社会信用代码": "", "工商注册号": "440301103097413"}
    )
    take_in(home, PENALTIES, [stated], name="p.csv")
    match_names(by=BY, at=later())
    with pytest.raises(CodesConflict):
        say_same(name=only().id, enterprise=number_of(1), reason="", evidence=SURE, by=BY, at=later())
    assert facts(1) == 1


def test_a_corrected_record_waits_no_longer(home: Path) -> None:
    """The source adds the code: its new statement counts by the code, the old one is gone from the queue."""
    registered(home, "北京善讯科技有限公司")
    stated = {"行政相对人名称": "北京善讯科技有限公司", "工商注册号": ""}
    take_in(home, PENALTIES, [penalty(5, **stated, **{"统一社会信用代码": "/"})], name="a.csv")
    match_names(by=BY, at=later())
    assert only().adverse == 1
    take_in(home, PENALTIES, [penalty(5, **stated, **{"统一社会信用代码": code(1)})], name="b.csv", at=later(minutes=5))
    match_names(by=BY, at=later(minutes=6))
    assert queries.open_names(by=BY).total == 0 and facts(1) == 2


def test_a_sole_trader_is_never_found_by_name(home: Path) -> None:
    take_in(home, REGISTRATIONS, [registration(1, "北京善讯科技经营部", **{"统一社会信用代码": code(1, "92")})])
    taken(home, check("北京善讯科技经营部"))
    match_names(by=BY, at=later())
    assert only().verdict == "reject" and not queries.candidates_for(only(), at=later()).candidates


def test_a_skipped_name_comes_last_and_a_settled_one_is_refused(home: Path) -> None:
    registered(home, "北京善讯科技有限公司")
    taken(home, check("北京善迅科技有限公司"), check("北京善训科技有限公司"))
    match_names(by=BY, at=later())
    first, second = queries.open_names(by=BY).lines
    skip(name=first.id, by=BY, at=later())
    assert [line.id for line in queries.open_names(by=BY).lines] == [second.id, first.id]
    say_same(name=first.id, enterprise=number_of(1), reason="", by=BY, at=later())
    with pytest.raises(NameSettled):
        say_same(name=first.id, enterprise=number_of(1), reason="", by=BY, at=later())


def test_merged_enterprises_are_one_until_they_are_split(home: Path) -> None:
    """Records follow a merge and come back by a split; the known past stays; codes that differ forbid it."""
    registered(home, "北京善讯科技有限公司", "上海云栖软件有限公司")
    taken(home, check("北京善讯电子有限公司"))
    match_names(by=BY, at=later())
    uncoded = register_uncoded(name="北京善讯电子有限公司", codes=(), source="test", at=later())
    say_same(name=only().id, enterprise=uncoded, reason="", by=BY, at=later(minutes=2))
    assert merge(joined=uncoded, head=number_of(1), reason="更名前", by=BY, at=later(minutes=3)) == 1
    assert facts(1) == 2 and registry.head_of(uncoded) == number_of(1)
    with pytest.raises(NotOne):
        merge(joined=uncoded, head=number_of(1), reason="", by=BY, at=later(minutes=3))
    with pytest.raises(CodesConflict):
        merge(joined=number_of(2), head=number_of(1), reason="", by=BY, at=later(minutes=3))
    merged = latest_revision()
    assert split(joined=uncoded, head=number_of(1), reason="误并", by=BY, at=later(minutes=4)) == 1
    assert facts(1) == 1 and registry.head_of(uncoded) == uncoded
    assert len(facts_of(uncoded, as_of=DAY, revision=latest_revision())) == 1
    assert len(facts_of(number_of(1), as_of=DAY, revision=merged)) == 2
    with pytest.raises(NotOne):
        split(joined=uncoded, head=number_of(1), reason="", by=BY, at=later(minutes=5))
    assert uncoded in registry.ungraded()


def test_settling_is_permitted_or_refused(home: Path) -> None:
    registered(home, "北京善讯科技有限公司")
    taken(home, check("北京善迅科技有限公司"))
    match_names(by=BY, at=later())
    for act in (say_same, say_not_same):
        with pytest.raises(NotPermitted):
            act(name=only().id, enterprise=number_of(1), reason="", by=Actor.public(), at=later())
    with pytest.raises(NotPermitted):
        queries.open_names(by=Actor.public())


def test_every_record_waits_or_is_settled(home: Path) -> None:
    """Of what has no owner nothing is lost: open rows and unmatched records are the same."""
    registered(home, "北京善讯科技有限公司")
    taken(home, *(check(f"北京善{each}科技有限公司") for each in "讯迅训寻询巡"))
    match_names(by=BY, at=later())
    waiting = set(OpenRow.objects.filter(state="waiting").values_list("record_id", flat=True))
    assert len(waiting) == queries.unmatched(by=BY).total == 5
    assert OpenName.objects.count() == Record.objects.exclude(type="registration").count()
