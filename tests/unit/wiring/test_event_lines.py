"""Event lines: a line names no person and holds no secret, in text, JSON and tracebacks."""

import json
import logging
import sys

import pytest

from probity.wiring.event_lines import JsonLine, Line, harmless, logging_settings

TOLD = (
    "mobile 13812345678 wrote",
    "identity 330102199003078811 refused",
    "identity 33010219900307881X refused",
    "page failed: path=/desk/enterprises/?q=张三",
    "password=lantern-over-water-7 token: abcdef",
    "postgres://probity:s3cret@127.0.0.1/db",
    "mail zhang.san@example.cn bounced",
)
NEVER = ("13812345678", "330102199003078811", "33010219900307881X", "张三", "lantern", "abcdef", "s3cret", "zhang.san")


@pytest.mark.parametrize("made", [Line("{message}", style="{"), JsonLine()])
def test_no_line_names_a_person_or_a_secret(made: logging.Formatter) -> None:
    """Neither in the message nor in the traceback that follows it."""
    for told in TOLD:
        try:
            raise ValueError(told)
        except ValueError:
            record = logging.LogRecord("probity", logging.ERROR, "", 1, told, (), sys.exc_info())
        line = made.format(record)
        assert [word for word in NEVER if word in line] == []


def test_json_is_one_object_a_line() -> None:
    """A collector reads each line by itself, whatever the message holds."""
    record = logging.LogRecord("probity", logging.WARNING, "", 1, "two\nlines “%s”", ("x",), None)
    line = JsonLine().format(record)
    assert "\n" not in line
    assert json.loads(line) | {"at": ""} == {
        "at": "",
        "level": "warning",
        "logger": "probity",
        "message": "two\nlines “x”",
    }


def test_what_helps_an_operator_stays() -> None:
    """Credit codes of enterprises, numbers to quote and addresses without their questions."""
    told = "page refused: status=404 number=1A2B3C4D path=/desk/enterprises/91339901MA2HC7K32G/"
    assert harmless(told) == told


def test_either_form_is_accepted_by_logging() -> None:
    """A misspelt setting falls back to text instead of silence."""
    import logging.config

    for form in ("text", "json", "typo"):
        logging.config.dictConfig(logging_settings(form) | {"root": {"handlers": [], "level": "WARNING"}})
