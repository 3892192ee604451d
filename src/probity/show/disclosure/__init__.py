"""Disclosure: what is public, from when, until when, on what ground; default closed."""
