"""Words that may never feed a ranking, in whatever file they arrive."""

from __future__ import annotations

PROTECTED = frozenset((
    "name", "surname", "firstname", "lastname", "forename", "sexuality", "sex", "gender", "orientation", "age", "dob",
    "birthday", "birthdate", "birth", "nationality", "citizenship", "origin", "race", "ethnicity", "ethnic", "colour",
    "color", "caste", "religion", "disability", "disabled", "marital", "pregnancy", "pregnant", "veteran", "address",
    "postcode", "zip", "zipcode", "school", "university", "college", "photograph", "photo", "gap", "gaps", "source",
    "pay", "salary",
))  # fmt: skip


def is_protected(name: str) -> bool:
    """Whether a column or feature names something that may not enter a ranking."""
    terms = "".join(letter if letter.isalpha() else " " for letter in name.lower()).split()
    return any(word in PROTECTED for word in terms)
