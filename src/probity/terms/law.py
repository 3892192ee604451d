"""Law: how a rule names its source, and the words every rule file shares."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class LegalReference:
    """The instrument and the article a rule, a number or a measure rests on (法律依据)."""

    instrument: str
    article: str

    def __post_init__(self) -> None:
        """Refuse half a reference.

        Raises:
            ValueError: when the instrument or the article is missing.
        """
        if not self.instrument or not self.article:
            raise ValueError("a legal reference names an instrument and an article")

    def __str__(self) -> str:
        """Show as the instrument and its article: `apl art. 44`."""
        return f"{self.instrument} {self.article}"


class Family(StrEnum):
    """The four kinds of evaluation (评价类别); they never merge into one number."""

    RISK = "risk"
    PUBLIC_CREDIT = "public_credit"
    SECTOR = "sector"
    MARKET = "market"


class Status(StrEnum):
    """How far a rule may reach: only `in_force` has legal effect."""

    ILLUSTRATION = "illustration"
    TRIAL = "trial"
    IN_FORCE = "in_force"
