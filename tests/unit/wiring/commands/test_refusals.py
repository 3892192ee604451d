"""Refusals: a command says no in one sentence and exit status 2; a fault of ours is not hidden."""

from collections.abc import Callable
from typing import NoReturn

import pytest
from django.db.utils import OperationalError

from probity.guard.authorities.types import NotPermitted, Permission
from probity.guard.procedures.types import LeaseHeld, LeaseLost
from probity.know.records.actions import NotMendable, NotWaiting, StillRefused
from probity.know.sources.types import FileRefused
from probity.rulebook.reading import RulebookFaults, RuleFault
from probity.terms import Text
from probity.wiring.commands.refusals import Refused, told

BOTH = Text("不行", "no")


def raising(refusal: BaseException) -> Callable[[], NoReturn]:
    def run() -> NoReturn:
        raise refusal

    return run


REFUSALS = [
    Refused(BOTH),
    NotPermitted(Permission.BATCH_READ),
    LeaseHeld("source:a"),
    LeaseLost("source:a"),
    RulebookFaults([RuleFault("a.yaml", 1, BOTH)]),
    OperationalError("no such table"),
    FileRefused("BOMB", BOTH),
    NotWaiting(7, "released"),
    NotMendable(),
    StillRefused([{"zh": "日期有误", "en": "no day"}]),
    LookupError("no batch 7"),
    KeyError("no rule 'x'"),
    ValueError("not a code"),
    FileNotFoundError("a.csv"),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_a_refusal_is_a_sentence_and_2(
    refusal: Exception, tongue: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the reader's language, on the error stream, without a traceback."""
    monkeypatch.setenv("PROBITY_LANGUAGE", tongue)
    assert told(raising(refusal)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.strip()
    assert "Traceback" not in said.err
    is_chinese = any("\u4e00" <= character <= "\u9fff" for character in said.err)
    assert is_chinese == (tongue == "zh")


def test_a_fault_of_ours_is_not_hidden() -> None:
    """It has to be seen to be mended."""
    with pytest.raises(ZeroDivisionError):
        told(raising(ZeroDivisionError("ours")))


def test_a_stopped_command_says_that_it_can_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl+C in the middle of a delivery loses nothing."""
    assert told(raising(KeyboardInterrupt())) == 130
    assert capsys.readouterr().err


def test_what_succeeds_is_0_or_what_it_says() -> None:
    """A mirror that differs exits with 1."""
    assert [told(lambda: None), told(lambda: 0), told(lambda: 1)] == [0, 0, 1]
