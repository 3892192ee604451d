"""For any names: the packed index finds what the slow twin finds, and more input never fewer."""

from hypothesis import given, settings
from hypothesis import strategies as st

from probity.engine.naming.comparing import Asked, Held, character_weights, compare
from probity.engine.naming.finding import Finder
from probity.engine.naming.grams import gram_keys, gram_table
from probity.engine.naming.index import NameIndex, arrays_of
from probity.engine.naming.reference import edit_distance, grams, near, weight
from probity.engine.naming.types import IndexedName, NameQuestion
from probity.rulebook.naming import Feature
from tests.unit.engine.naming.names import parser, rule

CHARACTERS = "北京上海鑫旺善讯迅信科技商贸建设有限公司（）(ab1 "
NAMES = st.lists(st.text(CHARACTERS, min_size=0, max_size=12), min_size=1, max_size=25)
NAME = st.text(CHARACTERS, max_size=12)
CODES = st.dictionaries(st.just("credit_code"), st.sampled_from(["A", "B", ""]), max_size=1)


@settings(deadline=None)
@given(NAMES)
def test_all_grams_at_once_are_the_grams_one_by_one(names: list[str]) -> None:
    texts = [parser().parse(name).text for name in names]
    one_by_one = sorted(key << 32 | place for place, text in enumerate(texts) for key in gram_keys(text))
    assert gram_table(texts).tolist() == one_by_one


@settings(deadline=None)
@given(NAMES, NAME)
def test_the_index_finds_what_the_twin_finds(names: list[str], asked: str) -> None:
    """Same names, same order, same shares, by looking at every name."""
    index = NameIndex(arrays_of([IndexedName(n, name) for n, name in enumerate(names)], parser()))
    texts, text = [parser().parse(name).text for name in names], parser().parse(asked).text
    assert index.near(text, postings=10_000, most=8) == near(texts, text, postings=10_000, most=8)


@settings(deadline=None)
@given(NAMES, NAME)
def test_names_added_later_are_found_as_the_twin_finds_them(names: list[str], asked: str) -> None:
    """The overlay weighs by the index it stands beside, so only whom it finds is compared."""
    finder = Finder(NameIndex(arrays_of([], parser())), parser(), rule())
    finder.overlay.add(IndexedName(n, name) for n, name in enumerate(names))
    texts, text = [parser().parse(name).text for name in names], parser().parse(asked).text
    theirs = near(texts, text, postings=10_000, most=len(names))
    assert {each.place for each in finder.overlay.near(text, most=len(names))} == {each.place for each in theirs}


@settings(deadline=None)
@given(NAMES, NAME)
def test_grams_and_edits_are_shared_as_the_twin_counts_them(names: list[str], asked: str) -> None:
    from collections import Counter

    index = NameIndex(arrays_of([IndexedName(n, name) for n, name in enumerate(names)], parser()))
    mine = parser().parse(asked)
    counts = Counter(gram for name in names for gram in grams(parser().parse(name).text))
    for place, name in enumerate(names):
        theirs = parser().parse(name)
        held = Held(theirs, gram_keys(theirs.text), index.norm(place), character_weights(theirs.text, index))
        shares = compare(Asked.of(mine, index), held, rule()).shares
        longest = max(len(mine.text), len(theirs.text), 1)
        assert shares[Feature.EDITS] == (longest - edit_distance(mine.text, theirs.text)) * 1000 // longest
        weighed = [
            sum(weight(g, counts, len(names)) for g in found) for found in (grams(mine.text), grams(theirs.text))
        ]
        both = sum(weight(g, counts, len(names)) for g in grams(mine.text) & grams(theirs.text))
        assert shares[Feature.GRAMS] == (2 * both * 1000 // sum(weighed) if sum(weighed) else 0)


@settings(deadline=None)
@given(NAMES, NAMES, NAMES, CODES)
def test_more_input_never_gives_fewer_hits(
    register: list[str], asked: list[str], more: list[str], codes: dict[str, str]
) -> None:
    """Another name, or a code, may change the verdict and the order; it hides nobody."""
    entries = [IndexedName(n, name, code="A") for n, name in enumerate(register)]
    finder = Finder(NameIndex(arrays_of(entries, parser())), parser(), rule())
    few = {each.entry.enterprise for each in finder.find(NameQuestion(tuple(asked))).candidates}
    many = {each.entry.enterprise for each in finder.find(NameQuestion((*asked, *more), codes)).candidates}
    assert few <= many
