"""Systems: a made-up index system for the tests of the engine, and days."""

from datetime import date

import polars as pl

from probity.engine.frames import COLUMNS
from tests.unit.engine.make import labels, system

POLARS = {"int64": pl.Int64, "string": pl.String, "date": pl.Date}
SCHEMA = {name: POLARS[kind] for name, kind in COLUMNS.items()}

RULE = """
instrument: made-up-measure
family: sector
status: illustration
publication: internal
silence: neutral
score: {starts_at: 100, at_least: 0, at_most: 100, article: 1}
dimensions:
  supervision:
    article: 2
    at_least: -50
    indicators:
      penalties:
        article: 2
        counts: penalty
        within: {months: 24}
        takes: {by: severity, points: {minor: 1, ordinary: 5, serious: 20}, others: 2}
        at_most: 30
      visits: {article: 2, counts: visit, when: {result: fail}, within: {months: 12}, takes: {each: 3}, at_least: 4}
      listed: {article: 3, counts: listing, standing: true, takes: {each: 5}}
  standing:
    article: 3
    at_most: 4
    indicators:
      awards: {article: 3, counts: award, within: retention, adds: {each: 2.5}}
bands:
  article: 4
  grades:
    A: {from: 90}
    B: {from: 70, below: 90}
    C: {from: 60, below: 70}
    D: {below: 60}
direct_grades:
  twice-awarded: {article: 5, counts: award, within: {months: 12}, times: 2, grade: A}
ceilings:
  on-the-list: {article: 5, counts: listing, standing: true, grade: B}
vetoes:
  closed: {article: 5, counts: penalty, when: {category: closure}, within: {months: 36}, grade: D}
"""
KEYS = ("supervision", "penalties", "visits", "listed", "standing", "awards", "A", "B", "C", "D")
TEXT = labels(*KEYS, "twice-awarded", "on-the-list", "closed")

SYSTEM = system(RULE, TEXT)
"""Read once: the same object is judged by every test of the engine."""


def day(month: int, number: int = 1) -> date:
    """Return a day of 2026."""
    return date(2026, month, number)
