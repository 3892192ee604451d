"""API: the face for machines, at /v1."""
