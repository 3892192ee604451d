"""Errors: every page says what happened and the way on, in both languages."""

import re

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import RequestFactory
from django.utils import translation

from probity.show.parts import errors


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("status", [400, 403, 404, 409, 410, 413, 429, 500, 503])
def test_each_page_has_a_sentence_a_number_and_two_ways_on(status: int, language: str) -> None:
    """Nobody is left standing before a bare status."""
    with translation.override(language):
        answer = errors.refused(RequestFactory().get("/somewhere/"), status)
        text = answer.content.decode()
        title, sentence = (str(part) for part in errors.SENTENCES[status])
    assert answer.status_code == status
    assert title in text
    assert sentence in text
    assert re.search(r"[0-9A-F]{4}-[0-9A-F]{4}", text)
    assert text.count('class="pb-button') >= 2


def test_a_body_beyond_the_limit_is_too_large_and_not_bad() -> None:
    """413 tells how to go on, 400 would not."""
    asked = RequestFactory().post("/desk/deliveries/bring/")
    assert errors.bad_request(asked, RequestDataTooBig()).status_code == 413
    assert errors.bad_request(asked, ValueError()).status_code == 400


def test_a_form_that_ran_out_shows_what_was_typed_but_no_password() -> None:
    """Typed text survives, secrets are not shown."""
    asked = RequestFactory().post(
        "/desk/x/", {"reason": "look again", "new_password1": "hush", "csrfmiddlewaretoken": "t"}
    )
    text = errors.form_expired(asked).content.decode()
    assert "look again" in text
    assert "hush" not in text


def test_a_fault_of_ours_is_told_without_the_database() -> None:
    """The page for 500 must stand when nothing else does."""
    answer = errors.failed(RequestFactory().get("/desk/"))
    assert answer.status_code == 500
    assert re.search(r"[0-9A-F]{4}-[0-9A-F]{4}", answer.content.decode())
