"""Desk: the officers' face."""
