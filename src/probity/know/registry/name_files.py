"""Name files: this node's index of names, built aside and swapped whole."""

import json
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max

from probity.engine.naming.finding import Finder
from probity.engine.naming.index import NameIndex, arrays_of
from probity.engine.naming.parsing import NameParser
from probity.engine.naming.types import IndexedName, NameStanding
from probity.guard.procedures.queries import lawbook
from probity.know.registry.models import EnterpriseName
from probity.terms import shanghai_day

OVERLAY_LIMIT = 20_000
"""So many names may stand beside the index before it is built anew."""

LATE = 10_000
"""Numbers of rows looked at again: a transaction that commits late has lower numbers than the newest."""


@dataclass
class _Held:
    """A finder with the rows it knows; one a process, replaced whole."""

    folder: Path
    build: str
    rule: str  # digest
    finder: Finder
    newest: int
    recent: set[int] = field(default_factory=set)


_held: _Held | None = None
_turn = threading.Lock()


def names_folder() -> Path:
    """Return where this node keeps its index of names."""
    return Path(settings.PROBITY_HOME) / "names"


def finder(at: datetime) -> Finder:
    """Return what answers questions about names, with every name committed until now.

    The first call builds the index where there is none; later ones add what is new to the overlay.
    """
    global _held  # noqa: PLW0603  (one for the process, swapped under the lock)
    with _turn:
        folder, rule = names_folder(), lawbook().naming(shanghai_day(at))
        build = _build_named(folder)
        newest = EnterpriseName.objects.aggregate(newest=Max("pk"))["newest"] or 0
        wanted = (folder, build, rule.file.digest)
        if _held is None or (_held.folder, _held.build, _held.rule) != wanted or newest < _held.newest:
            if build is None or not _is_ours(folder / build, newest):
                build = rebuild(at)
            _held = _opened(folder, build, at)
        if newest != _held.newest:
            _follow(_held, newest)
        if len(_held.finder.overlay) > OVERLAY_LIMIT:
            _held = _opened(folder, rebuild(at), at)
        return _held.finder


def rebuild(at: datetime) -> str:
    """Build the index anew, aside, name it as the one in use, and return its name."""
    import numpy as np

    folder = names_folder()
    folder.mkdir(parents=True, exist_ok=True)
    parser = _parser(at)
    rows = list(_entries(0, parser))
    arrays = arrays_of([entry for _, entry in rows], parser)
    newest = max((number for number, _ in rows), default=0)
    build = f"{newest}-{os.getpid()}-{int(at.timestamp() * 1000)}"
    aside = folder / f"writing.{build}"
    aside.mkdir(exist_ok=True)
    for key, array in arrays.items():
        with (aside / f"{key}.npy").open("wb") as file:
            np.lib.format.write_array(file, array)
    recent = sorted(number for number, _ in rows if number > newest - LATE)
    stated = {"newest": newest, "recent": recent, "register": _register()}
    (aside / "index.json").write_text(json.dumps(stated))
    aside.replace(folder / build)
    pointer = folder / f"current.{os.getpid()}"
    pointer.write_text(build)
    pointer.replace(folder / "current")
    for old in folder.iterdir():  # an open index keeps its mapped files until it is let go
        if old.is_dir() and old.name not in (build, f"writing.{build}"):
            shutil.rmtree(old, ignore_errors=True)
    return build


def _opened(folder: Path, build: str, at: datetime) -> _Held:
    import numpy as np

    place = folder / build
    stated = json.loads((place / "index.json").read_text())
    arrays = {path.stem: np.load(path, mmap_mode="r") for path in place.glob("*.npy")}
    rule = lawbook().naming(shanghai_day(at))
    made = Finder(NameIndex(arrays), _parser(at), rule)
    return _Held(folder, build, rule.file.digest, made, stated["newest"], set(stated["recent"]))


def _follow(held: _Held, newest: int) -> None:
    """Add the names that were committed since, late ones too."""
    found = _entries(held.newest - LATE, held.finder.parser)
    fresh = [(number, entry) for number, entry in found if number not in held.recent]
    held.finder.overlay.add(entry for _, entry in fresh)
    held.newest = newest
    held.recent = {number for number in held.recent if number > newest - LATE} | {number for number, _ in fresh}


def _entries(after: int, parser: NameParser) -> Iterator[tuple[int, IndexedName]]:
    """Yield (row, entry) of names by which an enterprise may be found; sole traders go by code only.

    A spelling that makes another name than the present one counts as a former name: what a source
    once wrote beside a code is no ground to accept silently.
    """
    rows = EnterpriseName.objects.filter(pk__gt=after).exclude(enterprise__code__startswith="92").order_by("pk")
    columns = rows.values_list("pk", "enterprise_id", "name", "is_registered", "enterprise__code", "enterprise__name")
    for number, enterprise, name, is_registered, code, present in columns.iterator(chunk_size=20_000):
        if name == present:
            standing = NameStanding.CURRENT
        elif is_registered or parser.parse(name).key != parser.parse(present).key:
            standing = NameStanding.FORMER
        else:
            standing = NameStanding.STATED
        yield number, IndexedName(enterprise, name, standing, code or "")


def _parser(at: datetime) -> NameParser:
    return NameParser(lawbook().naming(shanghai_day(at)).words, lawbook().region_names())


def _build_named(folder: Path) -> str | None:
    pointer = folder / "current"
    build = pointer.read_text() if pointer.exists() else ""
    return build if build and (folder / build / "index.json").exists() else None


def _is_ours(place: Path, newest: int) -> bool:
    """Whether an index is of this database: its first name is the same, and its newest is not ahead."""
    stated: dict[str, Any] = json.loads((place / "index.json").read_text())
    return bool(stated["register"] == _register() and newest >= stated["newest"])


def _register() -> str:
    first = EnterpriseName.objects.order_by("pk").values_list("pk", "name", "known_at").first()
    return "" if first is None else f"{first[0]} {first[1]} {first[2].isoformat()}"
