"""Registry: enterprises, the codes and names they go by, and their branches."""
