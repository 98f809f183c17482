"""Other finalists are not named in a case: their names are found in what people write for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from recruiter.foundation.lexicon.check import Finding
from recruiter.foundation.lexicon.folding import folded
from recruiter.foundation.lexicon.tokens import Reading, read
from recruiter.foundation.lexicon.topics import BLOCKED

TOPIC = "other finalists"
SHORTEST = 3  # a part of a name with fewer letters says nothing alone
# Parts of names that are words, too: found with the rest of the name, or with its initial, never alone.
WORDS = frozenset(
    [
        "able",
        "abbot",
        "april",
        "archer",
        "art",
        "august",
        "autumn",
        "baker",
        "bank",
        "bass",
        "bay",
        "bell",
        "berg",
        "best",
        "bill",
        "bishop",
        "black",
        "blanc",
        "blank",
        "block",
        "bloom",
        "blue",
        "bond",
        "book",
        "booth",
        "bosch",
        "braun",
        "bridge",
        "brook",
        "brown",
        "bruno",
        "burns",
        "bush",
        "butler",
        "carpenter",
        "carter",
        "case",
        "chance",
        "chase",
        "chef",
        "christian",
        "church",
        "clay",
        "clark",
        "cliff",
        "cloud",
        "cole",
        "cook",
        "cooper",
        "court",
        "craft",
        "cross",
        "cruz",
        "dale",
        "dawn",
        "day",
        "dean",
        "drew",
        "earl",
        "east",
        "faith",
        "field",
        "fields",
        "fischer",
        "fisher",
        "fleur",
        "ford",
        "forest",
        "fox",
        "franc",
        "france",
        "francis",
        "frank",
        "franco",
        "frost",
        "fuchs",
        "ginger",
        "glass",
        "gold",
        "grace",
        "grant",
        "gray",
        "green",
        "grey",
        "groß",
        "gross",
        "grove",
        "guy",
        "hand",
        "hardy",
        "harmony",
        "hart",
        "heart",
        "herz",
        "hill",
        "hood",
        "hope",
        "horn",
        "house",
        "hunt",
        "hunter",
        "iris",
        "jack",
        "jade",
        "jasmin",
        "jay",
        "jean",
        "jordan",
        "joy",
        "june",
        "june",
        "jung",
        "justice",
        "keen",
        "kent",
        "key",
        "kind",
        "king",
        "klein",
        "koch",
        "kurz",
        "lake",
        "lane",
        "lang",
        "lange",
        "law",
        "lee",
        "león",
        "lily",
        "lion",
        "long",
        "love",
        "luz",
        "major",
        "mann",
        "mar",
        "marc",
        "marco",
        "marin",
        "mark",
        "marks",
        "martin",
        "mason",
        "max",
        "may",
        "mayer",
        "mercy",
        "miles",
        "mill",
        "miller",
        "mills",
        "moon",
        "moor",
        "moreno",
        "neu",
        "noble",
        "north",
        "ocean",
        "olive",
        "page",
        "palm",
        "park",
        "parker",
        "paz",
        "pearl",
        "penny",
        "perez",
        "petit",
        "piper",
        "place",
        "pope",
        "porter",
        "post",
        "potter",
        "price",
        "prince",
        "quick",
        "ray",
        "read",
        "reed",
        "regent",
        "reich",
        "rey",
        "rich",
        "richter",
        "river",
        "rob",
        "robin",
        "rock",
        "roman",
        "rosa",
        "rose",
        "roth",
        "royal",
        "ruby",
        "rush",
        "sage",
        "sand",
        "savage",
        "schmidt",
        "schön",
        "schneider",
        "schwarz",
        "sharp",
        "shepherd",
        "short",
        "silva",
        "silver",
        "singer",
        "sky",
        "small",
        "smart",
        "smith",
        "snow",
        "sol",
        "sommer",
        "south",
        "spring",
        "stark",
        "stein",
        "stern",
        "steward",
        "stone",
        "strong",
        "summer",
        "sun",
        "swift",
        "taylor",
        "temple",
        "turner",
        "urban",
        "vera",
        "vogel",
        "wagner",
        "walker",
        "wall",
        "ward",
        "waters",
        "weaver",
        "weber",
        "weis",
        "weiß",
        "welt",
        "west",
        "white",
        "wild",
        "will",
        "winter",
        "wise",
        "wolf",
        "wood",
        "wright",
        "young",
    ]
)


def _parts(name: str) -> list[str]:
    return [token.readings[0][0] for token in read(name).tokens]


def _stands(reading: Reading, parts: list[str], place: int) -> bool:
    """Whether words stand one after the other from a place on."""
    tokens = reading.tokens[place : place + len(parts)]
    return len(tokens) == len(parts) and all(
        any(word == part for word, _ in token.readings) for token, part in zip(tokens, parts, strict=True)
    )


def _ways(parts: list[str], telling: set[str]) -> list[list[str]]:
    """The ways in which a person may be named: whole, family name first, an initial with the family name, one part that tells."""
    first, family = parts[0], parts[-1]
    whole = [parts, [family, *parts[:-1]], [first, family]] if len(parts) > 1 else []
    initials = [[first[0], family], [family, first[0]]] if len(parts) > 1 else []
    return [*whole, *initials, *([part] for part in parts if part in telling)]


def found_in(text: str, *, others: Mapping[str, str], known: Iterable[str], section: str = "") -> list[Finding]:
    """The names of other finalists in a text, as what blocks it.

    Args:
        text: what somebody wrote for a case.
        others: the names of the other finalists, by what they are called in the case (Finalist B).
        known: names that may stand there: the candidate's, and those of colleagues who are cited.
        section: of the case, for the finding.
    """
    reading = read(text)
    known_parts = {part for name in known for part in _parts(name)}
    of_others = Counter(part for name in others.values() for part in set(_parts(name)))
    ordinary = {folded(word) for word in WORDS} | known_parts
    findings = []
    for called, name in others.items():
        parts = _parts(name)
        telling = {part for part in parts if len(part) >= SHORTEST and part not in ordinary and of_others[part] == 1}
        terms = [
            reading.terms(place, place + len(way))
            for way in _ways(parts, telling)
            for place in range(len(reading.tokens))
            if not set(way) <= known_parts and _stands(reading, way, place)
        ]
        if terms:
            why = f"Other finalists are not named in a case: write {called}."
            findings.append(Finding(BLOCKED, TOPIC, tuple(dict.fromkeys(terms)), why, section))
    return findings
