"""Procedures: revisions, cursors and leases, by which everything happens in order."""
