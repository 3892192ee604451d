"""Bench: one file per promise, each printing its measure beside its peer."""
