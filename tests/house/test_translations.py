"""Translations: both languages complete and compiled afresh."""

import gettext
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.source import ROOT

SHOW = ROOT / "src/probity/show"
CATALOGUE = SHOW / "locale/zh_Hans/LC_MESSAGES/django.po"
CHINESE = re.compile(r"[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")
TAGS = re.compile(r"""{%\s*translate\s+("[^"]*"|'[^']*')|_\(("[^"]*")\)""")
BLOCKS = re.compile(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate\s*%}", re.S)


def entries() -> dict[str, list[str]]:
    """Return msgid → its translations, read as text so that an empty one is seen."""
    found: dict[str, list[str]] = {}
    for block in CATALOGUE.read_text(encoding="utf-8").split("\n\n")[1:]:
        said = {
            key: _joined(text) for key, text in re.findall(r'^(msg\w+(?:\[\d\])?) ((?:".*"\n?)+)', block + "\n", re.M)
        }
        if said.get("msgid"):
            found[said["msgid"]] = [text for key, text in said.items() if key.startswith("msgstr")]
            assert "fuzzy" not in block, f"fuzzy: {said['msgid']}"
    return found


def _joined(text: str) -> str:
    parts = re.findall(r'"((?:[^"\\]|\\.)*)"', text)
    return "".join(parts).replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")


def templates() -> list[Path]:
    """Return every template of the faces."""
    return sorted(SHOW.rglob("templates/**/*.html"))


def test_no_translation_is_missing_or_fuzzy() -> None:
    """A Chinese page with an English word in it is half a page."""
    missing = [msgid for msgid, texts in entries().items() if not texts or not all(texts)]
    assert not missing, missing


def test_every_text_of_the_templates_is_in_the_catalogue() -> None:
    """What was written since the last `makemessages` is found here."""
    known, unknown = set(entries()), set()
    for path in templates():
        text = path.read_text(encoding="utf-8")
        for quoted in TAGS.findall(text):
            said = (quoted[0] or quoted[1])[1:-1]
            if said not in known:
                unknown.add(said)
        for inside in BLOCKS.findall(text):
            said = re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", inside.partition("{% plural %}")[0])
            if said not in known:
                unknown.add(said)
    assert not unknown, sorted(unknown)


def test_every_text_of_the_views_is_in_the_catalogue() -> None:
    """Words marked in Python are translated too."""
    known, unknown = set(entries()), set()
    for path in sorted(SHOW.rglob("*.py")):
        for said in re.findall(r"""\b_\(\s*"((?:[^"\\]|\\.)*)"\s*\)""", path.read_text(encoding="utf-8")):
            if said not in known:
                unknown.add(said)
    assert not unknown, sorted(unknown)


def test_the_compiled_catalogue_is_fresh() -> None:
    """What is committed compiled is what was written."""
    with CATALOGUE.with_suffix(".mo").open("rb") as compiled:
        said = gettext.GNUTranslations(compiled)
    stale = [
        msgid
        for msgid, texts in entries().items()
        if texts[0] not in (said.gettext(msgid), said._catalog.get((msgid, 0)))  # type: ignore[attr-defined]
    ]
    assert not stale, stale
    assert len(said._catalog) - 1 == len(entries())  # type: ignore[attr-defined]


def test_templates_hold_no_chinese() -> None:
    """Texts are written in English and translated; a literal would stand in both languages' pages."""
    faults = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in templates()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if CHINESE.search(line)
    ]
    assert not faults, faults


def test_msgids_are_english_and_translations_chinese() -> None:
    """Neither language is left in the other's column."""
    assert not [msgid for msgid in entries() if CHINESE.search(msgid)]
    plain = re.compile(r"%\(\w+\)s|<[^>]+>|[\W\d_]+|JSON|CSV|Excel")
    untranslated = [
        msgid for msgid, texts in entries().items() if plain.sub("", texts[0]) and not CHINESE.search(texts[0])
    ]
    assert not untranslated, untranslated


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="msgfmt is not installed")
def test_the_catalogue_is_well_formed() -> None:
    """Place holders of both languages agree."""
    subprocess.run(["msgfmt", "--check-format", "-o", "/dev/null", str(CATALOGUE)], check=True)
