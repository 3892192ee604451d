"""Results: points per indicator, as immutable files named by their content."""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings


def results_folder() -> Path:
    """Return where this node keeps the results of runs."""
    folder = Path(settings.PROBITY_HOME) / "results"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def keep(frame: Any) -> str:
    """Write one frame of results and return its name."""
    aside = results_folder() / f"writing.{os.getpid()}.parquet"
    frame.write_parquet(aside, compression="zstd", statistics=False)
    name = f"{hashlib.sha256(aside.read_bytes()).hexdigest()[:32]}.parquet"
    aside.replace(results_folder() / name)
    return name


def keep_layers(names: Sequence[str]) -> str:
    """Write which files make up a run's results, oldest layer first, and return the list's name."""
    text = json.dumps(list(names))
    name = f"{hashlib.sha256(text.encode()).hexdigest()[:32]}.json"
    (results_folder() / name).write_text(text)
    return name


def layers(name: str) -> list[str] | None:
    """Return the paths of the files of a run's results, or None when this node no longer has them all."""
    place = results_folder() / name
    if not name or not place.exists():
        return None
    found = [results_folder() / part for part in json.loads(place.read_text())]
    return [str(part) for part in found] if all(part.exists() for part in found) else None
