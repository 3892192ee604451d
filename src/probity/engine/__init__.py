"""Engine: arithmetic alone, without database, clock or dice; usable as a library."""
