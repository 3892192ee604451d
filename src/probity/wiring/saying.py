"""Saying: one sentence to whoever sits at the terminal, in their language."""

import os
import sys

from probity.terms.text import Text


class Refused(Exception):
    """A command cannot do what was asked; the text says why and what to do."""

    def __init__(self, text: Text) -> None:
        """Keep the sentence."""
        super().__init__(text.en)
        self.text = text


def language() -> str:
    """Return the reader's language from the environment, `zh` or `en`."""
    stated = os.environ.get("PROBITY_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh" if stated.lower().startswith("zh") else "en"


def say(text: Text, *, error: bool = False) -> None:
    """Print one sentence in the reader's language."""
    print(text.of(language()), file=sys.stderr if error else sys.stdout, flush=True)


def said(refusal: Exception) -> Text | None:
    """Return the sentence a refusal carries in both languages, or None."""
    for name in ("text", "reason"):
        if isinstance(stated := getattr(refusal, name, None), Text):
            return stated
    return None
