"""Trail: versions of acts, how far they are sealed, what is wrong."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from probity.rulebook.readings import PurposeKind, ReadingRules
from probity.terms import Text

LATE_AFTER = timedelta(seconds=60)
"""An entry that waits longer than this for its seal is an alarm."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The software and the digest of the rulebook by which acts are done now."""

    software: str
    rulebook: str = ""


@dataclass(frozen=True, slots=True)
class Sealing:
    """How far the chain reaches: sealed to `number`, `waiting` entries behind it."""

    number: int
    digest: str
    waiting: int
    oldest_waiting_at: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class TrailFault:
    """One thing wrong with the trail: at which number of the chain, about which entry, and what."""

    number: int
    entry: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification found: how far the chain is in order, what waits, and every fault."""

    number: int
    digest: str
    waiting: int
    heads: int
    faults: tuple[TrailFault, ...]

    @property
    def is_in_order(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The chain at one number, signed: whoever keeps it can prove that nothing before it changed.

    `lines` is empty but at the end of an export, where it is the digest of the lines above.
    """

    number: int
    digest: str
    at: str
    algorithm: str
    key: str
    signature: str
    lines: str = ""


class PurposeMissing(ValueError):
    """A dossier was asked for without a purpose that would do; says what is missing, in both languages."""

    def __init__(self, text: Text, field: str) -> None:
        """Keep the sentence, and the field it is about: `kind` or `words`."""
        super().__init__(text.en)
        self.text = text
        self.field = field


@dataclass(frozen=True, slots=True)
class Purpose:
    """For what a dossier is read (用途): a kind of the rulebook, and a number or a reason."""

    kind: PurposeKind
    words: str
    rules: ReadingRules

    @classmethod
    def stated(cls, rules: ReadingRules, *, kind: str, words: str) -> "Purpose":
        """Return the purpose somebody stated.

        Raises:
            PurposeMissing: when the kind is none of the rule's, or the words say too little.
        """
        found = rules.purposes.get(kind)
        if found is None:
            raise PurposeMissing(Text("请选择用途", "choose the purpose"), "kind")
        plain = " ".join(words.split())
        if not plain.isprintable():  # a database would refuse some of them, and a reader could not read them
            raise PurposeMissing(Text("含有无法显示的字符", "holds characters that cannot be shown"), "words")
        least = rules.least_characters
        if len(plain) < least:
            zh, en = (
                f"请填写{found.words_title.zh}，至少 {least} 个字符",
                f"{found.words_title.en}: at least {least} characters",
            )
            raise PurposeMissing(Text(zh, en), "words")
        if len(plain) > MOST_WORDS:
            raise PurposeMissing(Text(f"至多 {MOST_WORDS} 个字符", f"at most {MOST_WORDS} characters"), "words")
        return cls(found, plain, rules)

    @classmethod
    def read(cls, rules: ReadingRules, text: str, *, otherwise: PurposeKind) -> "Purpose":
        """Return the purpose in a text such as `case:2026-118`; a text without a known kind is of kind `otherwise`.

        Raises:
            PurposeMissing: when the words say too little.
        """
        kind, separator, words = text.partition(":")
        if separator and kind.strip() in rules.purposes:
            return cls.stated(rules, kind=kind.strip(), words=words)
        return cls.stated(rules, kind=otherwise.key, words=text)


MOST_WORDS = 200
"""Characters of a purpose's words, as the table holds them."""


@dataclass(frozen=True, slots=True)
class ReleasedLine:
    """What an enterprise is told of readings of its dossier: body, purpose, and in which batch.

    No count, no officer, no day: see `docs/explanation/the-trail.md` on what a gap would tell.
    """

    day: date
    authority: str
    purpose: str
    words: str
