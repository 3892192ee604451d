"""Rule: one rule printed with its references, as the files state it."""

import argparse

from probity.terms import Text, Unknown
from probity.wiring import clock
from probity.wiring.commands.printing import as_json, day_of, json_flag


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument("key", help="规则的键 · key of the rule, or kind/key")
    room.add_argument("--on", type=day_of, help="哪一天有效的版本 · the edition of a day, today if left out")
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """Print the rule in force on the day: where it stands, its digest, its meaning and its texts."""
    from probity.guard.procedures.queries import lawbook, rule_texts
    from probity.wiring.saying import say

    on = chosen.on or clock.today()
    kind, _, key = chosen.key.rpartition("/")
    editions = [
        file for file in lawbook().files() if file.key == key and kind in ("", file.kind) and file.starts_on <= on
    ]
    if not editions:
        raise Unknown(f"{on} 没有有效的规则「{chosen.key}」", f"no rule {chosen.key!r} is in force on {on}")
    newest = {file.kind: file for file in sorted(editions, key=lambda file: file.starts_on)}
    for file in newest.values():
        meaning, texts = rule_texts(file.path)
        if chosen.json:
            as_json(
                {
                    "kind": file.kind,
                    "key": file.key,
                    "from": file.starts_on,
                    "digest": file.digest,
                    "meaning": meaning,
                    "texts": texts,
                }
            )
            continue
        say(
            Text(
                f"{file.kind}/{file.key}，自 {file.starts_on} 起，摘要 {file.digest[:16]}",
                f"{file.kind}/{file.key}, from {file.starts_on}, digest {file.digest[:16]}",
            )
        )
        print(meaning.rstrip())
        if texts:
            print("---\n" + texts.rstrip())
    return 0
