"""Lawbook: the shipped rules and what this installation added, read once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from probity.guard.procedures.lawbook import added, lawbook, rule_texts
from probity.rulebook.reading import RulebookFaults

CHANGED = "record_types/registration/2099-01-01.yaml"


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    """Read the rulebook of the test's own home, and leave none of it behind."""
    lawbook.cache_clear()
    yield
    lawbook.cache_clear()


def test_the_rulebook_is_read_once_a_process(home: Path) -> None:
    """Reading takes a moment and every page asks."""
    assert lawbook() is lawbook()


def test_an_installation_adds_files_under_its_home(home: Path) -> None:
    """They change the digest that every run names."""
    before = lawbook().digest
    shipped, texts = rule_texts(next(file.path for file in lawbook().files() if file.key == "registration"))
    place = home / "rulebook" / CHANGED
    place.parent.mkdir(parents=True)
    place.write_text(shipped, encoding="utf-8")
    place.with_suffix(".text.yaml").write_text(texts, encoding="utf-8")
    lawbook.cache_clear()
    assert lawbook().digest != before
    assert rule_texts(CHANGED) == (shipped, texts)


def test_a_faulty_file_keeps_the_rulebook_from_being_read(home: Path) -> None:
    """Half a law is none; the fault names the file."""
    place = home / "rulebook" / CHANGED
    place.parent.mkdir(parents=True)
    place.write_text("stage: never\n", encoding="utf-8")
    with pytest.raises(RulebookFaults, match="2099-01-01"):
        lawbook()


def test_an_unknown_rule_file_is_said_to_be_unknown(home: Path) -> None:
    """The page of a rule answers 404 from this."""
    with pytest.raises(LookupError, match="no rule file"):
        rule_texts("record_types/nothing/2020-01-01.yaml")


def test_only_rule_files_are_read_from_a_folder(tmp_path: Path) -> None:
    """Editors leave other files beside them; a missing folder is empty."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.yaml").write_text("x: 1\n")
    (tmp_path / "a" / "b.yaml~").write_text("x: 2\n")
    assert added(tmp_path) == {"a/b.yaml": "x: 1\n"}
    assert added(tmp_path / "none") == {}
