"""Parts: the pieces of which every page is made, the same on every face."""
