"""Checks an export of the trail, without the platform that made it.

    python check_trail.py EXPORT.jsonl [--key PUBLIC_KEY] [--head HEAD.json]

Needs Python and, for the signature, the package `cryptography`. Ends with status 0 and one sentence
when every line is as it was sealed and signed, with status 1 and the name of the row when not.
Give the public key you were told by another way: without it, the file only proves itself.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

EXPORT_FORM, HEAD_FORM, ENTRY_FORM = "probity-trail-export-1", "probity-trail-head-1", "probity-entry-2"
PARTS = "at act by authority about decision software rulebook detail before after".split()  # noqa: SIM905
LINE = {"chain", "digest", "entry", "number", *PARTS}
HEAD = {"algorithm", "at", "digest", "form", "key", "lines", "number", "signature"}


class Wrong(Exception):
    """What is wrong, and where."""


def canonical(value: object) -> str:
    """Return the one form in which a value is written: sorted keys, no blanks, characters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def lines_of(opened: Iterable[bytes]) -> Iterator[tuple[str, bytes, bool]]:
    """Yield (name, line with its break, whether it is the last) for every line of the file."""
    place, before = 0, b""
    for line in opened:
        if place:
            yield f"line {place}", before, False
        place, before = place + 1, line
    if not before.endswith(b"\n"):
        raise Wrong("the end of the file: the last line break is missing")
    yield f"line {place}", before, True


def read_line(name: str, line: bytes, keys: set[str]) -> dict:
    """Return one line's content.

    Raises:
        Wrong: when it is not the canonical JSON of exactly those keys.
    """
    try:
        text = line.decode().removesuffix("\n")
        stated = json.loads(text)
    except ValueError as error:
        raise Wrong(f"{name}: cannot be read ({error})") from None
    if not isinstance(stated, dict):
        raise Wrong(f"{name}: holds no names")
    number = stated.get("number")
    name += f", number {number} of the chain" if isinstance(number, int) else ""
    if set(stated) != keys:
        raise Wrong(f"{name}: names are missing or strange: {', '.join(sorted(set(stated) ^ keys))}")
    if canonical(stated) != text:
        raise Wrong(f"{name}: is not written as it was exported")
    return stated


def check_entry(name: str, stated: dict, number: int, previous: str) -> str:
    """Return the chain's digest after one line.

    Raises:
        Wrong: when the line is not the one that was sealed there.
    """
    name = f"{name}, number {stated['number']} of the chain (entry {stated['entry']})"
    if stated["number"] != number:
        raise Wrong(f"{name}: number {number} was expected; rows are missing, inserted or exchanged")
    texts = [stated[part] for part in PARTS]
    if not all(isinstance(text, str) and "\n" not in text for text in texts):
        raise Wrong(f"{name}: a column is no text of one line")
    own = digest_of("\n".join([ENTRY_FORM, *texts]))
    link = digest_of(f"{previous}\n{number}\n{stated['entry']}\n{own}")
    if link != stated["chain"]:
        raise Wrong(f"{name}: is not the row that was sealed here, or does not follow from the row before it")
    if own != stated["digest"] and early_digest(stated) != stated["digest"]:
        raise Wrong(f"{name}: does not have its own digest")
    return link


def early_digest(stated: dict) -> str:
    """Return the digest of an entry of before the software stamped its version, empty for any other."""
    if any(stated[part] for part in ("decision", "software", "rulebook")) or stated["before"] != "{}":
        return ""
    try:
        detail = json.loads(stated["detail"])
    except ValueError:
        return ""
    return digest_of(canonical([*(stated[part] for part in PARTS[:5]), detail]))


