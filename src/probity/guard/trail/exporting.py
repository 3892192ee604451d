"""Exporting: signed heads, and entries as lines that prove themselves elsewhere."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.conf import settings

from probity.guard.trail.models import Seal
from probity.guard.trail.reading import chain_end, sealed_chunks
from probity.guard.trail.rules import BEFORE_THE_FIRST, PARTS, canonical, moment_text
from probity.guard.trail.signing import ALGORITHM, is_signed, public_key, sign
from probity.guard.trail.types import ChainHead

HEAD_FORM = "probity-trail-head-1"
EXPORT_FORM = "probity-trail-export-1"


def signed_head(*, at: datetime, number: int = 0, lines: str = "") -> ChainHead:
    """Sign the chain as it stands at a number, the newest for 0; `lines` is the digest of an export's lines.

    Raises:
        LookupError: when nothing is sealed yet, or not to that number.
    """
    last, digest, _ = chain_end()
    if number and number != last:
        last, digest = number, Seal.objects.filter(number=number).values_list("digest", flat=True).first() or ""
    if not digest:
        raise LookupError("nothing is sealed to that number yet")
    key = public_key()
    head = ChainHead(last, digest, moment_text(at), ALGORITHM, key, "", lines)
    return ChainHead(last, digest, head.at, ALGORITHM, key, sign(head_text(head)), lines)


def head_text(head: ChainHead) -> str:
    """Return the text of a head that its signature covers."""
    stated = asdict(head)
    del stated["signature"]
    return canonical({"form": HEAD_FORM, **stated})


def head_line(head: ChainHead) -> str:
    """Return a head as it is kept in a file and stands at the end of an export."""
    return canonical({"form": HEAD_FORM, **asdict(head)})


def is_signed_head(head: ChainHead) -> bool:
    """Whether a head bears the signature of the key it names."""
    return is_signed(head.algorithm, head.key, head_text(head), head.signature)


def export_lines(*, at: datetime, since: int = 1, until: int = 0) -> Iterator[str]:
    """Yield the lines of an export: what it holds, one sealed entry a line, and the signed head at its end.

    Each line is canonical JSON, so that one changed byte is a changed digest; a stranger needs the
    file and `tools/check_trail.py`, nothing else.

    Raises:
        LookupError: when nothing is sealed in that span.
    """
    last = chain_end()[0]
    until = min(until or last, last)
    if not 1 <= since <= until:
        raise LookupError(f"nothing is sealed from {since} to {until}")
    before = Seal.objects.filter(number=since - 1).values_list("digest", flat=True).first() or BEFORE_THE_FIRST
    digest = hashlib.sha256()
    first = canonical({"form": EXPORT_FORM, "previous": before, "since": since, "until": until})
    digest.update(f"{first}\n".encode())
    yield first
    for rows in sealed_chunks(since - 1, until):
        for number, entry, _, _, link, own, text in rows:
            parts = dict(zip(PARTS, text.split("\n")[1:], strict=True)) if text is not None else {}
            line = canonical({"chain": link, "digest": own, "entry": entry, "number": number, **parts})
            digest.update(f"{line}\n".encode())
            yield line
    yield head_line(signed_head(at=at, number=until, lines=digest.hexdigest()))


def heads_folder() -> Path:
    """Return the folder into which heads are exported; an operator may place it on another machine."""
    return Path(settings.PROBITY_HEADS or Path(settings.PROBITY_HOME) / "heads")


def keep_head(head: ChainHead) -> Path:
    """Write a head into the folder of heads, named by its number; one that is there already stays."""
    folder = heads_folder()
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{head.number:012d}.json"
    draft = place.with_suffix(".draft")
    if not place.exists():
        draft.write_text(f"{head_line(head)}\n", encoding="utf-8")
        draft.replace(place)
    return place


def kept_heads() -> tuple[list[ChainHead], list[str]]:
    """Return the heads in the folder that this installation signed, and the names of the files that are none."""
    found, strange = [], []
    for place in sorted(heads_folder().glob("*.json")):
        head = _read_head(place)
        if head and head.key == public_key() and is_signed_head(head):
            found.append(head)
        else:
            strange.append(place.name)
    return found, strange


def _read_head(place: Path) -> ChainHead | None:
    try:
        stated = json.loads(place.read_text(encoding="utf-8"))
        stated.pop("form")
        return ChainHead(**stated)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
