"""Dossiers: what is known of enterprises, as of a day, as known at a moment."""
