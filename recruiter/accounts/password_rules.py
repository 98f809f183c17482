"""What makes a password good: long enough, and not easily guessed by somebody who knows the person and the company."""

from __future__ import annotations

import re

from recruiter.foundation.errors import RuleBroken

SHORTEST_PASSWORD = 15
LONGEST_PASSWORD = 128
LEAST_SCORE = 3  # of zxcvbn's 0 to 4: more than 10**8 guesses, safe from guessing at a sign-in page
JUDGED = 72  # characters that zxcvbn reads; what is strong by its beginning is strong
SHORTEST_OWN_WORD = 3
PRODUCT = ("recruiter", "recruiting", "hiring")
WORD = re.compile(r"[^\W\d_]+")
SIGNS = re.compile(r"[\W_]+")
REPEATED = re.compile(r"([^\W\d_]{3,})(?=.*\1)", re.IGNORECASE)


def own_words(*, name: str, email: str, organisation: str) -> list[str]:
    """What a stranger would try first: the words of the person's name and address, of the company and the product."""
    parts = [name, email, organisation, *PRODUCT]
    joined = ["".join(WORD.findall(part.casefold())) for part in (name, organisation)]
    own = {word for part in parts for word in WORD.findall(part.casefold())} | {*joined, email.casefold()}
    return sorted((word for word in own if len(word) >= SHORTEST_OWN_WORD), key=lambda word: (-len(word), word))


def _judged_forms(password: str, own: list[str]) -> list[str]:
    """A password, what is left of it without own words and words that come again, and the letters and digits of that.

    Neither those words nor signs between the rest add anything to guess.
    """
    rest = re.sub("|".join(map(re.escape, own)), "", password, flags=re.IGNORECASE)
    rest = REPEATED.sub("", rest)
    plain = SIGNS.sub("", rest)
    return list(dict.fromkeys((password, rest, *([plain] if plain else []))))


def check_password(password: str, *, name: str, email: str, organisation: str) -> None:
    """Refuse a password that is short, very long or easily guessed; any characters will do (ASVS 6.2).

    zxcvbn judges it offline, whole and without the words that belong to the person or the company.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise RuleBroken.at("password", f"Use at least {SHORTEST_PASSWORD} characters. A few words in a row do well.")
    if len(password) > LONGEST_PASSWORD:
        raise RuleBroken.at("password", f"Use at most {LONGEST_PASSWORD} characters.")
    from zxcvbn import zxcvbn  # loads its lists of words

    own = own_words(name=name, email=email, organisation=organisation)
    for judged in _judged_forms(password, own):
        verdict = zxcvbn(judged[:JUDGED], user_inputs=own) if judged.strip() else {"score": 0}
        if verdict["score"] < LEAST_SCORE:
            raise RuleBroken.at(
                "password",
                "This password is too easy to guess. Use a few words in a row that only you would put together, "
                "without your name or the company's.",
            )
