"""Sources: which row is the header, and which feed a delivered file answers to."""

import unicodedata
from collections.abc import Mapping, Sequence

from probity.know.sources.types import FileRefused, Fit, Head
from probity.rulebook.types import FeedProfile
from probity.terms import Text

_DEEPEST_HEADER = 15
_NOTE_MARKS = "*：:"


def header_key(text: str) -> str:
    """Return a header without what typists vary: blanks, line breaks, width, case, a closing colon."""
    folded = unicodedata.normalize("NFKC", text).replace("\ufeff", "").replace("\u200b", "")
    return "".join(folded.split()).strip(_NOTE_MARKS).lower()


def named_headers(profile: FeedProfile) -> dict[str, str]:
    """Return header key → canonical header of every column the door reads."""
    named: dict[str, str] = {}
    for column in profile.columns:
        for header in column.headers:
            named.setdefault(header_key(header), column.headers[0])
    read_besides = [route.header for route in profile.routes] + list(profile.person_rows) + [profile.operation]
    for header in filter(None, read_besides):
        named.setdefault(header_key(header), header)
    return named


def required_headers(profile: FeedProfile) -> tuple[str, ...]:
    """Return the canonical headers without which a file does not fit the feed."""
    routed = [route.header for route in profile.routes if route.header]
    found = [column.headers[0] for column in profile.columns if column.required] + routed
    named = named_headers(profile)
    return tuple(dict.fromkeys(named[header_key(header)] for header in found))


def fit_feed(profile: FeedProfile, heads: Sequence[Head]) -> Fit:
    """Return how a file fits one feed: the first row that holds all required headers is the header.

    Raises:
        FileRefused: `HEADER` naming the missing columns and the nearest row; `TWICE` when a
            named column stands twice.
    """
    required, named = set(required_headers(profile)), named_headers(profile)
    nearest: tuple[int, int, int, set[str]] = (-1, 0, 0, required)
    for sheet, head in enumerate(heads):
        for row, cells in enumerate(head.rows[:_DEEPEST_HEADER]):
            found = {named[key] for key in map(header_key, cells) if key in named}
            if required <= found and found:
                return _fit(profile, sheet, row, cells)
            if len(found) > nearest[0]:
                nearest = (len(found), sheet, row, required - found)
    _, sheet, row, missing = nearest
    lacking, place = "、".join(sorted(missing)), _row_number(heads, sheet, row)
    raise FileRefused(
        "HEADER",
        Text(
            f"文件不符合数据接入规范「{profile.title.zh}」：第 {place} 行最接近表头，缺少列：{lacking}",
            f"the file does not fit the feed “{profile.title.en}”: row {place} is nearest to a header, "
            f"missing columns: {lacking}",
        ),
    )


def _row_number(heads: Sequence[Head], sheet: int, row: int) -> int:
    return row + 1 if heads and heads[sheet].rows else 1


def _fit(profile: FeedProfile, sheet: int, row: int, cells: Sequence[str]) -> Fit:
    named = named_headers(profile)
    ignored = {header_key(header) for header in profile.ignored}
    people = {header_key(header) for header in profile.persons}
    positions: dict[str, int] = {}
    delivered: dict[str, str] = {}
    unnamed: dict[int, str] = {}
    persons: dict[int, str] = {}
    for place, cell in enumerate(cells):
        key = header_key(cell)
        label = " ".join(cell.split())
        if key in named:
            if named[key] in positions:
                raise FileRefused(
                    "TWICE",
                    Text(
                        f"列「{label}」出现两次，无法确定以哪一列为准", f"column “{label}” stands twice in the header"
                    ),
                )
            positions[named[key]] = place
            delivered[named[key]] = label
        elif key in people:
            persons[place] = label
        elif key not in ignored:
            unnamed[place] = label or f"#{place + 1}"
    return Fit(profile, sheet, row, positions, delivered, unnamed, persons)


def match_feed(feeds: Mapping[str, FeedProfile], heads: Sequence[Head]) -> Fit:
    """Return the one feed whose columns a file fits best.

    Best is the most named columns, then the fewest unnamed ones. Two feeds that fit equally are
    an error, because guessing would state facts nobody stated.

    Raises:
        FileRefused: `NO_FEED` naming the nearest feed and its missing columns; `AMBIGUOUS`.
    """
    fits: list[Fit] = []
    for profile in feeds.values():
        try:
            fits.append(fit_feed(profile, heads))
        except FileRefused as refused:
            if refused.code == "TWICE":
                raise
    if not fits:
        raise _no_feed(feeds, heads)
    fits.sort(key=_closeness, reverse=True)
    if len(fits) > 1 and _closeness(fits[0]) == _closeness(fits[1]):
        first, second = fits[0].profile, fits[1].profile
        raise FileRefused(
            "AMBIGUOUS",
            Text(
                f"文件同时符合「{first.title.zh}」（{first.key}）和「{second.title.zh}」（{second.key}），请指定其一",
                f"the file fits both {first.key} and {second.key} equally: name the feed",
            ),
        )
    return fits[0]


def _closeness(fit: Fit) -> tuple[int, int, int]:
    """Order fits: named columns found, then headers nobody knows (fewer is better), then required ones."""
    known = len(fit.positions) + len(fit.persons)
    return known, -len(fit.unnamed), len(required_headers(fit.profile))


def _no_feed(feeds: Mapping[str, FeedProfile], heads: Sequence[Head]) -> FileRefused:
    best: tuple[float, FeedProfile | None, set[str]] = (0.0, None, set())
    for profile in feeds.values():
        required, named = set(required_headers(profile)), named_headers(profile)
        for head in heads:
            for cells in head.rows[:_DEEPEST_HEADER]:
                found = {named[key] for key in map(header_key, cells) if key in named}
                share = len(found & required) / max(1, len(required))
                if share > best[0]:
                    best = (share, profile, required - found)
    _, nearest, missing = best
    if nearest is None:
        first = next((row for head in heads for row in head.rows if any(cell.strip() for cell in row)), ())
        seen = "、".join(" ".join(cell.split())[:20] for cell in first[:8])
        return FileRefused(
            "NO_FEED",
            Text(
                f"没有任何数据接入规范符合此文件；文件首行为：{seen}",
                f"no feed fits this file; its first row reads: {seen}",
            ),
        )
    lacking = "、".join(sorted(missing))
    return FileRefused(
        "NO_FEED",
        Text(
            f"没有任何数据接入规范符合此文件；最接近的是「{nearest.title.zh}」（{nearest.key}），缺少列：{lacking}",
            f"no feed fits this file; the nearest is {nearest.key}, missing columns: {lacking}",
        ),
    )
