"""Bundles: the specification's vectors hold, and whoever changes anything afterwards is found out."""

import json
from typing import Any

import pytest

from probity.engine.drawing import (
    Promise,
    committed,
    draw_key,
    frame_hash,
    frame_root,
    plan_hash,
    rank_of,
    recomputed,
    seed_of,
    ticket_of,
)
from probity.engine.drawing.framing import blinded
from probity.engine.drawing.types import DrawRefused, DrawStep, DrawUnit
from tests.unit.engine.drawing.made import (
    CODES,
    RATES,
    REVEALED,
    SALTS,
    SECRET,
    SOURCES,
    UNITS,
    made,
    tampered,
    vector,
    vector_plan,
)


def test_the_vector_of_the_full_bundle_holds_value_by_value() -> None:
    """INSPECTION 3.4: every hash, the drawn, the reserve and the ranks."""
    bundle = vector(is_blind=False)
    plan = vector_plan(is_blind=False)
    assert frame_hash(UNITS) == "53a14c70af7ba90f149fa5d19cb2ad9d5d998d6e05f586ba5152fa8e93093b78"
    assert plan.root == "5a2f8326c2ab3553c2bc60999bd80d2bf41218a053b8452486da8caf9c0b2e02"
    assert plan.key_commitment == "ec4916dd28fc4c10d78e287ca5d9cc51ee1ae73cbfde08c6b37324cbfaac8bc5"
    assert plan_hash(bundle["plan"]) == "0cb40412fbf1c288f6bd1d68851a70e824663166bcb7f7b2b43ad2f1cf00badc"
    seed = seed_of(plan_hash(bundle["plan"]), REVEALED, is_blind=False)
    assert seed.hex() == "10b8870b1b52a3c8e6ede99c33a0147c43ce2d040888e1f03c8b798fdfa4b3c4"
    key = draw_key(seed, SECRET)
    assert key.hex() == "d17ae00b83faec9e33a91ce4329b3cb80f4d699d88357bbfd7dcb344c4839b73"
    assert bundle["drawn"] == {"S1": [CODES[0], CODES[1], CODES[2]]}
    assert bundle["reserve"] == {"S1": [CODES[5], CODES[4]]}
    ranks = {at: rank_of(ticket_of(key, CODES[at]), RATES[at]) / 2**552 for at in (1, 2, 5, 4)}
    assert [f"{rank:.6f}" for rank in ranks.values()] == ["0.236808", "3.167099", "3.858603", "4.995354"]


def test_the_vector_of_the_blind_bundle_holds() -> None:
    """INSPECTION 3.4b: root, plan hash, and who was drawn, by code."""
    bundle = vector(is_blind=True)
    names = {leaf: code[-2:] for code in CODES for leaf in [blinded([_unit(code)], SALTS)[0].key]}
    assert vector_plan(is_blind=True).root == "6dadd28eb4ab0abb14256cb5ebe3321e76903456aa7dd39491efebd34feb4fbf"
    assert plan_hash(bundle["plan"]) == "46dd167499df23041cf6fbe709d595d07288b20af52508dc4f359296eb0e3c36"
    assert [names[leaf] for leaf in bundle["drawn"]["S1"]] == ["00", "02", "01"]
    assert [names[leaf] for leaf in bundle["reserve"]["S1"]] == ["03", "06"]


def _unit(code: str) -> DrawUnit:
    return next(unit for unit in UNITS if unit.key == code)


def test_a_blind_bundle_holds_no_code_and_no_salt() -> None:
    """Whoever reads it learns nobody's rate but those of nameless leaves."""
    text = json.dumps(vector(is_blind=True))
    assert not [code for code in CODES if code in text]
    assert not [code for code in CODES if SALTS[code].hex() in text]


@pytest.mark.parametrize("is_blind", [False, True])
@pytest.mark.parametrize("is_open", [False, True])
def test_an_honest_bundle_recomputes(is_blind: bool, is_open: bool) -> None:
    """Full and blind, sealed and open, with certainty units, reserves and several strata."""
    for seed in range(20):
        bundle = made(seed, is_blind=is_blind, is_open=is_open)
        result = recomputed(json.loads(json.dumps(bundle)))
        assert {name: list(keys) for name, keys in result.drawn.items()} == bundle["drawn"]
        assert ("secret" in bundle) is not is_open


@pytest.mark.parametrize(
    ("step", "bundle"),
    [
        pytest.param(step, bundle, id=f"{name} ({'blind' if is_blind else 'full'})")
        for is_blind in (False, True)
        for name, step, bundle in tampered(is_blind=is_blind)
    ],
)
def test_what_was_changed_is_refused_at_its_step(step: str, bundle: dict[str, Any]) -> None:
    """Every trick that changes a bundle shows, and the refusal names the first step that differs."""
    with pytest.raises(DrawRefused) as refusal:
        recomputed(bundle)
    assert refusal.value.step == step
    assert refusal.value.text.zh and refusal.value.text.en


def test_a_share_that_was_refused_is_replaced_by_the_public_source_the_plan_names() -> None:
    """The last witness cannot stop a draw nor choose between two seeds unseen."""
    import tests.unit.engine.drawing.made as ground

    own = made(5)
    assert own["sources"][2].startswith("share:audit-office:")
    replaced = [*ground.VALUES[:2], "lottery:2026-132:0091234"]
    bundle = made(5) | {"sources": replaced}
    with pytest.raises(DrawRefused) as refusal:
        recomputed(bundle)
    assert refusal.value.step == DrawStep.LISTS, "another source is another draw, but it is one the plan allows"
    for foreign in (f"share:audit-office:{'60' * 32}", "lottery:2026-133:1", "lottery:2026-132:", "dice:1"):
        with pytest.raises(DrawRefused) as refusal:
            recomputed(made(5) | {"sources": [*ground.VALUES[:2], foreign]})
        assert refusal.value.step == DrawStep.SEED, foreign


def test_a_plan_over_a_frame_that_does_not_fit_is_never_committed() -> None:
    """Quota, reserve, strata and sources are refused in words before anything is public."""
    promise = Promise("LL-1", SOURCES, SECRET)
    for quotas, words in (
        ({"S1": (4, 2)}, "add up"),
        ({"S1": (3, 8)}, "reserve"),
        ({"S1": (3, 2), "S2": (1, 0)}, "strata"),
    ):
        with pytest.raises(DrawRefused, match=words):
            committed(UNITS, SALTS, quotas, promise, is_blind=False)
    with pytest.raises(DrawRefused, match="two different"):
        committed(UNITS, SALTS, {"S1": (3, 2)}, Promise("LL-1", SOURCES[:1], SECRET), is_blind=False)


def test_the_root_is_the_same_whatever_order_the_units_came_in() -> None:
    """The database's order, or a reload, cannot make another draw."""
    promise = Promise("LL-1", SOURCES, SECRET)
    one = committed(UNITS, SALTS, {"S1": (3, 2)}, promise, is_blind=False)
    assert one == committed(UNITS[::-1], SALTS, {"S1": (3, 2)}, promise, is_blind=False)
    assert one.root == frame_root(UNITS, SALTS)
