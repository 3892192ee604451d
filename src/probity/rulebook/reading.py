"""Reading: a rule file as nodes that know their line and refuse strangers."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import NoReturn, TypeVar

import yaml

from probity.terms import LegalReference, Text

Kind = TypeVar("Kind")

# The C parser keeps positions and is ten times as fast; without it the slow one does the same.
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 30


class RuleFault(ValueError):
    """What is wrong with a rule, in which file, on which line, in both languages."""

    def __init__(self, file: str, line: int, reason: Text) -> None:
        """Name the place (`line` counts from 1) and the reason."""
        super().__init__(f"{file}:{line}: {reason.en}")
        self.file, self.line, self.reason = file, line, reason


class RulebookFaults(ValueError):
    """All faults of a rulebook together, so that one reading shows every mistake."""

    def __init__(self, faults: list[RuleFault]) -> None:
        """Keep the faults in the order of files and lines."""
        self.faults = sorted(faults, key=lambda fault: (fault.file, fault.line))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class FaultList:
    """Faults found so far; reading goes on after each, so that all are shown together."""

    def __init__(self) -> None:
        """Begin without faults."""
        self.found: list[RuleFault] = []

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Keep the faults raised inside, and go on after the block."""
        try:
            yield
        except RuleFault as fault:
            self.found.append(fault)
        except RulebookFaults as several:
            self.found.extend(several.faults)

    def settle(self) -> None:
        """Refuse if anything was found.

        Raises:
            RulebookFaults: all faults, in the order of files and lines.
        """
        if self.found:
            raise RulebookFaults(self.found)


