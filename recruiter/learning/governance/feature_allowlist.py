"""The one allow list of what the model may look at: each feature with its kind and the reason that it is there.

Everything comes from scorecards. A column that is not on the list cannot enter, whatever it is called and wherever it
was entered: custom fields, imported features and free text never reach the model, and a scorecard attribute that is
named like a private matter is passed over.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from recruiter.learning.suggestion.slate_scores import INDEX
from recruiter.learning.types import OVERALL


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that the model may look at: `kind` is `overall`, `index` or `attribute`."""

    name: str
    kind: str
    reason: str


_LISTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
NEVER = tuple(_LISTS["never"])
_MATTERS: dict[str, str] = {word: name for name, terms in _LISTS["private_matters"].items() for word in terms.split()}
_FILLERS = set(_LISTS["fillers"].split())


def private_matter_of(name: str) -> str | None:
    """What private matter an attribute is named after, None where it may be looked at.

    Only a name that says nothing else is refused: "Zip code" and "Candidate's age" are, "Source control" is not.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    tokens = re.findall(r"\w+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    matters = [_MATTERS[word] for word in tokens if word in _MATTERS]
    if not matters or any(word not in _MATTERS and word not in _FILLERS and not word.isdigit() for word in tokens):
        return None
    return matters[0]


def is_admitted(name: str) -> bool:
    """Whether ratings under this name may be looked at at all."""
    return private_matter_of(name) is None


def features_of(columns: Iterable[str]) -> list[Feature]:
    """The columns of a model as entries of the allow list, in their order.

    Raises:
        ValueError: a column is not on the list.
    """
    features = []
    for name in columns:
        kind = name if name in (OVERALL, INDEX) else "attribute"
        if not is_admitted(name):
            raise ValueError(f"The model may not look at {name}.")
        features.append(Feature(name, kind, _LISTS["reasons"][kind]))
    return features
