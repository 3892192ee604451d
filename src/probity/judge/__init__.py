"""Judge: what it amounts to, by published rules, with reasons."""
