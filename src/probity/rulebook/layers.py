"""Layers: the rulebook's texts as shipped, from the checkout or from the wheel."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

FROZEN = "frozen.txt"
"""The list of digests that may no longer change, beside the rules."""


def shipped() -> dict[str, str]:
    """Return the shipped layer as `{path: text}`, paths with `/` from the rulebook's root.

    A wheel carries the rules inside the package; a checkout has them in `rulebook/` at its
    root. This is the only place where the rulebook reads files.

    Raises:
        FileNotFoundError: when neither is there.
    """
    inside = files("probity").joinpath("rulebook", "shipped")
    if inside.is_dir():
        return _texts(inside, "")
    checkout = Path(__file__).parents[3] / "rulebook"
    if not checkout.is_dir():
        raise FileNotFoundError("the rulebook is neither in the package nor in the checkout")
    return _texts(checkout, "")


def _texts(folder: Traversable, prefix: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        path = f"{prefix}{entry.name}"
        if entry.is_dir():
            found.update(_texts(entry, f"{path}/"))
        elif entry.name.endswith(".yaml") or path == FROZEN:
            found[path] = entry.read_text(encoding="utf-8")
    return found
