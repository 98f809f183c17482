"""How much a sentence is about a person and not about work: points that anybody can add up, as points.toml gives them."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from recruiter.foundation.lexicon.phrases import Phrase
from recruiter.foundation.lexicon.tokens import Reading, Token
from recruiter.foundation.lexicon.topics import BLOCKED, DOUBTS, FIRM, HINTS, PAST_PAY, STOPS, THEMES, WARNED, lists

SHOWN = Path(__file__).parent / "points.toml"
STRENGTHS = (FIRM, STOPS, DOUBTS, HINTS, THEMES)
MOST_TOPICS, MOST_WORDS, BEFORE, BEGINNING = 3, 3, 2, 2
ADDED_BESIDE = ("verdict", "neg")
WORK_CUES = ("asked", "thing", "place", "act", "job", "praise")
AND, LIST = frozenset(("and", "or", "und", "oder", "et", "ou", "y", "o", "e")), 3  # so soon, it is a list
COPULA, POSSESSIVE = "copula", "possessive"


@dataclass(frozen=True, slots=True)
class Hit:
    """One phrase in a text, from its first word up to the one after its last; `is_explained` by the work that is named near it."""

    phrase: Phrase
    first: int
    after: int
    is_explained: bool = False

    @property
    def strength(self) -> str:
        """What it says alone: a phrase of several words that stops is firm."""
        return FIRM if self.phrase.role == STOPS and self.phrase.length > 1 else self.phrase.role


@dataclass(frozen=True)
class Points:
    """What points.toml says."""

    blocked_from: int
    blocked_from_if_firm: int
    blocked_from_without_work: int
    blocked_from_if_loose: int
    warned_from: int
    most_of_a_kind: int
    short: int
    cues: dict[str, int]
    signs: dict[str, int]


@cache
def points() -> Points:
    """The points, read once."""
    return Points(**tomllib.loads(SHOWN.read_text(encoding="utf-8")))


def _kinds(token: Token, languages: set[str]) -> set[str]:
    return lists().cues.kinds(token.readings[0][0], languages)


def _words_before(reading: Reading, hit: Hit, languages: set[str], kind: str, number: int) -> bool:
    return any(kind in _kinds(token, languages) for token in reading.tokens[max(0, hit.first - number) : hit.first])


def _is_apposition(reading: Reading, hit: Hit) -> bool:
    """Whether a sentence begins with what somebody is, and goes on after a comma: "Catholic, so"; not where a list begins."""
    listed = (token.readings[0][0] in AND for token in reading.tokens[hit.after : hit.after + LIST])
    return (
        hit.phrase.role in (STOPS, DOUBTS)
        and reading.tokens[hit.first].starts_sentence
        and reading.tokens[hit.after - 1].ends_clause
        and not any(listed)
    )


def _of_hits(reading: Reading, hits: Sequence[Hit], languages: set[str]) -> set[str]:
    """What is true of some hit of a sentence."""
    signs = {"any", min((hit.strength for hit in hits), key=STRENGTHS.index)}
    for hit in hits:
        tokens = reading.tokens[hit.first : hit.after]
        signs |= {"explained"} if hit.is_explained and hit.strength != FIRM else set()
        signs |= {"apposition"} if _is_apposition(reading, hit) else set()
        signs |= {"disguised"} if any(token.is_disguised for token in tokens) else set()
        signs |= {COPULA} if _words_before(reading, hit, languages, COPULA, BEFORE) else set()
        if _words_before(reading, hit, languages, POSSESSIVE, 1):
            signs |= {POSSESSIVE, FIRM} if hit.phrase.role == STOPS else {POSSESSIVE}
    return signs


def _cues(
    reading: Reading, sentence: Sequence[Token], around: Sequence[Token], hits: Sequence[Hit], languages: set[str]
) -> Counter[str]:
    """The cues of a sentence; the words of a firm phrase are no work, and neighbours add what they make of it alone."""
    weights = points().cues
    firm = {place for hit in hits if hit.strength == FIRM for place in range(hit.first, hit.after)}
    first = hits[0].first - next(at for at, token in enumerate(sentence) if token is reading.tokens[hits[0].first])
    cues: Counter[str] = Counter()
    for place, token in enumerate(sentence, first):
        for kind in _kinds(token, languages):
            if place not in firm or weights.get(kind, 0) > 0:
                cues[kind] += 1
            if place < first + BEGINNING and place not in firm:
                cues[f"first_{kind}"] += 1
    cues.update(kind for token in around for kind in _kinds(token, languages) if kind in ADDED_BESIDE)
    if all(hit.phrase.topic != PAST_PAY for hit in hits):
        del cues["asked"]  # what somebody asks for says of pay alone that it is no past pay
    return cues


def _total(cues: Counter[str], signs: set[str], hits: Sequence[Hit]) -> int:
    """All points of a sentence."""
    weights = points()
    different = {(hit.phrase.topic, hit.strength, hit.first, hit.after) for hit in hits}
    by_topic = Counter(topic for topic, *_ in different)
    return (
        sum(weight * min(cues[kind], weights.most_of_a_kind) for kind, weight in weights.cues.items())
        + sum(weights.signs.get(sign, 0) for sign in signs)
        + weights.signs["topic"] * min(len(by_topic), MOST_TOPICS)
        + weights.signs["word"] * min(max(by_topic.values()), MOST_WORDS)
    )


def severity(
    reading: Reading, sentence: Sequence[Token], around: Sequence[Token], hits: Sequence[Hit], languages: set[str]
) -> str:
    """How the hits of one sentence are taken: as blocked, as warned of, or "" for not at all.

    Args:
        reading: the text.
        sentence: its words.
        around: those of short sentences beside it.
        hits: what stands in it of blocked topics, one at least.
        languages: in which it may be written.
    """
    weights = points()
    cues = _cues(reading, sentence, around, hits, languages)
    signs = _of_hits(reading, hits, languages) | {kind for kind in cues if kind.startswith("first_")}
    if any(reading.asks(token) for token in (*sentence, *around) if token.ends_clause):
        signs |= {"question", "asks_you"} if cues["you"] else {"question"}
    total = _total(cues, signs, hits)
    is_loose = signs.isdisjoint((FIRM, STOPS, DOUBTS))
    if is_loose and cues["asked"]:  # an amount that somebody asks for may be past pay, and no more than may
        return WARNED if total >= weights.warned_from else ""
    enough = weights.blocked_from_if_loose if is_loose else weights.blocked_from
    if FIRM in signs:
        enough = weights.blocked_from_if_firm
    if STOPS in signs and not any(cues[kind] for kind in WORK_CUES):
        enough = min(enough, weights.blocked_from_without_work)
    if total >= enough:
        return BLOCKED
    return WARNED if total >= weights.warned_from else ""
