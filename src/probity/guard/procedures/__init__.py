"""Procedures: revisions, cursors and leases, so that all happens in order."""
