"""Sources: who tells us what, in which files, and how such a file is opened."""