def check_signature(head: dict) -> None:
    """Refuse a head that its key did not sign.

    Raises:
        Wrong: when the signature does not fit or its algorithm is unknown here.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if head["algorithm"] != "ed25519":
        raise Wrong(f"the signed head: this checker does not know the algorithm {head['algorithm']!r}")
    message = canonical({name: value for name, value in head.items() if name != "signature"})
    try:
        key, signature = bytes.fromhex(head["key"]), bytes.fromhex(head["signature"])
        if (key.hex(), signature.hex()) != (head["key"], head["signature"]):
            raise ValueError("digits are written otherwise")
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message.encode())
    except (ValueError, TypeError, InvalidSignature):
        raise Wrong("the signed head (last line): its signature does not fit") from None


def verdict(opened: Iterable[bytes], *, key: str = "", head: bytes = b"") -> str:
    """Check a whole export, line by line; return the sentence that all is well.

    Args:
        opened: the lines of the file, each with its break.
        key: the public key that must have signed, as 64 digits; empty takes the file's own.
        head: a head kept from before, which must agree where it lies within the span.

    Raises:
        Wrong: naming the first row that is not as it was sealed.
    """
    kept = check_kept(head) if head else {}
    lines, above = lines_of(opened), hashlib.sha256()
    began = check_first(*next(lines)[:2], above)
    previous, number = began["previous"], began["since"]
    signed: dict = {}
    for name, line, is_last in lines:
        if is_last:
            signed = read_line(name, line, HEAD)
            break
        previous = check_entry(name, read_line(name, line, LINE), number, previous)
        if kept.get("number") == number and kept["digest"] != previous:
            raise Wrong(f"{name}, number {number} of the chain: differs from the head that was kept")
        above.update(line)
        number += 1
    if not signed:
        raise Wrong("the file: an export has a first line, entries, and a signed head")
    check_last(signed, began, number, previous)
    if above.hexdigest() != signed["lines"]:
        raise Wrong("line 1, or another line: the digest of all lines is not the one that was signed")
    check_signature(signed)
    if key and key != signed["key"]:
        raise Wrong(f"the signed head (last line): signed by {signed['key']}, not by the key you gave")
    if kept and kept["key"] != signed["key"]:
        raise Wrong("the head that was kept: signed by another key")
    whose = "the key you gave" if key else f"the key {signed['key']} (compare it with the one you were told)"
    return f"In order: rows {began['since']} to {began['until']}, as sealed and as signed {signed['at']} by {whose}."


def check_first(name: str, line: bytes, above: "hashlib._Hash") -> dict:
    """Return what the first line says the export holds.

    Raises:
        Wrong: when it is no first line of an export.
    """
    began = read_line(name, line, {"form", "previous", "since", "until"})
    kinds = (began["form"] == EXPORT_FORM, *(isinstance(began[key], int) for key in ("since", "until")))
    if not all(kinds) or not isinstance(began["previous"], str):
        raise Wrong(f"{name}: {EXPORT_FORM} was expected")
    above.update(line)
    return began


def check_last(signed: dict, began: dict, number: int, previous: str) -> None:
    """Refuse a head that does not stand at the last row of the file.

    Raises:
        Wrong: when rows were cut off or added.
    """
    if signed["form"] != HEAD_FORM or (signed["number"], signed["digest"]) != (began["until"], previous):
        raise Wrong("the signed head (last line): does not stand at the last row; rows were cut off or added")
    if number != began["until"] + 1:
        raise Wrong(f"number {number} of the chain: rows up to {began['until']} are missing")


def check_kept(head: bytes) -> dict:
    """Return a head kept from before.

    Raises:
        Wrong: when it is none, or not signed by the key it names.
    """
    stated = read_line("the head that was kept", head, HEAD)
    check_signature(stated)
    return stated


def main() -> int:
    """Read the arguments, check, say the result in one sentence."""
    parser = argparse.ArgumentParser(description="Checks an export of Probity's trail, without Probity.")
    parser.add_argument("export", type=Path, help="the export, a file of JSON lines")
    parser.add_argument("--key", default="", help="the public key you were told: 64 digits, or a file that holds them")
    parser.add_argument("--head", type=Path, help="a signed head kept from before")
    asked = parser.parse_args()
    key = Path(asked.key).read_text(encoding="utf-8").strip() if asked.key and Path(asked.key).is_file() else asked.key
    try:
        head = asked.head.read_bytes() if asked.head else b""
        with asked.export.open("rb") as opened:
            print(verdict(opened, key=key.strip().lower(), head=head))
    except Wrong as wrong:
        print(f"NOT IN ORDER: {wrong}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"cannot be opened: {error}", file=sys.stderr)
        return 2
    except ImportError:
        print("the signature cannot be checked: install `cryptography`", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
