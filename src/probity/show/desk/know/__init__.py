"""Desk, know: enterprises, deliveries, quarantine and unmatched records."""
