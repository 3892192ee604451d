"""Layers: the shipped rules are found, from the checkout or from the wheel."""

from probity.rulebook import shipped


def test_the_shipped_layer_holds_rules_and_their_texts() -> None:
    texts = shipped()
    rules = [path for path in texts if path.startswith("record_types/") and not path.endswith(".text.yaml")]
    assert rules and all(path.replace(".yaml", ".text.yaml") in texts for path in rules)
    assert all("\\" not in path and not path.startswith("/") for path in texts)