@dataclass
class Node:
    """A place in a rule file. Keys are taken; `close` refuses the ones nobody took."""

    file: str
    path: str
    raw: yaml.Node
    taken: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, file: str, text: str) -> "Node":
        """Parse one file.

        Raises:
            RuleFault: when it is not YAML, holds a key twice, an alias, or is nested too deep.
        """
        try:
            raw = yaml.compose(text, Loader=_LOADER)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "unreadable characters"
            reason = Text(f"不是有效的 YAML：{problem}", f"not YAML: {problem}")
            raise RuleFault(file, mark.line + 1 if mark else 1, reason) from None
        if raw is None:
            raise RuleFault(file, 1, Text("文件为空", "the file is empty"))
        node = cls(file, "", raw)
        node._refuse_oddities(raw, set(), 0)
        return node

    def _refuse_oddities(self, raw: yaml.Node, met: set[int], depth: int) -> None:
        """Refuse what would make two readers of one file differ: twins, aliases, endless nesting."""
        line = raw.start_mark.line + 1
        if id(raw) in met:
            raise RuleFault(self.file, line, Text("不得使用 YAML 别名", "YAML aliases are not used here"))
        if depth > _DEEPEST:
            raise RuleFault(self.file, line, Text("嵌套过深", "nested too deep"))
        met.add(id(raw))
        if isinstance(raw, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in raw.value:
                if not isinstance(key, yaml.ScalarNode):
                    raise RuleFault(self.file, line, Text("键应为文本", "a key is a plain text"))
                if key.value in seen:
                    at = key.start_mark.line + 1
                    raise RuleFault(self.file, at, Text(f"键「{key.value}」重复", f"key {key.value!r} appears twice"))
                seen.add(key.value)
                self._refuse_oddities(value, met, depth + 1)
        elif isinstance(raw, yaml.SequenceNode):
            for value in raw.value:
                self._refuse_oddities(value, met, depth + 1)

    @property
    def line(self) -> int:
        """The line on which this node starts, from 1."""
        return int(self.raw.start_mark.line) + 1

    def fail(self, zh: str, en: str) -> NoReturn:
        """Refuse this node.

        Raises:
            RuleFault: always.
        """
        where = f"{self.path}: " if self.path else ""
        raise RuleFault(self.file, self.line, Text(where + zh, where + en))

    def _pairs(self) -> list[tuple[yaml.Node, yaml.Node]]:
        if not isinstance(self.raw, yaml.MappingNode):
            self.fail("应为映射", "a mapping was expected")
        return list(self.raw.value)

    def take(self, key: str) -> "Node | None":
        """Return the node under `key`, or None when the file does not state it."""
        for name, value in self._pairs():
            if name.value == key:
                self.taken.add(key)
                return Node(self.file, f"{self.path}.{key}".lstrip("."), value)
        return None

    def need(self, key: str) -> "Node":
        """Return the node under `key`.

        Raises:
            RuleFault: when it is missing.
        """
        found = self.take(key)
        if found is None:
            self.fail(f"缺少「{key}」", f"{key!r} is missing")
        return found

    def entries(self) -> Iterator[tuple[str, "Node"]]:
        """Yield every key with its node, in the order of the file; all count as taken."""
        for name, value in self._pairs():
            self.taken.add(name.value)
            yield str(name.value), Node(self.file, f"{self.path}.{name.value}".lstrip("."), value)

    def keys(self) -> tuple[str, ...]:
        """Return the keys of a mapping in the order of the file, without taking them."""
        return tuple(str(name.value) for name, _ in self._pairs())

    def close(self) -> None:
        """Refuse the first key that nobody took.

        Raises:
            RuleFault: naming the unknown key.
        """
        for name, _ in self._pairs():
            if name.value not in self.taken:
                Node(self.file, self.path, name).fail(f"未知的键「{name.value}」", f"unknown key {name.value!r}")

    def items(self) -> list["Node"]:
        """Return the nodes of a sequence.

        Raises:
            RuleFault: when it is not a sequence.
        """
        if not isinstance(self.raw, yaml.SequenceNode):
            self.fail("应为列表", "a list was expected")
        return [Node(self.file, f"{self.path}[{place}]", value) for place, value in enumerate(self.raw.value)]

    @property
    def is_mapping(self) -> bool:
        """Whether the node holds keys."""
        return isinstance(self.raw, yaml.MappingNode)

    @property
    def is_text(self) -> bool:
        """Whether the node is a scalar."""
        return isinstance(self.raw, yaml.ScalarNode)

    @property
    def is_sequence(self) -> bool:
        """Whether the node is a list."""
        return isinstance(self.raw, yaml.SequenceNode)

    def text(self) -> str:
        """Return a non-empty scalar as the file writes it (`2026`, `true` and `1.5` stay text).

        Raises:
            RuleFault: when it is empty or not a scalar.
        """
        if not isinstance(self.raw, yaml.ScalarNode) or not str(self.raw.value).strip():
            self.fail("应为非空文本", "a non-empty text was expected")
        return str(self.raw.value)

    def texts(self) -> tuple[str, ...]:
        """Return a list of scalars, or one scalar as a list of one."""
        if isinstance(self.raw, yaml.ScalarNode):
            return (self.text(),)
        return tuple(item.text() for item in self.items())

    def integer(self, least: int | None = None, most: int | None = None) -> int:
        """Return a whole number within limits (both included).

        Raises:
            RuleFault: when it is not whole or outside the limits.
        """
        number = self.value(int, "整数", "a whole number")
        if (least is not None and number < least) or (most is not None and number > most):
            self.fail(f"超出范围：{number}", f"out of range: {number}")
        return number

    def points(self) -> int:
        """Return points of at most two decimals as hundredths."""
        return self.value(_hundredths, "至多两位小数的分值", "points of at most two decimals")

    def day(self) -> date:
        """Return an ISO day."""
        return self.value(date.fromisoformat, "ISO 日期", "an ISO date")

    def flag(self) -> bool:
        """Return `true` or `false`."""
        return self.value({"true": True, "false": False}.__getitem__, "true 或 false", "true or false")

    def value(self, read: Callable[[str], Kind], zh: str, en: str) -> Kind:
        """Return the scalar read by `read`, which raises ValueError or KeyError to refuse it."""
        text = self.text()
        try:
            return read(text)
        except (ValueError, KeyError):
            self.fail(f"应为{zh}，得到「{text}」", f"{en} was expected, got {text!r}")

    def both(self) -> Text:
        """Return `{zh, en}` as a text in both languages."""
        text = Text(self.need("zh").text(), self.need("en").text())
        self.close()
        return text

    def choice(self, *words: str) -> str:
        """Return one of `words`.

        Raises:
            RuleFault: when the text is none of them.
        """
        found = self.text()
        if found not in words:
            listed = ", ".join(words)
            self.fail(
                f"应为 {listed} 之一，得到「{found}」",
                f"one of {listed} was expected, got {found!r}",
            )
        return found

    def reference(self, instrument: str = "") -> LegalReference:
        """Return the source in law: this node's `article`, of its `instrument` or of the one around it.

        Raises:
            RuleFault: when either is missing.
        """
        own = self.take("instrument")
        named = own.text() if own else instrument
        if not named:
            self.need("instrument")
        return LegalReference(named, self.need("article").text())

    def plain(self) -> object:
        """Return the meaning: mappings, lists, and every scalar as text, as the readers take it."""
        return _plain(self.raw)

    def digest(self) -> str:
        """Return the SHA-256 of the meaning in canonical JSON; comments and layout do not count."""
        canonical = json.dumps(self.plain(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(raw: yaml.Node) -> object:
    if isinstance(raw, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in raw.value}
    if isinstance(raw, yaml.SequenceNode):
        return [_plain(value) for value in raw.value]
    return str(raw.value)


def _hundredths(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    whole, _, part = text.lstrip("-").partition(".")
    if not whole.isdigit() or len(part) > 2 or (part and not part.isdigit()):
        raise ValueError(text)
    return sign * (int(whole) * 100 + int(part.ljust(2, "0") or 0))
