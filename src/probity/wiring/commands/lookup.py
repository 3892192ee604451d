"""Lookup: on which lists an enterprise stands, with the basis and the coverage."""

import argparse
from collections.abc import Iterable

from probity.terms import Text
from probity.wiring import clock
from probity.wiring.commands.printing import as_json, day_of, json_flag, moment_of, table, terminal
from probity.wiring.saying import language, say


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument("codes", nargs="+", metavar="CODE", help="统一社会信用代码 · credit codes")
    room.add_argument("--as-of", type=day_of, help="基准日 · the day in question, today if left out")
    room.add_argument("--known-at", type=moment_of, help="知悉时点 · whose knowledge")
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """Answer for each code; exit status 1 when a clean answer cannot be given for one of them."""
    from probity.act.lists.queries import answer_json, lookup
    from probity.act.lists.types import Conclusion

    codes = [code.strip().upper() for code in chosen.codes]
    day = chosen.as_of or clock.today()
    answers = lookup(codes, as_of=day, known_at=chosen.known_at, by=terminal(), at=clock.now())
    if chosen.json:
        told = [answer_json(answer) for answer in answers]
        as_json(told[0] if len(told) == 1 else told)
    else:
        for answer in answers:
            _tell(answer)
    return int(any(answer.conclusion is Conclusion.UNKNOWN for answer in answers))


def _tell(answer: object) -> None:
    from probity.act.lists.types import Conclusion, ListAnswer

    assert isinstance(answer, ListAnswer)  # noqa: S101
    words = {
        Conclusion.LISTED: Text("在列", "listed"),
        Conclusion.CLEAN: Text("未列入所载名单", "on none of the lists carried here"),
        Conclusion.UNKNOWN: Text("无法确认：名单缺失或过期", "cannot be said: a list is missing or stale"),
    }
    said = words[answer.conclusion]
    say(
        Text(
            f"{answer.code}：{said.zh}（基准日 {answer.as_of}，修订 {answer.revision}）",
            f"{answer.code}: {said.en} (as of {answer.as_of}, revision {answer.revision})",
        )
    )
    if answer.entries:
        heads = [
            Text("名单", "list"), Text("文号", "document"), Text("决定机关", "authority"),
            Text("列入", "entered"), Text("届满", "ends"), Text("状态", "status"),
        ]  # fmt: skip
        table(heads, _rows(answer.entries))
    stale = [one.title for one in answer.coverage if one.is_stale]
    if stale:
        say(
            Text(
                f"过期的名单：{'、'.join(one.zh for one in stale)}",
                f"stale lists: {', '.join(one.en for one in stale)}",
            )
        )


def _rows(entries: Iterable[object]) -> Iterable[list[object]]:
    from probity.act.lists.types import ListEntry

    for one in entries:
        assert isinstance(one, ListEntry)  # noqa: S101
        status = USES[one.use.value]
        yield [one.title.of(language()), one.document, one.authority, one.entered_on, one.ends_on or "–", status]


USES = {
    "active": Text("有效", "active"),
    "contested": Text("异议中", "contested"),
    "suspended": Text("暂停使用", "suspended"),
    "incomplete": Text("信息不全", "incomplete"),
    "lapsed": Text("失效", "lapsed"),
    "off": Text("名单未启用", "the list is off"),
}
"""How an entry may be used → its words."""
