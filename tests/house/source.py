"""Source: the modules of this repository, parsed once for the house tests."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "probity"
FOLDERS = ("src", "tools", "tests", "bench", "example_city")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file: its path from the root, its text, its tree."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """The name without suffix; a package goes by the name of its folder."""
        return self.path.parent.name if self.path.name == "__init__.py" else self.path.stem

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.text.splitlines())

    def functions(self) -> Iterator[Function]:
        """Yield every function and method, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def classes(self) -> Iterator[ast.ClassDef]:
        """Yield every class, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef))

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Yield every call with the last name of what is called: `a.b.save()` is `save`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                called = node.func
                yield node, called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")

    def at(self, node: ast.AST) -> str:
        """Name a place for a failure message: `path:line`."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


def read(path: Path, root: Path = ROOT) -> Module:
    """Parse one file."""
    text = path.read_text(encoding="utf-8")
    return Module(path.relative_to(root), text, ast.parse(text, filename=str(path)))


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Return the modules of these folders (all of ours by default), without migrations."""
    paths = (path for folder in folders or FOLDERS for path in (ROOT / folder).rglob("*.py"))
    return tuple(read(path) for path in sorted(paths) if "migrations" not in path.parts)


def is_pure(path: Path) -> bool:
    """Whether a module of src belongs to the heart, which knows no clock, chance or framework."""
    parts = path.parts[2:]  # after src/probity
    return parts[0] in ("terms", "rulebook", "engine") or parts[-1] in ("rules.py", "types.py") or "rules" in parts


def words(name: str) -> list[str]:
    """Split a name of code into its words, lower case: `RuleFile`, `rule_file` → rule, file."""
    found: list[str] = []
    for part in name.strip("_").split("_"):
        word = ""
        for before, letter in zip(" " + part, part, strict=False):
            if letter.isupper() and not before.isupper() and word:
                found.append(word.lower())
                word = ""
            word += letter
        found.append(word.lower())
    return found
