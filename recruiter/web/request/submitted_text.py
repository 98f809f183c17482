"""What somebody typed into a form that could not be taken: shown back to them on the spot, kept nowhere."""

from __future__ import annotations

import re

from flask import request

from recruiter.foundation import text

SECRETS = ("password", "token", "secret", "code")
UNSEEN = {"send", "do", "asked", "back", "came_from"}  # what buttons and hidden fields say, not what somebody typed
NUMBER = re.compile(r"_\d+$")  # of a line of the form
OWN_PAGE = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}


def typed() -> list[tuple[str, str]]:
    """The fields of the form that was sent, by what they are called, so that they can be copied; numbers and secrets left out.

    Empty for forms of accounts, and where the browser does not say that a page of this site has sent the form: no other
    site shows words of its own here.
    """
    from_own_page = all(request.headers.get(name) == value for name, value in OWN_PAGE.items())
    if request.method != "POST" or not from_own_page or (request.endpoint or "accounts.").startswith("accounts."):
        return []
    return [
        (NUMBER.sub("", name).replace("_", " ").capitalize(), value)
        for name, value in request.form.items(multi=True)
        if name not in UNSEEN
        and text.is_visible(value)
        and not value.strip().isdecimal()
        and not any(word in name.lower() for word in SECRETS)
    ]
