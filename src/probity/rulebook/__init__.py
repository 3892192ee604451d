"""Rulebook: reads, checks and dates the law, from layers of texts handed in."""

from probity.rulebook.calendars import Calendar
from probity.rulebook.layers import shipped
from probity.rulebook.reading import RulebookFaults, RuleFault
from probity.rulebook.rulebook import Rulebook

__all__ = ["Calendar", "RuleFault", "Rulebook", "RulebookFaults", "shipped"]
