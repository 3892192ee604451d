"""Event lines: one line an event, for a person or as JSON, with no person in it."""

import json
import logging
import re
from datetime import UTC, datetime

_HIDDEN = (
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\w)"), "[identity number]"),
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), "[mobile number]"),
    (
        re.compile(r"(?i)\b(password|passwd|secret|token|sessionid|csrftoken|authorization)\b(['\"]?\s*[=:]\s*)\S+"),
        r"\1\2[hidden]",
    ),
    (re.compile(r"(\w+://[^:/\s@]+):[^@\s]+@"), r"\1:[hidden]@"),
    (re.compile(r"\?\S+"), "?[hidden]"),  # what stands behind an address: names that were searched for
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "[mail address]"),
)


def harmless(text: str) -> str:
    """Return a text without numbers of persons, addresses of mail, secrets, and what was searched for."""
    for pattern, instead in _HIDDEN:
        text = pattern.sub(instead, text)
    return text


class Line(logging.Formatter):
    """One event as a line for a person; what could name somebody is hidden, tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return harmless(super().format(record))


class JsonLine(logging.Formatter):
    """One event as one JSON object a line: at, level, logger, message, and the fault where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": harmless(record.getMessage()),
        }
        if record.exc_info:
            told["fault"] = harmless(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)


def logging_settings(form: str) -> dict[str, object]:
    """Return Django's LOGGING: everything to standard error, `text` for a person or `json` for a collector."""
    made = "probity.wiring.event_lines.JsonLine" if form == "json" else "probity.wiring.event_lines.Line"
    written = {} if form == "json" else {"fmt": "{asctime} {levelname} {name}: {message}", "style": "{"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": made, **written}},
        "handlers": {"error": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["error"], "level": "WARNING"},
        "loggers": {"django": {"handlers": ["error"], "level": "WARNING", "propagate": False}},
    }
