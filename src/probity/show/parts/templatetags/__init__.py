"""Template tags: how numbers, days, money, codes and states are written on a page."""
