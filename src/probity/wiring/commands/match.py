"""Match: whom a name may mean, and the pass over the records without a code."""

import argparse

from probity.terms import Text
from probity.wiring import clock
from probity.wiring.commands.printing import as_json, json_flag, table, terminal
from probity.wiring.saying import language, say


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument("names", nargs="*", metavar="NAME", help="企业名称 · names of enterprises")
    room.add_argument("--code", default="", help="已知的统一社会信用代码 · a credit code known beside the name")
    room.add_argument("--unmatched", action="store_true", help="匹配无代码的记录 · match the records without a code")
    room.add_argument("--rebuild", action="store_true", help="重建名称索引 · build the index of names anew")
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """Answer for each name, or carry out the pass; exit status 1 when a name finds nobody."""
    from probity.engine.naming.types import MatchVerdict, NameQuestion
    from probity.know.registry import queries
    from probity.know.registry.name_files import rebuild

    at = clock.now()
    if chosen.rebuild:
        rebuild(at)
        say(Text("名称索引已重建", "the index of names was built anew"))
    if chosen.unmatched:
        return _pass(as_said=chosen.json)
    codes = {"credit_code": chosen.code.strip().upper()} if chosen.code else {}
    answers = [(name, queries.find(NameQuestion((name,), codes), by=terminal(), at=at)) for name in chosen.names]
    rule = queries.naming_rule(at)
    if chosen.json:
        told = [queries.answer_json(name, answer, at=at) for name, answer in answers]
        as_json(told[0] if len(told) == 1 else told)
    else:
        for name, answer in answers:
            words = queries.verdict_words(answer.verdict.value)
            say(Text(f"{name}：{words.zh}", f"{name}: {words.en}"))
            heads = [
                Text("相似度", "score"),
                Text("代码", "code"),
                Text("名称", "name"),
                Text("矛盾", "contradictions"),
            ]
            rows = [
                [
                    f"{each.likeness.score / 100:.1f}",
                    each.entry.code or "–",
                    each.entry.name,
                    "; ".join(
                        rule.contradiction_titles[one].of(language()) for one in sorted(each.likeness.contradictions)
                    ),
                ]
                for each in answer.candidates
            ]
            if rows:
                table(heads, rows)
    return int(any(answer.verdict is MatchVerdict.REJECT for _, answer in answers))


def _pass(*, as_said: bool) -> int:
    from probity.know.records.actions import match_names
    from probity.know.records.queries import open_counts

    done = match_names(by=terminal(), at=clock.now())
    left = open_counts(by=terminal())
    if as_said:
        as_json(
            {
                "asked": done.asked,
                "accepted": done.accepted,
                "attributed": done.attributed,
                "withheld": done.withheld,
                "waiting": left,
            }
        )
        return 0
    say(
        Text(
            f"匹配 {done.asked} 个名称：采纳 {done.accepted} 个，归属 {done.attributed} 条记录，"
            f"{done.withheld} 条不利记录待第二标识；待认名称 {sum(left.values())} 个",
            f"{done.asked} names asked for: {done.accepted} accepted, {done.attributed} records attributed, "
            f"{done.withheld} adverse ones wait for a second identifier; {sum(left.values())} names wait",
        )
    )
    return 0
