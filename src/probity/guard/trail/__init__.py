"""Trail: what was done, by whom, in whose name; the ground of all tables."""
