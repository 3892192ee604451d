"""Act: the pages on which officers look lists up and answer matters."""
