"""Trail: what was done, by whom, in whose name; and tables that nothing else may write."""
