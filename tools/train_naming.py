"""Trains the weights of the naming rule on made-up names, and prints them.

Run as `python -m tools.train_naming`. The signs are fixed beforehand: what agrees may only raise
the score, what contradicts may only lower it. The same code gives the same weights.
"""

import random
import sys
from datetime import date
from typing import Any

import numpy as np

from probity.engine.naming.finding import Finder
from probity.engine.naming.index import NameIndex, arrays_of
from probity.engine.naming.types import IndexedName
from probity.rulebook import Rulebook, shipped
from probity.rulebook.naming import Feature
from tools.made_names import Maker, fold_key

NAMES, QUESTIONS, STRANGERS = 60_000, 1_900, 1_200
_RAISES = {Feature.GRAMS, Feature.EDITS}
_STEPS, _PENALTY = 3_000, 3e-3

Rows = Any


def examples(maker: Maker) -> tuple[Rows, Rows, Rows]:
    """Return the shares of candidate pairs, whether each is the right one, and how much each counts."""
    names = maker.names(NAMES, seed=11)
    finder = Finder(
        NameIndex(arrays_of([IndexedName(n, each) for n, each in enumerate(names)], maker.parser)),
        maker.parser,
        maker.rule,
    )
    asked = [(wrong, right) for wrong, right, _ in maker.questions(names, QUESTIONS, seed=12)]
    asked += [(stranger, "") for stranger in maker.strangers(STRANGERS, seed=13)]
    random.Random(14).shuffle(asked)
    shares, right, counts = [], [], []
    for wrong, name in asked:
        key = fold_key(maker.parser, name) if name else None
        found = finder.compared(wrong)
        for candidate in found:
            shares.append([candidate.likeness.shares[each] / 1000 for each in Feature])
            is_right = key is not None and fold_key(maker.parser, candidate.entry.name) == key
            right.append(float(is_right))
            counts.append(1.0 if is_right else 4.0 / len(found))
    return np.array(shares), np.array(right), np.array(counts)


def weights(shares: Rows, right: Rows, counts: Rows) -> tuple[float, list[float]]:
    """Return constant and weights of the logistic score, by projected gradient descent with momentum."""
    signs = np.array([1.0 if each in _RAISES else -1.0 for each in Feature])
    scale = shares.std(axis=0) + 1e-9
    rows = np.column_stack([np.ones(len(shares)), shares / scale])
    found, speed = np.zeros(rows.shape[1]), np.zeros(rows.shape[1])
    counts = counts / counts.sum()
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ found, -50, 50)))
        speed = 0.9 * speed - 2.0 * (rows.T @ (counts * (chance - right)) + _PENALTY * found)
        found = found + speed
        found[1:] = np.where(found[1:] * signs < 0, 0, found[1:])
    return float(found[0]), [float(each) for each in found[1:] / scale]


def main() -> None:
    """Print the weights as lines of the rule file."""
    rulebook = Rulebook.read([shipped()])
    rule = rulebook.naming(date(2026, 1, 1))
    shares, right, counts = examples(Maker.of(rulebook, rule))
    print(f"{len(right)} pairs, {int(right.sum())} right", file=sys.stderr)
    constant, found = weights(shares, right, counts)
    print(f"  constant: {constant:.2f}\n  weights:")
    for feature, weight in zip(Feature, found, strict=True):
        print(f"    {feature.value}: {weight:.2f}")


if __name__ == "__main__":
    main()
