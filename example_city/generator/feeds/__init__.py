"""Feeds: what each authority wrote down of the year, in its own layout."""
