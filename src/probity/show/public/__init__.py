"""Public: the face that anybody may look at, without signing in."""
