"""Feeds: what each authority wrote down of the year, as rows in its own layout."""
