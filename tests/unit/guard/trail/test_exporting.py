"""Exporting: what leaves the platform proves itself, with one file of ours and nothing else."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probity.guard.trail.actions import export_head, seal
from probity.guard.trail.models import Seal
from probity.guard.trail.queries import export_lines, public_key, signed_head
from tests.unit.guard.trail.chained import AT, act, chain, tamper
from tools.check_trail import Wrong, verdict

ROOT = Path(__file__).resolve().parents[4]


def exported(**span: int) -> bytes:
    return "".join(f"{line}\n" for line in export_lines(at=AT, **span)).encode()


def checked(content: bytes, **known: object) -> str:
    return verdict(content.splitlines(keepends=True), **known)  # type: ignore[arg-type]


@pytest.fixture
def content(database: str) -> bytes:
    """An export of five acts."""
    chain(5)
    return exported()


def test_an_export_as_it_was_made_is_in_order(content: bytes) -> None:
    """And says which rows, signed by whom."""
    assert checked(content).startswith("In order: rows 1 to 5")
    assert "the key you gave" in checked(content, key=public_key())


def test_a_span_is_checked_by_itself(content: bytes) -> None:
    """An auditor need not take a year to check a day."""
    assert checked(exported(since=2, until=4), key=public_key()).startswith("In order: rows 2 to 4")
    assert checked(exported(since=5), key=public_key()).startswith("In order: rows 5 to 5")


@pytest.mark.parametrize(("since", "until"), [(6, 0), (0, 2), (4, 3)])
def test_an_empty_span_is_refused(content: bytes, since: int, until: int) -> None:
    """Nothing is not exported as something."""
    with pytest.raises(LookupError):
        exported(since=since, until=until)


def test_nothing_sealed_is_nothing_to_export(database: str) -> None:
    """A head stands at a seal."""
    act(1)
    with pytest.raises(LookupError):
        exported()
    with pytest.raises(LookupError):
        signed_head(at=AT)


def test_every_flipped_byte_is_found(content: bytes) -> None:
    """Each byte of the whole file, one bit at a time; the row that bears it is named, or the line."""
    lines, key = _lines(content), public_key()
    for place in range(len(content)):
        changed = bytearray(content)
        changed[place] ^= 1 << place % 8
        with pytest.raises(Wrong) as found:
            verdict(_lines(bytes(changed)), key=key)
        row = content[:place].count(b"\n") + 1
        if 1 < row < len(lines):
            assert f"line {row}," in str(found.value) or f"line {row}:" in str(found.value), (place, str(found.value))


def _lines(content: bytes) -> list[bytes]:
    """Split as a file opened for bytes does."""
    parts = content.split(b"\n")
    return [part + b"\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def removed(lines: list[bytes]) -> list[bytes]:
    return lines[:3] + lines[4:]


def doubled(lines: list[bytes]) -> list[bytes]:
    return [*lines[:4], lines[3], *lines[4:]]


def exchanged(lines: list[bytes]) -> list[bytes]:
    return [*lines[:3], lines[4], lines[3], *lines[5:]]


def shortened(lines: list[bytes]) -> list[bytes]:
    return lines[:-2] + lines[-1:]


def beheaded(lines: list[bytes]) -> list[bytes]:
    return lines[:-1]


def without_first(lines: list[bytes]) -> list[bytes]:
    return lines[1:]


def lengthened(lines: list[bytes]) -> list[bytes]:
    return [*lines, lines[-1]]


@pytest.mark.parametrize(
    "change",
    [removed, doubled, exchanged, shortened, beheaded, without_first, lengthened],
    ids=lambda one: one.__name__,
)
def test_rows_removed_inserted_or_exchanged_are_found(
    content: bytes, change: Callable[[list[bytes]], list[bytes]]
) -> None:
    """In the middle and at either end."""
    with pytest.raises(Wrong):
        verdict(change(_lines(content)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 6), max_size=9))
def test_only_the_lines_in_their_order_pass(content: bytes, order: list[int]) -> None:
    """Whatever is put together of true lines, only the true file is in order."""
    lines = _lines(content)
    if order == list(range(7)):
        return
    with pytest.raises(Wrong):
        verdict([lines[place] for place in order])


def test_a_file_signed_by_another_key_is_refused(content: bytes, home: Path) -> None:
    """Whoever forges a file can sign it too: the key has to be known by another way."""
    told = public_key()
    (home / "keys" / "trail.ed25519").unlink()
    forged = exported()
    assert checked(forged).startswith("In order")
    with pytest.raises(Wrong, match="not by the key you gave"):
        checked(forged, key=told)


def test_a_head_kept_from_before_must_agree(content: bytes) -> None:
    """Also a history that was written anew from the start and signed by the true key is found out."""
    head = Path(export_head(at=AT)).read_bytes()
    assert checked(content, head=head).startswith("In order")
    tamper("DELETE FROM trail_seal", "DELETE FROM trail_trailentry WHERE about = 'thing:2'")
    act(7)
    seal(at=AT)
    assert Seal.objects.count() == 5
    again = exported()
    assert checked(again, key=public_key()).startswith("In order")
    with pytest.raises(Wrong, match="number 5 of the chain: differs from the head"):
        checked(again, head=head)


def test_an_entry_of_an_early_form_is_checked_by_its_own_rule(database: str) -> None:
    """The trail begins before the chain did."""
    from probity.guard.trail.rules import canonical, text_digest

    digest = text_digest(canonical(["2026-06-30T01:02:03.000004+00:00", "a.b", "system:x", "", "thing:1", {"n": 1}]))
    tamper(
        'INSERT INTO trail_trailentry (id, at, act, "by", authority, about, detail, before, after, decision, software, '
        "rulebook, digest) VALUES (1, '2026-06-30 01:02:03.000004+00:00', 'a.b', 'system:x', '', 'thing:1', "
        f"'{{\"n\": 1}}', '{{}}', '{{}}', '', '', '', '{digest}')".replace(".000004+00:00", ".000004")
    )
    seal(at=AT)
    from probity.guard.trail.queries import verify_trail

    assert verify_trail(at=AT).is_in_order
    assert checked(exported()).startswith("In order: rows 1 to 1")


def test_the_checker_stands_alone(content: bytes, tmp_path: Path) -> None:
    """Copied elsewhere, without the platform, it says yes with status 0 and names the row with status 1."""
    alone = tmp_path / "check_trail.py"
    alone.write_text((ROOT / "tools" / "check_trail.py").read_text(encoding="utf-8"), encoding="utf-8")
    file = tmp_path / "trail.jsonl"
    file.write_bytes(content)
    clean = {"PATH": os.environ["PATH"]}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(alone), str(file), *arguments]
        return subprocess.run(command, cwd=tmp_path, env=clean, capture_output=True, text=True)

    told = run("--key", public_key())
    assert (told.returncode, told.stderr) == (0, "") and told.stdout.count("\n") == 1
    file.write_bytes(content.replace(b"thing:2", b"thing:3"))
    told = run()
    assert (told.returncode, told.stdout) == (1, "")
    assert "number 3 of the chain (entry" in told.stderr
