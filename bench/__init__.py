"""Bench: one file per promise; each prints name, value, unit, peer, ratio as JSON lines."""
