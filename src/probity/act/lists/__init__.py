"""Lists: who stands on which list today or on any day, and how sure that is."""
