"""Manual: the reference pages made from the code and the rulebook."""

import argparse
import ast
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from probity.terms import LegalReference

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
sys.path.insert(0, str(ROOT / "src"))

MADE = "<!-- Made by `make docs` from {source}; do not edit. -->\n\n"
OURS = ("PROBITY_", "DATABASE_URL")
"""How the names of our settings begin; what else is read belongs to the system (LANG …)."""


class Setting(NamedTuple):
    """One setting an operator may make: where it is read and what the code says of it."""

    name: str
    default: str
    meaning: str
    place: str


def settings(src: Path = ROOT / "src") -> list[Setting]:
    """Return every setting of ours that the source reads from the environment, by name."""
    found: dict[str, Setting] = {}
    for path in sorted(src.rglob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()
        tree = ast.parse("\n".join(lines))
        for node in ast.walk(tree):
            name = _name_read(node)
            if name and name not in found:
                meaning = _comment_above(lines, node.lineno) or _docstring_around(tree, node.lineno)
                found[name] = Setting(name, _default(node), meaning, str(path.relative_to(src)))
    return sorted(found.values())


def _name_read(node: ast.AST) -> str:
    """Return the setting a node reads: `env.str("X")`, `os.environ.get("X")`, `os.environ["X"]`."""
    match node:
        case ast.Call(func=ast.Attribute(value=reader), args=[ast.Constant(value=str(name)), *_]):
            known = ast.unparse(reader) in ("env", "os.environ", "os", "environ")
        case ast.Subscript(value=reader, slice=ast.Constant(value=str(name))):
            known = ast.unparse(reader) in ("os.environ", "environ")
        case _:
            return ""
    return name if known and name.startswith(OURS) else ""


def _default(node: ast.AST) -> str:
    for keyword in getattr(node, "keywords", ()):
        if keyword.arg == "default":
            value = ast.literal_eval(keyword.value)
            return ", ".join(value) if isinstance(value, list) else str(value)
    return ""


def _comment_above(lines: list[str], line: int) -> str:
    """Return the comment that ends right above a line (from 1) as one text."""
    said: list[str] = []
    for text in reversed(lines[: line - 1]):
        if not text.strip().startswith("#"):
            break
        said.insert(0, text.strip().lstrip("# "))
    return " ".join(said)


def _docstring_around(tree: ast.Module, line: int) -> str:
    """Return the first line of what the function around a line says of itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or line):
            return (ast.get_docstring(node) or "").partition("\n")[0]
    return ""


def settings_page() -> str:
    """Return docs/reference/settings.md."""
    head = (
        "# Settings\n\nEvery setting is an environment variable, read once when the program starts. "
        "None is needed to try Probity out.\n\n| setting | default | meaning |\n|---|---|---|\n"
    )
    rows = (
        f"| `{each.name}` | {f'`{each.default}`' if each.default else '–'} | {each.meaning} |\n" for each in settings()
    )
    doors = (
        "\n## Settings of the doors\n\nRead by `make`, not by the program.\n\n"
        "| setting | default | meaning |\n|---|---|---|\n"
        "| `PYTHON` | the first of 3.11 to 3.14 | The Python to build the environment with. |\n"
        "| `PROBITY_VENV` | `.venv` | Where the environment lies. |\n"
        "| `JOBS` | `2` | How many processes run the tests. |\n"
        "| `UV_DEFAULT_INDEX` | uv's own | A mirror of the package index, for networks that reach no other. |\n"
    )
    return MADE.format(source="the comments above each setting") + head + "".join(rows) + doors


def commands_page() -> str:
    """Return docs/reference/commands.md, from the parsers themselves."""
    os.environ["COLUMNS"] = "100"
    from probity.wiring.commands import COMMANDS, parser_of

    head = (
        "# Commands\n\nEach command says what it did and what it did not do, "
        "and leaves with 0 only when all of it was done. "
        "`--json` prints the same as JSON, for programs. The language follows `PROBITY_LANGUAGE`, else the terminal.\n"
    )
    parser = parser_of(list(COMMANDS))
    return MADE.format(source="the commands' own `--help`") + head + "".join(_sections(parser, 2))


def _sections(parser: argparse.ArgumentParser, level: int) -> Iterator[str]:
    for room in _rooms(parser).values():
        yield f"\n{'#' * level} {room.prog}\n\n{room.description or ''}\n"
        deeper = _rooms(room)
        if not deeper:
            usage = room.format_usage().removeprefix("usage: ").strip()
            yield f"\n```text\n{usage}\n```\n"
        rows = [
            f"| `{', '.join(each.option_strings) or each.metavar or each.dest}` "
            f"| {(each.help or '').replace('|', '/')} |\n"
            for each in room._actions
            if not isinstance(each, argparse._SubParsersAction | argparse._HelpAction)
        ]
        if rows:
            yield "\n| argument | meaning |\n|---|---|\n" + "".join(rows)
        yield from _sections(room, level + 1)


def _rooms(parser: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    for each in parser._actions:
        if isinstance(each, argparse._SubParsersAction):
            return each.choices
    return {}


def _cited(reference: "LegalReference") -> str:
    """Show a source in law as a cell of a table does."""
    return f"{reference.instrument}, {reference.article}"


def record_types_page(on: date = date(2026, 7, 1)) -> str:
    """Return docs/reference/record-types.md: the catalogue as it stands on a day."""
    from probity.rulebook import Rulebook, shipped

    rulebook = Rulebook.read([shipped()])
    parts = [
        MADE.format(source="rulebook/record_types"),
        f"# Record types · 信用信息目录\n\nWhat may be recorded, as it stands on {on}. "
        "A value no type names is refused at the door; every type and every field names its source in law. "
        "The catalogue itself lies in `rulebook/record_types`.\n",
    ]
    for key, each in sorted(rulebook.record_types(on).items()):
        shown = "never shown" if each.publicity is None else f"public under {_cited(each.publicity.reference)}"
        parts.append(
            f"\n## {key}\n\n**{each.title.zh}** · {each.title.en}. {each.stage.value}, {each.bearing.value}; "
            f"kept {each.retention_months} months; {shown}. Source: {_cited(each.reference)}.\n\n"
            "| field | 中文 | English | form | required | source |\n|---|---|---|---|---|---|\n"
        )
        parts += [
            f"| `{field}` | {item.title.zh} | {item.title.en} | {item.form.value} | {'yes' if item.required else ''} "
            f"| {_cited(item.reference)} |\n"
            for field, item in each.fields.items()
        ]
    return "".join(parts)


PAGES = {"settings.md": settings_page, "commands.md": commands_page, "record-types.md": record_types_page}
"""Page of docs/reference → what makes it."""

if __name__ == "__main__":
    for name, make in PAGES.items():
        (REFERENCE / name).write_text(make(), encoding="utf-8")
        print(f"docs/reference/{name}")
