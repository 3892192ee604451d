"""Replaying: a city's calendar acted out in the order of time, by the same verbs as true days."""

from datetime import date
from pathlib import Path

import pytest

from probity.know.dossiers.queries import dossier
from probity.know.registry import queries as registry
from probity.know.registry.models import Enterprise
from probity.know.sources.models import Batch
from probity.wiring import replaying
from probity.wiring.saying import Refused
from tests.unit.know.delivered import BY, PENALTIES, REGISTRATIONS, code, penalty, registration, written

STEPS = f"""
city: {{zh: 城, en: City}}
steps:
- {{at: 2026-06-03T09:00+08:00, rename: {{code: "{code(1)}", name: "新名", from: 2026-06-01}}}}
- {{at: 2026-06-01T09:00+08:00, deliver: {REGISTRATIONS}, file: files/registrations.csv}}
- {{at: 2026-06-02T09:00+08:00, deliver: {PENALTIES}, file: files/penalties.csv}}
- {{at: 2026-06-02T10:00+08:00, branch: {{code: "{code(2)}", parent: "{code(1)}"}}}}
- at: 2026-06-04T09:00+08:00
  repair: {{feed: {PENALTIES}, document_number: "临罚〔2026〕1号", effective_on: 2026-06-04, reason: 修复}}
- at: 2026-06-05T09:00+08:00
  annul: {{feed: {PENALTIES}, document_number: "临罚〔2026〕2号", effective_on: 2026-06-05, reason: 撤销}}
"""


@pytest.fixture
def place(database: str, tmp_path: Path) -> Path:
    """A city of five enterprises and three decisions, whose calendar is not in order."""
    (tmp_path / "city" / "files").mkdir(parents=True)
    rows = [registration(n, f"甲{n}有限公司", 核准日期="2026-05-01") for n in range(1, 6)]
    written(tmp_path / "city" / "files", rows, "registrations.csv")
    written(tmp_path / "city" / "files", [penalty(n, of=n) for n in (1, 2, 3)], "penalties.csv")
    (tmp_path / "city" / "calendar.yaml").write_text(STEPS, encoding="utf-8")
    return tmp_path / "city"


def test_a_calendar_is_acted_out_in_the_order_of_time(place: Path) -> None:
    """Deliveries, branches, names and exits, each as known on its day."""
    assert replaying.last_day(place) == date(2026, 6, 5)
    assert not replaying.is_unfinished(place)
    assert replaying.replay(place, quiet=True) == 6
    assert not replaying.is_unfinished(place)
    assert list(Batch.objects.order_by("pk").values_list("file_name", "state")) == [
        ("registrations.csv", "closed"),
        ("penalties.csv", "closed"),
    ]
    assert registry.enterprise(code(1)).name == "新名"
    assert Enterprise.objects.get(code=code(2)).parent.code == code(1)
    states = {
        number: dossier(code(number), as_of=date(2026, 6, 30), known_at=None, by=BY).lines[-1].state
        for number in (1, 2, 3)
    }
    assert states == {1: "repaired", 2: "annulled", 3: "standing"}
    assert replaying.replay(place, quiet=True) == 0


def test_a_folder_without_a_calendar_is_refused(tmp_path: Path) -> None:
    """In both languages."""
    with pytest.raises(Refused) as refusal:
        replaying.steps_of(tmp_path)
    assert "calendar.yaml" in refusal.value.text.zh


def test_an_unknown_step_is_refused_and_can_be_mended(place: Path) -> None:
    """What was done before it stays done; what follows it waits."""
    calendar = place / "calendar.yaml"
    calendar.write_text(STEPS.replace("annul:", "forget:"), encoding="utf-8")
    with pytest.raises(Refused, match="forget"):
        replaying.replay(place, quiet=True)
    assert replaying.is_unfinished(place)
    calendar.write_text(STEPS, encoding="utf-8")
    assert replaying.replay(place, quiet=True) == 1
