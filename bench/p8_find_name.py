"""P8: find an enterprise by a dirty name, against tantivy with an edit ratio.

`python -m bench.p8_find_name [NAMES]`: a million made-up names by default, and Beijing's spellings
where `../shared/data/beijing` is present. Nothing of that data is kept.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz

from probity.engine.naming.finding import Finder
from probity.engine.naming.folding import fold
from probity.engine.naming.index import NameIndex, arrays_of
from probity.engine.naming.types import IndexedName, MatchVerdict, NameQuestion
from probity.rulebook import Rulebook, shipped
from tools.made_names import Maker, fold_key

NAMES, ASKED, STRANGERS, PEER_ASKED = 1_000_000, 1_900, 1_000, 400
BEIJING = Path(__file__).resolve().parents[2] / "shared" / "data" / "beijing"
_FALSE_ALARMS = 0.02

Found = tuple[object, float]
"""Whom a method puts first (by place in the list of names, None for nobody), and its score."""


def main() -> None:
    """Build, open, ask and compare; print JSON lines."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else NAMES
    if len(sys.argv) > 2:
        _build(count, Path(sys.argv[2]))
        return
    maker = _maker()
    with tempfile.TemporaryDirectory() as folder:
        built = subprocess.run(
            [sys.executable, "-m", "bench.p8_find_name", str(count), folder], check=True, capture_output=True, text=True
        )
        _relay(built.stdout)
        names = maker.names(count, seed=1)
        finder = _opened(Path(folder), maker)
        _ask_made_up(maker, names, finder)
        _add(finder)
    if BEIJING.is_dir():
        _ask_beijing(maker)


def _maker() -> Maker:
    rulebook = Rulebook.read([shipped()])
    return Maker.of(rulebook, rulebook.naming(date(2026, 1, 1)))


def _build(count: int, folder: Path) -> None:
    maker = _maker()
    entries = [IndexedName(place, name) for place, name in enumerate(maker.names(count, seed=1))]
    before, started = _peak(), time.process_time()
    for key, array in arrays_of(entries, maker.parser).items():
        np.save(folder / f"{key}.npy", array)
    _say(f"P8 build an index of {count:,} names", time.process_time() - started, "CPU s")
    _say(f"P8 memory above the names themselves, {count:,} names", _peak() - before, "MB")
    size = sum(path.stat().st_size for path in folder.iterdir()) / 2**20
    _say(f"P8 index on disk, {count:,} names", size, "MB")


def _opened(folder: Path, maker: Maker) -> Finder:
    started = time.perf_counter()
    arrays = {path.stem: np.load(path, mmap_mode="r") for path in folder.glob("*.npy")}
    finder = Finder(NameIndex(arrays), maker.parser, maker.rule)
    _say("P8 open an index", time.perf_counter() - started, "s")
    return finder


def _ask_made_up(maker: Maker, names: list[str], finder: Finder) -> None:
    asked = list(maker.questions(names, ASKED, seed=2))
    strangers = maker.strangers(STRANGERS, seed=3)
    known = {fold_key(maker.parser, name) for name in names}
    strangers = [each for each in strangers if fold_key(maker.parser, each) not in known]

    def ours(text: str) -> Found:
        found = finder.find(NameQuestion((text,))).candidates
        return (found[0].entry.enterprise, float(found[0].likeness.score)) if found else (None, 0.0)

    for text, _, _ in asked[:50]:  # the first touch of a page is not what is measured
        ours(text)
    places = {name: place for place, name in enumerate(names)}
    truth = [(text, places[right], kind) for text, right, kind in asked]
    mine = _measured(ours, truth, strangers)
    part, some = truth[:PEER_ASKED], strangers[:PEER_ASKED]
    theirs = _measured(_tantivy(names), part, some)
    size = f"{len(names):,} names"
    _say(f"P8 recall@1, {size}", mine["recall"], "share", theirs["recall"])
    _say(f"P8 recall at 2 % false alarms, {size}", mine["at_alarms"], "share", theirs["at_alarms"])
    _say(f"P8 CPU a question, {size}", mine["ms"], "ms", theirs["ms"])
    missed = Counter(kind for (_, right, kind), got in zip(truth, mine["found"], strict=True) if got[0] != right)
    print(json.dumps({"name": f"P8 misses by kind, {size}", "value": dict(missed.most_common())}))
    answers = [(finder.find(NameQuestion((text,))), right) for text, right, _ in truth]
    _say_accepted("made up", answers + [(finder.find(NameQuestion((text,))), None) for text in strangers])


def _measured(find: Callable[[str], Found], truth: list[tuple[str, int, str]], strangers: list[str]) -> dict[str, Any]:
    started = time.process_time()
    found = [find(text) for text, _, _ in truth]
    alarms = sorted((find(text)[1] for text in strangers), reverse=True)
    spent = time.process_time() - started
    limit = alarms[int(len(alarms) * _FALSE_ALARMS)]
    right = [score for (_, place, _), (got, score) in zip(truth, found, strict=True) if got == place]
    return {
        "found": found,
        "recall": len(right) / len(truth),
        "at_alarms": sum(score > limit for score in right) / len(truth),
        "ms": 1000 * spent / (len(truth) + len(strangers)),
    }


