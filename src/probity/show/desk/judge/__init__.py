"""Desk, judge: classes with their reasons, runs, and the rulebook they rest on."""
