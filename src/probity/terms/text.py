"""Texts: what a person reads, in Chinese and in English, never in one alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages of the platform."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        """Refuse a text that one of our readers could not read.

        Raises:
            ValueError: when either language is empty.
        """
        if not self.zh.strip() or not self.en.strip():
            raise ValueError(f"a text needs both languages, got zh={self.zh!r} en={self.en!r}")

    def of(self, language: str) -> str:
        """Return the text in `language` (`zh…` is Chinese, anything else English)."""
        return self.zh if language.lower().startswith("zh") else self.en

    def filled(self, **values: object) -> "Text":
        """Return the text with `{name}` places filled alike in both languages."""
        return Text(self.zh.format(**values), self.en.format(**values))


class Unknown(LookupError):
    """Nothing goes by the key, code or number that was asked for; says so in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep the sentence."""
        super().__init__(en)
        self.text = Text(zh, en)
