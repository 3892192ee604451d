"""Authorities: which bodies act, which officers act for them, and what they may do."""