def _tantivy(names: list[str]) -> Callable[[str], Found]:
    """Return the peer: pairs of characters in tantivy, its hundred best by edit ratio."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("pairs", stored=False, tokenizer_name="whitespace")
    builder.add_integer_field("place", stored=True)
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(500_000_000, 1)
    folded = [fold(name).replace("(", "").replace(")", "") for name in names]
    for place, text in enumerate(folded):
        writer.add_document(tantivy.Document(pairs=_pairs(text), place=place))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def find(text: str) -> Found:
        asked = fold(text).replace("(", "").replace(")", "")
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "pairs", pair))
            for pair in set(_pairs(asked).split())
        ]
        hits = searcher.search(tantivy.Query.boolean_query(terms), 100).hits if terms else []
        places = [searcher.doc(address)["place"][0] for _, address in hits]
        scored = [(fuzz.ratio(asked, folded[place]), place) for place in places]
        best = max(scored, key=lambda each: (each[0], -each[1]), default=(0.0, None))
        return best[1], best[0]

    return find


def _pairs(text: str) -> str:
    return " ".join(text[place : place + 2] for place in range(len(text) - 1))


def _add(finder: Finder) -> None:
    started = time.perf_counter()
    finder.overlay.add([IndexedName(-1, "临澜市琅嬛福地文化有限公司")])
    found = finder.find(NameQuestion(("琅嬛福地文化（临澜）有限公司",))).candidates
    assert found and found[0].entry.enterprise == -1
    _say("P8 from a new name to its first answer", time.perf_counter() - started, "s")


def _ask_beijing(maker: Maker) -> None:
    """Ask with every other spelling of a code, and with names of enterprises left out of the index."""
    spelled = _spellings()
    dice = random.Random(5)
    codes = sorted(spelled)
    left_out = set(dice.sample([code for code in codes if len(spelled[code]) == 1], 3_000))
    chosen = {code: min(spelled[code], key=lambda name, code=code: (-spelled[code][name], name)) for code in codes}
    entries = [IndexedName(n, chosen[code], code=code) for n, code in enumerate(codes) if code not in left_out]
    finder = Finder(NameIndex(arrays_of(entries, maker.parser)), maker.parser, maker.rule)
    for half, is_held_out in (("seen while tuning", 0), ("held out", 1)):
        mine = [code for n, code in enumerate(codes) if n % 2 == is_held_out]
        places = {code: n for n, code in enumerate(codes)}
        asked = [(name, places[code]) for code in mine for name in spelled[code] if name != chosen[code]]
        strangers = [(chosen[code], None) for code in mine if code in left_out]
        answers = [(finder.find(NameQuestion((text,))), right) for text, right in [*asked, *strangers]]
        first = sum(
            bool(a.candidates) and a.candidates[0].entry.enterprise == right
            for a, right in answers
            if right is not None
        )
        _say(f"P8 Beijing, {half}: recall@1 of other spellings, renamed ones among them", first / len(asked), "share")
        listed = sum(
            any(c.entry.enterprise == right for c in a.candidates) for a, right in answers if right is not None
        )
        _say(f"P8 Beijing, {half}: the right one among the shown", listed / len(asked), "share")
        _say_accepted(f"Beijing, {half}", answers)


def _spellings() -> dict[str, Counter[str]]:
    """Return credit code → its names and how often each was stated; sole traders left out."""
    import polars as pl

    found: dict[str, Counter[str]] = defaultdict(Counter)
    for path in sorted(BEIJING.glob("*.parquet")):
        stated = pl.read_parquet(path).filter(pl.col("uscc_valid")).select("subject", "uid")
        for name, code in stated.iter_rows():
            if name and not code.startswith("92"):
                found[code][name.strip()] += 1
    return found


def _say_accepted(what: str, answers: list[tuple[Any, int | None]]) -> None:
    accepted = [
        (answer.accepted.entry.enterprise, right) for answer, right in answers if answer.verdict is MatchVerdict.ACCEPT
    ]
    right = sum(got == wanted for got, wanted in accepted)
    known = sum(wanted is not None for _, wanted in answers)
    _say(
        f"P8 {what}: precision of automatic acceptance ({len(accepted)} accepted)",
        right / max(len(accepted), 1),
        "share",
    )
    _say(f"P8 {what}: share accepted automatically", right / max(known, 1), "share")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _relay(text: str) -> Iterator[str] | None:
    print(text, end="", flush=True)
    return None


def _say(name: str, value: float, unit: str, peer: float | None = None) -> None:
    line: dict[str, object] = {"name": name, "value": round(value, 4), "unit": unit}
    if peer is not None:
        line |= {"peer": round(peer, 4), "ratio": round(value / peer, 3) if peer else None}
    print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
