"""Guard: signing in, one's own proofs, keys of programs, and who looks after them."""
