"""The generator: from one seed, a city, what befell it, and who reported it."""
