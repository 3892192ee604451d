"""Pages: one page of a list, as every list of the platform is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Page(Generic[Line]):
    """One page of a list, with the count of the whole."""

    lines: Sequence[Line]
    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page, at least 1."""
        return max(1, -(-self.total // self.size))
