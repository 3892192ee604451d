"""Disclosure: what is public, until when, on what ground; default closed."""
