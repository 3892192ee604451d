"""The example city: the door says of each kind of file what was planted in it."""

from collections import Counter
from datetime import date

import pytest
import yaml

from example_city.make import HOME
from probity.know.records.door import Door
from probity.know.records.identities import SeenRows
from probity.know.records.rules import quarantine_counts
from probity.know.sources.opening import open_delivery
from probity.know.sources.rules import fit_feed
from probity.rulebook import Rulebook, shipped

EXPECTED = yaml.safe_load((HOME / "expected.yaml").read_text(encoding="utf-8"))["deliveries"]
FIRST_OF_EACH_FEED = list({account["feed"]: account for account in reversed(EXPECTED)}.values())
"""Nothing stands before them, so that the pure door alone can account for every row."""


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.read([shipped()])


@pytest.mark.parametrize("account", FIRST_OF_EACH_FEED, ids=lambda account: account["feed"])
def test_the_first_file_of_each_feed_comes_out_as_planted(rulebook: Rulebook, account: dict[str, object]) -> None:
    path = HOME / str(account["file"])
    profile, today = rulebook.feeds[str(account["feed"])], date.fromisoformat(path.name[4:14])
    door, seen, chunks = Door(profile, rulebook.record_types(today), today=today), SeenRows(), []
    with open_delivery(path) as file:
        for chunk in file.chunks(fit_feed(profile, file.heads)):
            chunks.append(door.examine(chunk, seen))
        assert file.tally is not None
        assert profile.least_rows <= file.tally.received <= profile.most_rows
    got = Counter(received=file.tally.received)
    for checked in chunks:
        got.update(accepted=len(checked.stated), unchanged=len(checked.repeated))
    assert got == Counter({key: account[key] for key in ("received", "accepted", "unchanged")})
    assert quarantine_counts(chunks) == account["quarantined"]


def test_the_cut_abnormal_list_is_below_what_the_feed_expects(rulebook: Rulebook) -> None:
    held = [account for account in EXPECTED if account["state"] == "held"]
    assert [account["feed"] for account in held] == ["linlan-market/abnormal-list"]
    for account in EXPECTED:
        profile = rulebook.feeds[account["feed"]]
        fits = profile.least_rows <= account["received"] <= profile.most_rows
        assert fits == (account["state"] == "closed"), account["file"]
