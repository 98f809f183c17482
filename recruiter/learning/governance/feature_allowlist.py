"""The one allow list of what the model may look at: each feature with its kind and the reason that it is there.

Everything comes from scorecards. A column that is not on the list cannot enter, whatever it is called and wherever it
was entered: custom fields, imported features and free text never reach the model, and a scorecard attribute that is
named like a private matter is passed over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from recruiter.learning.suggestion.slate_scores import INDEX
from recruiter.learning.types import OVERALL


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that the model may look at: `kind` is `overall`, `index` or `attribute`."""

    name: str
    kind: str
    reason: str


OF_OVERALL = Feature(
    OVERALL, "overall", "The recommendation on each scorecard: what an interviewer concludes from everything they saw."
)
OF_INDEX = Feature(
    INDEX,
    "index",
    "The declared attributes under the weights of the role: comparable between roles that ask for different things.",
)
ATTRIBUTE_REASON = (
    "An attribute that the role declares, rated with written anchors on enough slates to have a weight of its own."
)

NEVER = (
    "name", "sex or gender", "age", "nationality or origin", "address or postcode", "school", "photograph", "gaps in a career",
    "source", "pay", "free text", "anything of the protected table",
)  # fmt: skip

_REFUSED = {
    "name": "name vorname nachname surname nom prenom nombre apellido",
    "sex or gender": "sex gender geschlecht sexe genre sexo orientation pregnancy pregnant schwangerschaft",
    "age": "age alter edad birth birthday birthdate dob born geburtsdatum geburtstag naissance nacimiento",
    "nationality or origin": "nationality citizenship nationalitat nationalite nacionalidad race ethnicity ethnic origin herkunft religion konfession",
    "address or postcode": "address adresse anschrift direccion postcode zip zipcode plz postleitzahl postal commute commuting distance wohnort",
    "school": "school university college schule universitat ecole universite escuela universidad alma mater graduation",
    "photograph": "photo photograph picture foto lichtbild photographie",
    "gaps in a career": "gap gaps luecke lucke",
    "source": "source quelle referrer",
    "pay": "pay salary wage compensation gehalt lohn salaire salario ctc",
    "family": "family marital married children kinder familie familienstand hobby hobbies disability behinderung health",
}  # fmt: skip
_KINDS = {word: kind for kind, terms in _REFUSED.items() for word in terms.split()}
_FILLING = "of the a candidate candidates person their his her current previous last home code number year years date group level prestige status in career employment cv full first s des der die das la le de el"
_FILLERS = set(_FILLING.split())


def private_matter_of(name: str) -> str | None:
    """What private matter an attribute is named after, None where it may be looked at.

    Only a name that says nothing else is refused: "Zip code" and "Candidate's age" are, "Source control" is not.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    tokens = re.findall(r"\w+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    matters = [_KINDS[word] for word in tokens if word in _KINDS]
    if not matters or any(word not in _KINDS and word not in _FILLERS and not word.isdigit() for word in tokens):
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
        if name == OVERALL:
            features.append(OF_OVERALL)
        elif name == INDEX:
            features.append(OF_INDEX)
        elif is_admitted(name):
            features.append(Feature(name, "attribute", ATTRIBUTE_REASON))
        else:
            raise ValueError(f"The model may not look at {name}.")
    return features
