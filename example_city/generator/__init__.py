"""The generator: from one seed, a city's enterprises, what befell them, and who reported it."""
