"""Records: the strict door, facts never touched again, and the rows it refused."""
