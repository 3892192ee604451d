"""Probity (信监): we know, we judge, we act, we show; and it becomes known again."""
