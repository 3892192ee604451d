"""Naming: whose name a dirty spelling is, with reasons and without a guess."""
