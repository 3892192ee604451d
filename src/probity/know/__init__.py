"""Know: what has been said, of whom, by whom, and since when."""
