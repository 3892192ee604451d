"""Guard: signing in, one's own proofs, and the keys of programs."""
