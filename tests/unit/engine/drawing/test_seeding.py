"""Seeding: what the public cannot predict and the office cannot steer."""

from probity.engine.drawing import draw_key, seed_of
from tests.unit.engine.drawing.made import REVEALED, made

HASH = "ab" * 32


def test_every_source_and_the_plan_change_the_seed() -> None:
    """No source can be left out, exchanged or moved without another seed."""
    seeds = {
        seed_of(HASH, REVEALED, is_blind=False),
        seed_of(HASH, REVEALED, is_blind=True),
        seed_of(HASH, REVEALED[::-1], is_blind=False),
        seed_of(HASH, [REVEALED[0], REVEALED[1] + "0"], is_blind=False),
        seed_of("ac" * 32, REVEALED, is_blind=False),
    }
    assert len(seeds) == 5


def test_without_the_secret_a_sealed_draw_cannot_be_foreseen() -> None:
    """The seed is public at once; the key is not, until the secret is opened."""
    seed = seed_of(HASH, REVEALED, is_blind=False)
    assert draw_key(seed, None) == seed
    assert len({draw_key(seed, bytes(31) + bytes([number])) for number in range(50)} | {seed}) == 51


def test_an_open_bundle_holds_no_secret_and_no_commitment() -> None:
    """Announced checks need none; who drops a secret from a sealed one is refused elsewhere."""
    bundle = made(3, is_open=True)
    assert "secret" not in bundle and "keycommit" not in bundle["plan"]
