"""Show: what each reader may see, and the pages on which they see it."""
