"""The check of words: what has no place in a text about a person, with the words marked and the reason; near misses are let through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from recruiter.foundation.lexicon.phrases import Phrase
from recruiter.foundation.lexicon.spared_names import without_names
from recruiter.foundation.lexicon.tokens import Reading, read
from recruiter.foundation.lexicon.topics import (
    ANY_TOPIC,
    BLOCKED,
    DOUBTS,
    HINTS,
    LANGUAGES,
    PAST_PAY,
    SPARES,
    STOPS,
    WARNED,
    WORK,
    lists,
)

ENOUGH = 2  # fewer small words say nothing about the language
NEAR = 8  # as many words apart, the work explains a word that may be about the person
LEFT_OUT = "[words left out]"
ROUNDS = 5  # what is left is read again: other words may come together
CLEAR = 0.6  # a language with this share of the most small words may be the one of a sentence


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


@dataclass(frozen=True, slots=True)
class _Hit:
    phrase: Phrase
    first: int
    after: int


def _languages(reading: Reading) -> dict[int, set[str]]:
    """In which languages each sentence may be, by its small words, else by those of the whole text."""
    small_words = lists().small_words
    by_sentence: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(LANGUAGES, 0))
    whole = dict.fromkeys(LANGUAGES, 0)
    for token in reading.tokens:
        for language, terms in small_words.items():
            if token.readings[0][0] in terms:
                by_sentence[token.sentence][language] += 1
                whole[language] += 1

    def likely(counts: dict[str, int]) -> set[str]:
        most = max(counts.values())
        return (
            {language for language, count in counts.items() if count >= most * CLEAR}
            if most >= ENOUGH
            else set(LANGUAGES)
        )

    return defaultdict(lambda: likely(whole), {sentence: likely(counts) for sentence, counts in by_sentence.items()})


def _hits(reading: Reading) -> list[_Hit]:
    hits = [_Hit(*matched) for matched in lists().index.found_in(reading)]
    if not any(hit.phrase.own_language for hit in hits):
        return hits
    languages = _languages(reading)
    return [
        hit
        for hit in hits
        if not hit.phrase.own_language or hit.phrase.language in languages[reading.tokens[hit.first].sentence]
    ]


def _explained(hits: Iterable[_Hit], reading: Reading) -> dict[str, set[int]]:
    """By topic, the words near which the work is named: what may be about the person is about the work there."""
    places: dict[str, set[int]] = defaultdict(set)
    for hit in hits:
        if hit.phrase.role == WORK:
            sentence = reading.tokens[hit.first].sentence
            near = range(max(0, hit.first - NEAR), min(len(reading.tokens), hit.after + NEAR))
            places[hit.phrase.topic].update(place for place in near if reading.tokens[place].sentence == sentence)
    return places


def _standing(reading: Reading) -> list[_Hit]:
    """The hits that count: neither spared nor explained by the work."""
    hits = _hits(reading)
    spared = {place for hit in hits if hit.phrase.role == SPARES for place in range(hit.first, hit.after)}
    explained = _explained(hits, reading)

    def counts(hit: _Hit) -> bool:
        places = range(hit.first, hit.after)
        if hit.phrase.role not in (STOPS, HINTS, DOUBTS) or not spared.isdisjoint(places):
            return False
        if hit.phrase.role == STOPS:
            return True
        return all(explained[topic].isdisjoint(places) for topic in (ANY_TOPIC, hit.phrase.topic))

    return [hit for hit in hits if counts(hit)]


def check(text: str, *, section: str = "", to_candidate: bool = False, names: Iterable[str] = ()) -> list[Finding]:
    """What in a text about a person has no place there, blocked findings first; each topic is named once for each severity.

    Args:
        text: what somebody has written.
        section: of the case in which it stands, for the findings.
        to_candidate: it is for the candidate: then promises of the job and questions about the person count, too.
        names: of the people concerned, which are no findings.
    """
    reading = read(without_names(text, names) if names else text)
    reading.text = text  # findings quote what was typed
    matched: dict[tuple[str, str], list[_Hit]] = defaultdict(list)
    for hit in _standing(reading):
        topic = lists().topics[hit.phrase.topic]
        is_hint = hit.phrase.role == HINTS
        if not (is_hint if to_candidate else topic.to_candidates_only):
            severity = WARNED if is_hint else topic.severity
            matched[topic.name, severity].append(hit)
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
