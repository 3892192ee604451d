"""Credentials: how persons and programs prove who they are."""
