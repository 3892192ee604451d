"""Reading records: the newest that bears a number, pages of what waits, and who was touched."""

from pathlib import Path

import pytest

from probity.know.records import queries
from probity.know.records.actions import end
from probity.know.records.models import Record
from probity.know.registry.queries import enterprise
from tests.unit.know.delivered import BY, DAY, DOCKED, PENALTIES, code, docked, later, penalty, record_of, take_in
from tests.unit.know.dossiers.acted import Stage
from tests.unit.know.dossiers.test_mirror import NOTHING


def test_a_document_number_finds_its_newest_record(database: str, tmp_path: Path) -> None:
    """The whole number of that feed, not a part of it, nor another feed's."""
    take_in(tmp_path, PENALTIES, [penalty(1), penalty(11), penalty(12)])
    take_in(tmp_path, PENALTIES, [penalty(1, 失信程度="严重")], at=later())
    newest = Record.objects.get(supersedes__isnull=False).pk
    assert queries.by_document(PENALTIES, "临罚〔2026〕1号") == newest
    for feed, number in ((PENALTIES, "临罚〔2026〕1"), (DOCKED, "临罚〔2026〕1号")):
        with pytest.raises(LookupError, match="no record of"):
            queries.by_document(feed, number)


def test_the_quarantine_comes_in_pages(database: str, tmp_path: Path) -> None:
    """By batch, by state, by code; the spreadsheet that goes back holds all of a batch."""
    rows = [penalty(n, 处罚决定日期="?") for n in range(queries.PAGE_SIZE + 5)] + [penalty(99, 失信程度="?")]
    line = take_in(tmp_path, PENALTIES, rows)
    other = take_in(tmp_path, PENALTIES, [penalty(200, 处罚决定日期="?")], at=later())
    page = queries.quarantine(by=BY, batch=line.id)
    assert (page.total, len(page.lines), page.last) == (queries.PAGE_SIZE + 6, queries.PAGE_SIZE, 2)
    assert [row.row_number for row in page.lines[:3]] == [2, 3, 4]
    assert len(queries.quarantine(by=BY, batch=line.id, page=2).lines) == 6
    assert queries.quarantine(by=BY, code="CHOICE").total == 1
    assert queries.quarantine(by=BY, state="rejected").total == 0
    assert queries.quarantine(by=BY, state="").total == queries.waiting(by=BY) == page.total + 1
    assert len(list(queries.quarantined_rows(by=BY, batch=line.id))) == page.total
    assert [row.batch for row in queries.quarantined_rows(by=BY, batch=other.id)] == [other.id]


def test_what_was_touched_between_two_revisions_is_found(database: str) -> None:
    """Born, superseded, ended or given to another; of more than a database takes in one question."""
    stage = Stage()
    owners = stage.enter(2)
    first = stage.born([(owners[0], NOTHING)] * 1200)
    stage.ended(first[0], "repair", NOTHING.day)
    stage.given(first[1], owners[1])
    second = stage.born([(owners[0], NOTHING)], supersedes=first[2])
    assert queries.touched_between(0, 1) == first
    assert queries.touched_between(1, 2) == [first[0]]
    assert queries.touched_between(2, 4) == [first[1], first[2], *second]
    assert queries.touched_between(4, 9) == []
    assert queries.enterprises_of(first, revision=4) == set(owners)
    assert queries.enterprises_of(first, revision=2) == {owners[0]}


def test_an_open_batch_is_read_by_nobody(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither its births nor its attributions are known yet."""
    from probity.know.records.actions import delivering

    def killed(**_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(delivering, "close_batch", killed)
        with pytest.raises(KeyboardInterrupt):
            take_in(tmp_path, PENALTIES, [penalty(1)])
    number = record_of(1).pk
    assert list(queries.births_of([number])) == list(queries.attributions_of([number])) == []
    assert queries.stated([number]) == []
    assert queries.records_of(enterprise(code(1)).number) == [number]


def test_docked_withdrawals_are_supersessions(database: str, tmp_path: Path) -> None:
    """Known from the revision of the batch that brought them."""
    take_in(tmp_path, DOCKED, [docked(1, "i")])
    first = record_of(1).pk
    take_in(tmp_path, DOCKED, [docked(1, "d")], at=later())
    assert list(queries.supersessions_of([first])) == [(first, 2)]


def test_what_was_superseded_or_annulled_is_not_unmatched(database: str, tmp_path: Path) -> None:
    """Only what stands waits for an enterprise; the older statement belongs to nobody for good."""
    nobody = {"统一社会信用代码": ""}
    take_in(tmp_path, PENALTIES, [penalty(1, **nobody), penalty(2, **nobody), penalty(3)])
    take_in(tmp_path, PENALTIES, [penalty(1, **nobody, 失信程度="严重")], at=later())
    assert [line["pk"] for line in queries.unmatched(by=BY).lines] == [record_of(2).pk, record_of(1).pk]
    end(record=record_of(2).pk, kind="annulment", effective_on=DAY, reason="撤销", by=BY, at=later())
    assert [line["pk"] for line in queries.unmatched(by=BY, order="-day").lines] == [record_of(1).pk]
    assert queries.unmatched(by=BY, type_="no-such-type").total == 0


def test_a_list_is_ordered_by_what_it_offers_and_by_nothing_else(database: str, tmp_path: Path) -> None:
    """A word in the address that names no column of the list leaves its own order."""
    rows = [penalty(1, 处罚决定日期="?"), penalty(2, 失信程度="?"), penalty(3, 处罚决定日期="?")]
    take_in(tmp_path, PENALTIES, rows)
    assert [row.row_number for row in queries.quarantine(by=BY, order="-row").lines] == [4, 3, 2]
    assert [row.code for row in queries.quarantine(by=BY, order="code", size=2).lines] == ["CHOICE", "DATE"]
    assert [row.row_number for row in queries.quarantine(by=BY, order="values").lines] == [2, 3, 4]
