"""Makes the two tables of characters the matcher of names folds by.

Needs the packages opencc and pypinyin of the dependency group `make`. One line of a table is a
key and its characters: a simplified character and the traditional ones it stands for, or a
syllable without its tone and the characters read so.
"""

import sys
from importlib.metadata import version
from pathlib import Path

import opencc
from pypinyin import Style, pinyin

_FOLDER = Path(__file__).parents[1] / "src" / "probity" / "engine" / "naming"
_UNIFIED = range(0x4E00, 0xA000)
_ALSO = "堃喆昇邨甯垚淼犇燚喆赟祎琞玥珺瑀璟睿晟昕昱暄桉栩梓沄沐泓泽洺淏湉滢潼澔灏炅炜烨焜煊"
"""Simplified characters frequent in names that GB 2312 does not have."""
_WIDEST = 74
"""Characters of a line; a Chinese one counts twice on a screen."""


def simplified() -> dict[str, str]:
    """Return simplified → the traditional characters that become it alone.

    A character that GB 2312 has is written so in simplified names too (乾坤, 著名): to fold it
    would make two trade names one.
    """
    convert = opencc.OpenCC("t2s").convert
    found: dict[str, str] = {}
    for code in _UNIFIED:
        target = convert(chr(code))
        if _is_simplified(chr(code)):
            continue
        if len(target) == 1 and target != chr(code) and ord(target) in _UNIFIED:
            found[target] = found.get(target, "") + chr(code)
    return dict(sorted(found.items()))


def readings(targets: set[str]) -> dict[str, str]:
    """Return syllable → the simplified characters most often read so."""
    wanted = {chr(code) for code in _UNIFIED if _is_simplified(chr(code))} | targets | set(_ALSO)
    found: dict[str, str] = {}
    for character in sorted(wanted):
        syllable = pinyin(character, style=Style.NORMAL)[0][0].replace("ü", "v")
        if syllable.isascii() and syllable.isalpha():
            found[syllable] = found.get(syllable, "") + character
    return dict(sorted(found.items()))


def _is_simplified(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _lines(pairs: list[str]) -> str:
    lines, line = [], ""
    for pair in pairs:
        width = sum(1 + (ord(each) > 0x2E80) for each in f"{line} {pair}")
        if line and width > 2 * _WIDEST:
            lines.append(line)
            line = ""
        line = f"{line} {pair}".strip()
    return "\n".join([*lines, line])


def _write(name: str, caption: str, source: str, pairs: dict[str, str]) -> None:
    listed = [f"{key}:{held[start : start + 60]}" for key, held in pairs.items() for start in range(0, len(held), 60)]
    text = (
        f'"""{caption}\n\nMade by tools/make_characters.py from {source}.\n"""\n\nTABLE = """\n{_lines(listed)}\n"""\n'
    )
    (_FOLDER / f"{name}.py").write_text(text + '"""`key:characters` apart by blanks; a key may come again."""\n')
    print(f"{name}: {len(pairs)} keys, {sum(map(len, pairs.values()))} characters", file=sys.stderr)


def main() -> None:
    """Write both tables."""
    table = simplified()
    _write(
        "traditional",
        "Traditional: which characters are written simply as which.",
        f"OpenCC {version('opencc')} (Apache-2.0), one character at a time",
        table,
    )
    _write(
        "syllables",
        "Syllables: how a character is read, without its tone.",
        f"pypinyin {version('pypinyin')} (MIT)",
        readings(set(table)),
    )


if __name__ == "__main__":
    main()
