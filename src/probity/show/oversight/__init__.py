"""Oversight: how the regulators do, for whoever watches over them."""
