"""Checks a draw: recomputes every step of an opened bundle and says if it holds.

`python3 check_draw.py BUNDLE.json`, Python 3.10 or later alone: leaves with 0 and one sentence when every step
recomputes, else with 1 and the first step that does not. Written from docs/reference/draw-bundle-format.md.
"""

import contextlib
import hashlib
import hmac
import json
import os
import re
import sys
from itertools import pairwise
from pathlib import Path

ONE, WHOLE, LARGEST = 10**6, 2**256, 2**30
HEX, NUMBER = "[0-9a-f]{64}", "(0|[1-9][0-9]{0,8})"
STRATUM = rf"stratum=([^\n|]+)\nunits={NUMBER}\ntake={NUMBER}\nreserve={NUMBER}\n"
SOURCE = rf"source=([^\n|]+)\|[^\n|]+(?:\|commit=({HEX})\|instead=([^\n|]+))?\n"
PLAN = (
    rf"draw-plan-v([12])\ndraw=([^\n]+)\n(?:frame=({HEX})\n)?root=({HEX})\n((?:{STRATUM})+)method=pareto-ppm(-blind)?\n"
    rf"(?:keycommit=({HEX})\n)?((?:{SOURCE})*)(?:inspectors={HEX}\n)?(?:matching=[^\n]+\n)?"
    r"(?:opens=[0-9]{4}-[0-9]{2}-[0-9]{2}\n)?"
)


def demand(holds, sentence):
    """Stop at the first thing that does not hold."""
    if not holds:
        raise AssertionError(sentence)


def sha(*parts):
    """Return SHA-256 of some bytes."""
    return hashlib.sha256(b"".join(parts)).digest()


def no_twice(pairs):
    """Refuse an object that states a key twice: two readers could read two bundles."""
    demand(len(dict(pairs)) == len(pairs), "读取：同一键出现两次 · reading: a key stands twice")
    return dict(pairs)


def read(path):
    """Return a bundle and whether it is blind; refuse whatever has another shape."""
    with Path(path).open("rb") as file:
        raw = file.read(LARGEST + 1)
    demand(len(raw) <= LARGEST, "读取：文件过大 · reading: the file is too large")
    constant = {"parse_constant": lambda _: demand(0, "读取：出现非数 · reading: NaN or infinity")}
    bundle = json.loads(raw.decode("utf-8"), object_pairs_hook=no_twice, **constant)
    kinds = {"version": str, "plan": str, "frame": list, "sources": list, "drawn": dict, "reserve": dict}
    version = isinstance(bundle, dict) and bundle.get("version")
    kinds |= {"salts": dict} if version == "draw-bundle-v1" else {}
    good = version in ("draw-bundle-v1", "draw-bundle-v2") and set(kinds) <= set(bundle) <= {*kinds, "secret", "teams"}
    good = good and all(isinstance(bundle[name], kind) for name, kind in kinds.items())
    texts = [bundle["plan"], *bundle["frame"], *bundle["sources"], *bundle.get("salts", {}).values()] if good else [0]
    demand(all(isinstance(text, str) for text in texts), "读取：不是开示包 · reading: not a bundle of a draw")
    "".join(texts).encode("utf-8")
    return bundle, version == "draw-bundle-v2"


def framed(bundle, blind, plan, strata):
    """Check the frame against the plan and return (key, stratum, millionths) of each unit."""
    rows = [re.fullmatch(r"([^|\n]+)\|([^|\n]+)\|([1-9][0-9]{0,6})", row) for row in bundle["frame"]]
    demand(rows and all(rows), "名单：名单行格式不符 · frame: a line is not code|stratum|ppm")
    units = [(row[1], row[2], int(row[3])) for row in rows]
    sorted_once = all(one[0].encode() < other[0].encode() for one, other in pairwise(units))
    demand(sorted_once, "名单：未排序或有重复 · frame: lines out of order or twice")
    counts, sums = {}, {}
    for _, stratum, ppm in units:
        counts[stratum], sums[stratum] = counts.get(stratum, 0) + 1, sums.get(stratum, 0) + ppm
    demand(counts == {each[0]: each[1] for each in strata}, "名单：户数不一致 · frame: units differ from the plan")
    fits = sums == {each[0]: each[2] * ONE for each in strata} and all(unit[2] <= ONE for unit in units)
    demand(fits, "名单：概率合计与抽取数不符 · frame: millionths do not add up to the take")
    lines = [f"{row}\n".encode() for row in bundle["frame"]]
    demand(plan[3] in (None, sha(*lines).hex()), "名单：名单哈希不同 · frame: the frame hash differs")
    salts = bundle.get("salts") or dict.fromkeys((unit[0] for unit in units), "")
    demand(set(salts) == {unit[0] for unit in units}, "名单：盐值与名单不对应 · frame: salts do not fit the frame")
    hexed = all(re.fullmatch(HEX, each) for each in (salts if blind else salts.values()))
    demand(hexed, "名单：盐值或叶格式不符 · frame: a salt or leaf is no hash")
    nodes = [sha(b"\0", bytes.fromhex(salts[unit[0]]), line) for unit, line in zip(units, lines, strict=True)]
    while len(nodes) > 1:  # pairs joined level by level; an odd last node is carried up
        joined = [sha(b"\1", nodes[at], nodes[at + 1]) for at in range(0, len(nodes) - 1, 2)]
        nodes = joined + nodes[len(joined) * 2 :]
    demand(nodes[0].hex() == plan[4], "名单：默克尔根不同 · frame: the Merkle root differs")
    return units


