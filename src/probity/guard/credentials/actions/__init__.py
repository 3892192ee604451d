"""Credentials: the verbs, by what they are about."""

from probity.guard.credentials.actions.factors import (
    add_app,
    add_key,
    make_recovery_codes,
    remove_factor,
    reset_factors,
)
from probity.guard.credentials.actions.keys import make_key, revoke_key, rotate_key, set_aside
from probity.guard.credentials.actions.linking import invite, link, unlink
from probity.guard.credentials.actions.sessions import (
    change_password,
    end_every_sign_in,
    end_sign_in,
    prove,
    see,
    start_sign_in,
)
from probity.guard.credentials.actions.trying import release_lock, try_app, try_code, try_key, try_password

__all__ = [
    "add_app",
    "add_key",
    "change_password",
    "end_every_sign_in",
    "end_sign_in",
    "invite",
    "link",
    "make_key",
    "make_recovery_codes",
    "prove",
    "release_lock",
    "remove_factor",
    "reset_factors",
    "revoke_key",
    "rotate_key",
    "see",
    "set_aside",
    "start_sign_in",
    "try_app",
    "try_code",
    "try_key",
    "try_password",
    "unlink",
]
