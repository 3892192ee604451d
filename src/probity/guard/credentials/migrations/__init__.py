"""Migrations: how the tables of credentials came to be."""
