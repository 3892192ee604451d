"""The example city: a year of a place that does not exist, as delivered files."""
