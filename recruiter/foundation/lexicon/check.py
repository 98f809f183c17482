"""The check of words: what has no place in a text about a person, with the words marked and the reason; near misses are let through."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from recruiter.foundation.lexicon import scorecard
from recruiter.foundation.lexicon.languages import of_sentences
from recruiter.foundation.lexicon.phrases import ARTICLES
from recruiter.foundation.lexicon.scorecard import STRENGTHS, Hit, points
from recruiter.foundation.lexicon.spared_names import without_names
from recruiter.foundation.lexicon.tokens import Reading, Token, read
from recruiter.foundation.lexicon.topics import (
    ANY_TOPIC,
    BLOCKED,
    HINTS,
    PAST_PAY,
    SPARES,
    STOPS,
    THEMES,
    WORK,
    lists,
)

NEAR = 8  # as many words apart, the work explains a word that may be about the person
TITLE = "title"
LEFT_OUT = "[words left out]"
ROUNDS = 5  # what is left is read again: other words may come together


@dataclass(frozen=True)
class Finding:
    """One topic found in one text: `severity` is `blocked` or `warned`, `matches` are as they stand in the text."""

    severity: str
    topic: str
    matches: tuple[str, ...]
    why: str
    section: str = ""
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def is_blocked(self) -> bool:
        """Whether its words must not stand in a case."""
        return self.severity == BLOCKED

    @property
    def is_past_pay(self) -> bool:
        """Whether it tells what somebody earns or earned, which is stored nowhere."""
        return self.topic == PAST_PAY

    @property
    def quoted(self) -> str:
        """Its words in quotation marks."""
        return ", ".join(f"“{match}”" for match in self.matches)


def _hits(reading: Reading, languages: dict[int, set[str]]) -> list[Hit]:
    hits = [Hit(*matched) for matched in lists().index.found_in(reading)]
    return [
        hit
        for hit in hits
        if not hit.phrase.own_language or hit.phrase.language in languages[reading.tokens[hit.first].sentence]
    ]


def _explained(hits: Iterable[Hit], reading: Reading) -> dict[str, set[int]]:
    """By topic, the words near which the work is named: what may be about the person is about the work there."""
    places: dict[str, set[int]] = defaultdict(set)
    for hit in hits:
        if hit.phrase.role == WORK:
            sentence = reading.tokens[hit.first].sentence
            near = range(max(0, hit.first - NEAR), min(len(reading.tokens), hit.after + NEAR))
            places[hit.phrase.topic].update(place for place in near if reading.tokens[place].sentence == sentence)
    return places


def _standing(reading: Reading, languages: dict[int, set[str]]) -> list[Hit]:
    """The hits that are not spared, each with whether the work explains it."""
    hits = _hits(reading, languages)
    spared = {place for hit in hits if hit.phrase.role == SPARES for place in range(hit.first, hit.after)}
    explained = _explained(hits, reading)
    standing = []
    for hit in hits:
        places = range(hit.first, hit.after)
        of_sentence = languages[reading.tokens[hit.first].sentence]
        is_name = len(places) == 1 and any(
            _addresses(reading, place, of_sentence)
            for place in (hit.first, hit.first - 1)
            if place == hit.first or (place >= 0 and not reading.tokens[place].ends_clause)
        )
        if hit.phrase.role in STRENGTHS and spared.isdisjoint(places) and not is_name:
            by_work = any(not explained[topic].isdisjoint(places) for topic in (ANY_TOPIC, hit.phrase.topic))
            standing.append(replace(hit, is_explained=by_work))
    return standing


def _addresses(reading: Reading, place: int, languages: set[str]) -> bool:
    """Whether a word is the title of a name, as in "Frau Peters", or of somebody who is written to, as in "Madame, ..."."""
    token = reading.tokens[place]
    if TITLE not in lists().cues.kinds(token.readings[0][0], languages):
        return False
    if token.ends_clause:
        return token.starts_sentence
    if place and reading.tokens[place - 1].readings[0][0] in ARTICLES:
        return False
    name = reading.text[reading.tokens[place + 1].start]
    return name.isupper() and not reading.terms(place, place + 1).isupper()


def _by_sentence(reading: Reading) -> dict[int, list[Token]]:
    sentences: dict[int, list[Token]] = defaultdict(list)
    for token in reading.tokens:
        sentences[token.sentence].append(token)
    return sentences


def _taken(reading: Reading, *, to_candidate: bool) -> Iterator[tuple[Hit, str]]:
    """The hits that count, each with its severity: that of its topic, or what its sentence makes of it."""
    weighed: dict[int, list[Hit]] = defaultdict(list)
    languages = of_sentences(reading)
    for hit in _standing(reading, languages):
        topic = lists().topics[hit.phrase.topic]
        if topic.severity == BLOCKED and not topic.to_candidates_only:
            if not (to_candidate and hit.phrase.role in (HINTS, THEMES)):
                weighed[reading.tokens[hit.first].sentence].append(hit)
        elif hit.phrase.role == STOPS and (to_candidate or not topic.to_candidates_only):
            yield hit, topic.severity
    if not weighed:
        return
    sentences, short = _by_sentence(reading), points().short
    for number, hits in weighed.items():
        beside = [sentences.get(place, []) for place in (number - 1, number + 1)]
        around = [token for tokens in beside if len(tokens) <= short for token in tokens]
        severity = scorecard.severity(reading, sentences[number], around, hits, languages[number])
        if severity:
            yield from ((hit, severity) for hit in _telling(hits))


def _telling(hits: list[Hit]) -> list[Hit]:
    """Of the hits of a sentence those that say most: all that stop, else the strongest of the topic that has most."""
    stopping = [hit for hit in hits if hit.phrase.role == STOPS]
    if stopping:
        return stopping
    topics = Counter(hit.phrase.topic for hit in hits)
    best = min(
        topics,
        key=lambda topic: (
            min(STRENGTHS.index(hit.strength) for hit in hits if hit.phrase.topic == topic),
            -topics[topic],
        ),
    )
    return [hit for hit in hits if hit.phrase.topic == best]


def check(text: str, *, section: str = "", to_candidate: bool = False, names: Iterable[str] = ()) -> list[Finding]:
    """What in a text about a person has no place there, blocked findings first; each topic is named once for each severity.

    Args:
        text: what somebody has written.
        section: of the case in which it stands, for the findings.
        to_candidate: it is for the candidate: then promises of the job and questions about the person count, too.
        names: of the people concerned, which are no findings.
    """
    reading = read(without_names(text, names))
    reading.text = text  # findings quote what was typed
    matched: dict[tuple[str, str], list[Hit]] = defaultdict(list)
    for hit, severity in _taken(reading, to_candidate=to_candidate):
        matched[hit.phrase.topic, severity].append(hit)
    findings = [
        Finding(
            severity,
            topic,
            tuple(dict.fromkeys(reading.terms(hit.first, hit.after) for hit in hits)),
            lists().topics[topic].why,
            section,
            tuple((reading.tokens[hit.first].start, reading.tokens[hit.after - 1].end) for hit in hits),
        )
        for (topic, severity), hits in matched.items()
        if severity == BLOCKED or (topic, BLOCKED) not in matched
    ]
    order = list(lists().topics)
    return sorted(findings, key=lambda finding: (not finding.is_blocked, order.index(finding.topic)))


def is_blocked(text: str) -> bool:
    """Whether a text holds what must not stand in a case."""
    return any(finding.is_blocked for finding in check(text))


def past_pay(text: str) -> Finding | None:
    """The words that tell what somebody earns or earned, which is stored nowhere."""
    return next((finding for finding in check(text) if finding.is_past_pay and finding.is_blocked), None)


def without_blocked(text: str, *, names: Iterable[str] = ()) -> str:
    """A text that somebody else wrote, as it is stored: what may not be stored is left out, where it stood."""
    names = tuple(names)
    for _ in range(ROUNDS):
        spans = sorted(span for finding in check(text, names=names) if finding.is_blocked for span in finding.spans)
        pieces, at = [], 0
        for start, end in spans:
            if start >= at:
                pieces += [text[at:start], LEFT_OUT]
            at = max(at, end)
        text = "".join([*pieces, text[at:]])
    return text
