"""Act: what follows from a judgement, for and against the enterprise, by law."""
