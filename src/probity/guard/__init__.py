"""Guard: who may act, what they did, and the clocks everything is known by."""
