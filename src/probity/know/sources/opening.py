"""Opening: a delivered file read through a confined process, chunk by chunk."""

import contextlib
import json
import os
import selectors
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any

from probity.know.sources.faults import refusal
from probity.know.sources.rules import required_headers
from probity.know.sources.types import FileRefused, Fit, Head, Limits, RowChunk, Tally
from probity.terms import Text

_MOST_MESSAGE_BYTES = 256 << 20
_SCRIPT = Path(__file__).with_name("parsing.py")
_BLOCK = 1 << 20


def open_delivery(path: Path, *, limits: Limits | None = None) -> "DeliveredFile":
    """Open a delivered file, whatever it is called, and read the head of each of its sheets.

    Use it as a context manager: leaving ends the parsing process.

    Raises:
        FileRefused: when it is too large, empty, locked, cut off, or no known format.
    """
    return DeliveredFile(path, limits or Limits())


class DeliveredFile:
    """A delivered file under reading: its digest, its heads, then its rows.

    Attributes:
        sha256: digest of the whole file, hexadecimal.
        size: bytes of the file.
        format: csv, xls, xlsx or parquet, by content.
        encoding: of text files, such as gb18030.
        heads: the first rows of each sheet that holds anything.
        tally: what became of the rows, once `chunks` is exhausted; None before.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        """Start the parsing process and read the heads."""
        self.size = path.stat().st_size
        if self.size > limits.file_bytes:
            raise refusal("TOO_LARGE", {"size": self.size, "most": limits.file_bytes})
        if self.size == 0:
            raise refusal("EMPTY", {})
        self.sha256 = _digest(path)
        self.limits = limits
        self.tally: Tally | None = None
        self._child = _ParsingProcess(limits)
        try:
            self._child.tell({"path": str(path.resolve()), "limits": asdict(limits)})
            answer = self._child.hear()
        except BaseException:
            self._child.end()
            raise
        self.format: str = answer["format"]
        self.encoding: str = answer["encoding"]
        self.heads = tuple(
            Head(name, tuple(map(tuple, head))) for name, head in zip(answer["names"], answer["heads"], strict=True)
        )

    def __enter__(self) -> "DeliveredFile":
        """Give the file itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the parsing process."""
        self._child.end()

    def chunks(self, fit: Fit, closing_words: tuple[str, ...] = ()) -> Iterator[RowChunk]:
        """Yield the received rows in chunks of at most 5,000, and set `tally` at the end.

        `closing_words` begin lines that are no rows (合计, 制表人), besides those of the profile.

        Raises:
            FileRefused: when a limit is passed or the parsing process dies.
        """
        names = list(fit.positions)
        required = [fit.positions[name] for name in required_headers(fit.profile)]
        self._child.tell(
            {"table": fit.sheet, "header": fit.header, "send": [fit.positions[name] for name in names]}
            | {"count": [*fit.unnamed, *fit.persons], "required": required}
            | {"closing": [*fit.profile.closing_words, *closing_words]}
        )
        while "end" not in (message := self._child.hear()):
            yield RowChunk(
                numbers=tuple(message["rows"]),
                columns=dict(zip(names, message["columns"], strict=True)),
                digests=bytes.fromhex(message["digests"]),
                ragged=frozenset(message["ragged"]),
            )
        self.tally = _tally(message, fit)


def _tally(message: Mapping[str, Any], fit: Fit) -> Tally:
    counts = {int(place): count for place, count in message["counts"].items()}
    unnamed = {header: counts[place] for place, header in fit.unnamed.items()}
    persons = {header: counts[place] for place, header in fit.persons.items()}
    warnings = [
        Text(
            f"规范未列明的列「{header}」未读取、未保存，其中 {count} 行有内容",
            f"column “{header}” is not named in the profile: not kept; {count} rows held something",
        )
        for header, count in unnamed.items()
    ]
    warnings += [
        Text(
            f"个人信息列「{header}」未读取即舍弃，涉及 {count} 行",
            f"person column “{header}” was dropped unread; {count} rows held something",
        )
        for header, count in persons.items()
        if count
    ]
    if message["truncated"]:
        warnings.append(
            Text("最后一行不完整，文件可能在传输中被截断", "the last row stops short: the file may have been cut off")
        )
    end = message["end"]
    return Tally(
        end["received"], end["blank"], end["closing"], bool(message["truncated"]), unnamed, persons, tuple(warnings)
    )


def _digest(path: Path) -> str:
    total = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            total.update(block)
    return total.hexdigest()


class _ParsingProcess:
    """The confined process, and the conversation with it."""

    def __init__(self, limits: Limits) -> None:
        self.silence = limits.silence_seconds
        environment = {"PYTHONUTF8": "1", "POLARS_MAX_THREADS": "1", "LC_ALL": "C.UTF-8"}
        self.process = subprocess.Popen(  # noqa: S603 - our own script, no shell, no argument from outside
            [sys.executable, "-I", str(_SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            cwd="/",
            close_fds=True,
        )
        self.waiting = bytearray()

    def tell(self, message: Mapping[str, object]) -> None:
        """Send one message; a process that is gone shows when it is heard."""
        body = json.dumps(message).encode()
        pipe = self.process.stdin
        assert pipe is not None  # noqa: S101 - opened above
        with contextlib.suppress(BrokenPipeError):
            pipe.write(struct.pack(">I", len(body)) + body)
            pipe.flush()

    def hear(self) -> dict[str, Any]:
        """Return the next message.

        Raises:
            FileRefused: what the process refused, or that it fell silent, crashed or ran out.
        """
        length = struct.unpack(">I", self._take(4))[0]
        if length > _MOST_MESSAGE_BYTES:
            raise refusal("CRASHED", {})
        message: dict[str, Any] = json.loads(self._take(length).decode("utf-8", "surrogatepass"))
        if "fault" in message:
            raise refusal(message["fault"], message["values"])
        return message

    def _take(self, count: int) -> bytes:
        pipe = self.process.stdout
        assert pipe is not None  # noqa: S101 - opened above
        deadline = time.monotonic() + self.silence
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while len(self.waiting) < count:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    self.process.kill()
                    raise refusal("SILENT", {"seconds": self.silence})
                block = os.read(pipe.fileno(), _BLOCK)
                if not block:
                    raise self._obituary()
                self.waiting += block
        taken = bytes(self.waiting[:count])
        del self.waiting[:count]
        return taken

    def _obituary(self) -> FileRefused:
        pipe = self.process.stderr
        said = pipe.read(20_000).decode("utf-8", "replace") if pipe else ""
        status = self.process.wait(timeout=10)
        if "memory" in said.lower() or "MemoryError" in said or "capacity overflow" in said:
            return refusal("MEMORY", {})
        if status in (-24, -9):  # SIGXCPU, SIGKILL: the limit of processor time
            return refusal("TIME", {})
        return refusal("CRASHED", {"status": status})

    def end(self) -> None:
        """Kill the process if it still runs, and close the pipes."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe:
                with contextlib.suppress(BrokenPipeError, OSError):
                    pipe.close()
        self.process.wait()
