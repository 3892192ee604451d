"""Secrets and wishes: what a key looks like, and which terms are refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probity.guard.authorities.types import PLATFORM, Permission
from probity.guard.credentials.rules import (
    digest_of,
    fault_of,
    grants_kept,
    grants_read,
    is_same,
    prefix_of,
    program_grants,
)
from probity.guard.credentials.types import KeyTerms
from probity.terms import Grant

AT = datetime(2026, 6, 30, tzinfo=UTC)
GRANT = Grant("program", frozenset({"enterprise.read"}), "market", "339901")
TERMS = KeyTerms("window", "market", "窗口核验", (GRANT,), AT + timedelta(days=30))
SECRET = "pb_abcd1234_" + "x" * 43


def test_only_the_prefix_of_a_secret_is_read() -> None:
    """Whatever is not written like a secret has none, so that no table is asked."""
    assert prefix_of(SECRET) == "abcd1234"
    for other in ("", SECRET[:-1], SECRET + "x", SECRET.upper(), SECRET + "\n", " " + SECRET):
        assert prefix_of(other) is None, other


@given(st.text())
def test_any_text_is_no_secret(text: str) -> None:
    """Nor does it break the reader."""
    assert prefix_of(text) is None


def test_a_digest_is_of_the_whole_secret() -> None:
    """The visible prefix alone opens nothing."""
    assert is_same(digest_of(SECRET), digest_of(SECRET))
    assert not is_same(digest_of(SECRET), digest_of(SECRET.replace("x", "y", 1)))
    assert SECRET not in digest_of(SECRET)


def test_grants_come_back_as_they_were_kept() -> None:
    """A key's scope is neither widened nor lost by being stored."""
    assert grants_read(grants_kept([GRANT])) == (GRANT,)


@pytest.mark.parametrize(
    ("wish", "word"),
    [
        ({"title": " "}, "program"),
        ({"grants": (Grant("program", frozenset({"role.grant"})),)}, "program"),
        ({"purpose": "x"}, "what the key is for"),
        ({"expires_at": AT}, "expired"),
        ({"expires_at": AT + timedelta(days=367)}, "a year"),
        ({"requests_a_minute": 0}, "a minute"),
        ({"requests_a_minute": 60_001}, "a minute"),
    ],
)
def test_a_wish_that_goes_too_far_is_refused(wish: dict[str, object], word: str) -> None:
    """Purpose, end and rate are not optional."""
    fault = fault_of(replace(TERMS, **wish), AT)
    assert fault is not None and word in fault.en and fault.zh


def test_complete_terms_are_fine() -> None:
    """The refusals above are not refusals of everything; without a grant a key reads what is public."""
    assert fault_of(TERMS, AT) is None
    assert fault_of(replace(TERMS, grants=()), AT) is None


def test_a_program_holds_what_is_its_bodys_within_the_body_only() -> None:
    """Dossiers are shared within the region; deliveries are the body's own; runs of the platform are for all."""
    grants = program_grants(["enterprise.read", "batch.read", "evaluation.read", "role.grant"], "market", "339900")
    held = {
        (str(one), grant.authority, grant.region, grant.with_parts) for grant in grants for one in grant.permissions
    }
    assert held == {
        (Permission.ENTERPRISE_READ, "", "339900", True),
        (Permission.BATCH_READ, "market", "339900", True),
        (Permission.EVALUATION_READ, "market", "339900", True),
        (Permission.EVALUATION_READ, PLATFORM, "", False),
    }
    assert program_grants([], "market") == ()
    assert grants_read(grants_kept(grants)) == grants
