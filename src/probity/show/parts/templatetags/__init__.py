"""Template tags: how values are written on a page."""
