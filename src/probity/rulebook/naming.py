"""Naming: when two spellings name one enterprise, as weights, limits and words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from probity.rulebook.reading import Node
from probity.rulebook.texts import RuleTexts
from probity.rulebook.types import RuleFile
from probity.terms import Text


class Feature(StrEnum):
    """What two names are compared by; each is a share between 0 and 1."""

    GRAMS = "grams"
    EDITS = "edits"
    FOREIGN = "foreign"
    HOMOPHONE = "homophone"
    MISSING = "missing"
    EXTRA = "extra"
    REGION = "region"
    FORM = "form"


class Contradiction(StrEnum):
    """Why a match may not be accepted silently, however high its score."""

    TRADE_NAME = "trade_name"
    INDUSTRY = "industry"
    FORM = "form"
    BRANCH = "branch"
    REGION = "region"
    FORMER_NAME = "former_name"
    SEVERAL = "several"
    CODES = "codes"


class SecondIdentifier(StrEnum):
    """What beside a name confirms whose an adverse record is."""

    REGISTRATION_NUMBER = "registration_number"
    ADDRESS = "address"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words an enterprise's name is made of, beside its trade name."""

    forms: Mapping[str, str]  # word → class of legal form; words of one class mean the same
    trades: frozenset[str]
    branches: tuple[str, ...]  # words that name a branch, longest first
    shop_notes: tuple[str, ...]  # words that make a bracketed note one of a shop's, and drop it


@dataclass(frozen=True, slots=True)
class NamingRule:
    """How names are searched, scored and accepted (名称匹配规则); scores run from 0 to 100."""

    file: RuleFile
    title: Text
    constant: int  # hundredths
    weights: Mapping[Feature, int]  # hundredths for each whole share
    accept: int
    review: int
    shown: int  # candidates a person is shown
    postings: int  # entries of the index one question may read for each million names
    compared: int  # candidates whose names are compared in full
    never_silently: frozenset[Contradiction]
    confirms: frozenset[SecondIdentifier]
    words: NameWords
    feature_titles: Mapping[Feature, Text]
    contradiction_titles: Mapping[Contradiction, Text]
    identifier_titles: Mapping[SecondIdentifier, Text]


def read_naming(node: Node, texts: RuleTexts, file: RuleFile) -> NamingRule:
    """Read a naming rule: `score`, `limits`, `search`, `never_silently`, `confirms`, `words`.

    Raises:
        RuleFault: on an unknown or missing feature, a limit out of order, or a word of two forms.
    """
    node.reference()
    score, limits, search = node.need("score"), node.need("limits"), node.need("search")
    weights = _weights(score.need("weights"))
    constant = score.need("constant").points()
    accept = limits.need("accept").integer(least=1, most=100)
    review = limits.need("review").integer(least=0, most=accept - 1)
    shown = limits.need("shown").integer(least=1, most=50)
    silent = node.need("never_silently")
    confirms = node.need("confirms")
    contradictions = frozenset(Contradiction(each.choice(*Contradiction)) for each in silent.need("reasons").items())
    identifiers = frozenset(
        SecondIdentifier(each.choice(*SecondIdentifier)) for each in confirms.need("identifiers").items()
    )
    rule = NamingRule(
        file,
        texts.title,
        constant,
        weights,
        accept,
        review,
        shown,
        search.need("postings").integer(least=100),
        search.need("compared").integer(least=shown, most=500),
        contradictions,
        identifiers,
        _words(node.need("words")),
        {each: texts.label(f"feature.{each}") for each in Feature},
        {each: texts.label(f"contradiction.{each}") for each in Contradiction},
        {each: texts.label(f"identifier.{each}") for each in SecondIdentifier},
    )
    for part in (score, limits, search, silent, confirms):
        part.need("article")
        part.close()
    node.close()
    texts.close()
    return rule


def _weights(node: Node) -> dict[Feature, int]:
    weights = {each: node.need(each.value).points() for each in Feature}
    node.close()
    return weights


def _words(node: Node) -> NameWords:
    node.need("article")
    forms: dict[str, str] = {}
    for kind, listed in node.need("forms").entries():
        for word in listed.texts():
            if word in forms:
                listed.fail(f"「{word}」属于两类组织形式", f"{word!r} is a word of two legal forms")
            forms[word] = kind
    trades = frozenset(node.need("trades").text().split())
    branches = tuple(sorted(node.need("branches").texts(), key=len, reverse=True))
    notes = node.need("shop_notes").texts()
    node.close()
    return NameWords(forms, trades, branches, notes)
