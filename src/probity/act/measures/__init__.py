"""Measures: which incentive or constraint applies, on what ground, or why not."""
