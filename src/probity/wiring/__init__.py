"""Wiring: settings, addresses, commands and the clock; it alone knows everything."""
