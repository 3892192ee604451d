"""Authorities: which bodies and officers act, and what they may do."""