def seeded(bundle, blind, plan, plan_hash):
    """Check secret and sources against the plan and return the draw key."""
    secret, sources, named = bundle.get("secret", ""), bundle["sources"], re.findall(SOURCE, plan[12])
    good = isinstance(secret, str) and re.fullmatch(HEX if "secret" in bundle else "", secret)
    good = good and (sha(bytes.fromhex(secret)).hex() if secret else None) == plan[11]
    demand(good, "密值：与承诺不符 · secret: it is not the one the plan committed to")
    enough = len(sources) >= 2 and len(sources) == (len(named) or len(sources))
    demand(enough and all(sources) and "\n" not in "".join(sources), "种子：随机源不符 · seed: sources are missing")
    for (name, commit, instead), value in zip(named, sources, strict=False):
        said = value[len(name) + 1 :]
        own = value.startswith(name + ":") and said and commit in ("", sha(said.encode()).hex())
        other = instead and value.startswith(instead + ":") and len(value) > len(instead) + 1
        demand(own or other, f"种子：不是方案所列来源 · seed: not the plan's source {name[:60]!a}")
    seed = sha("\n".join([f"draw-seed-v{2 if blind else 1}", plan_hash, *sources]).encode())
    return hmac.digest(bytes.fromhex(secret), seed, "sha256") if secret else seed


def checked(bundle, blind):
    """Recompute everything and return the sentence that says so."""
    plan, plan_hash = re.fullmatch(PLAN, bundle["plan"]), sha(bundle["plan"].encode()).hex()
    good = plan and (plan[1] == "2") == bool(plan[10]) == blind and not (blind and plan[3])
    demand(good, "方案：方案文本不符 · plan: not the text of such a plan")
    strata = [(name, *map(int, numbers)) for name, *numbers in re.findall(STRATUM, plan[5])]
    names = [stratum[0].encode() for stratum in strata]
    demand(names == sorted(set(names)), "方案：分层未排序 · plan: strata are not sorted")
    units, key = framed(bundle, blind, plan, strata), seeded(bundle, blind, plan, plan_hash)
    certain, ranked = ({stratum[0]: [] for stratum in strata} for _ in range(2))
    for unit, stratum, ppm in units:
        ticket = int.from_bytes(hmac.digest(key, b"enterprise\n" + unit.encode(), "sha256"), "big")
        if ppm == ONE:
            certain[stratum].append(unit)
        else:  # exact: ranks are fractions over less than 2**276, so 552 more bits keep them apart
            ranked[stratum].append(((ticket * (ONE - ppm) << 552) // ((WHOLE - ticket) * ppm), unit.encode(), unit))
    for name, _, take, reserve in strata:
        order = certain[name] + [unit for _, _, unit in sorted(ranked[name])]
        for listed, part in (("drawn", order[:take]), ("reserve", order[take : take + reserve])):
            demand(bundle[listed].get(name) == part, f"结果：{listed} 不同 · lists: `{listed}` differs in {name!a}")
    demand(set(bundle["drawn"]) == set(bundle["reserve"]) == set(certain), "结果：多出分层 · lists: a stratum too many")
    taken, teams = sum(stratum[2] for stratum in strata), "；分组不在核对之列 (teams are not checked)"
    zh = f"{plan[2][:60]!a} 各步复算一致，抽取 {taken}/{len(units)}{teams if 'teams' in bundle else ''}；方案哈希须与公开登记一致"
    return f"{zh} · every step recomputes; compare the plan hash with the public log: {plan_hash}"


def main(arguments):
    """Check one bundle; return 0 when it holds, 1 when it does not."""
    try:
        demand(len(arguments) == 1, "读取：用法 · reading: usage: check_draw.py BUNDLE.json")
        said, status = checked(*read(arguments[0])), 0
    except AssertionError as unequal:
        said, status = f"不成立 · does not hold: {unequal}", 1
    except (OSError, ValueError, RecursionError, MemoryError) as fault:
        said, status = f"不成立 · does not hold: 读取 reading: {str(fault)[:200]!a}", 1
    with contextlib.suppress(OSError):
        os.write(1, f"{said}\n".encode())
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
