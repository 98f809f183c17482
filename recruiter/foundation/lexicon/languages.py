"""In which languages the sentences of a text may be written, by their small words and their cues."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

from recruiter.foundation.lexicon.tokens import Reading
from recruiter.foundation.lexicon.topics import LANGUAGES, lists

ENOUGH = 2  # fewer words say nothing about the language
CLEAR = 0.6  # a language with this share of the most words may be the one of a sentence


@cache
def _telling() -> dict[str, frozenset[str]]:
    """By word, the languages that it speaks for."""
    telling: dict[str, set[str]] = defaultdict(set)
    for language, terms in lists().small_words.items():
        for word in terms:
            telling[word].add(language)
    for word, kinds in lists().cues.terms.items():
        telling[word] |= {language for language, _ in kinds}
    return {word: frozenset(languages) for word, languages in telling.items()}


def _likely(counts: Counter[str]) -> set[str]:
    most = max(counts.values(), default=0)
    if most < ENOUGH:
        return set(LANGUAGES)
    return {language for language, count in counts.items() if count >= most * CLEAR}


def of_sentences(reading: Reading) -> dict[int, set[str]]:
    """The languages of each sentence; one that says nothing of its own has those of the whole text."""
    by_sentence: dict[int, Counter[str]] = defaultdict(Counter)
    telling = _telling()
    for token in reading.tokens:
        if not token.is_disguised and (languages := telling.get(token.readings[0][0])):
            counts = by_sentence[token.sentence]
            for language in languages:
                counts[language] += 1
    of_text = _likely(sum(by_sentence.values(), Counter()))
    return defaultdict(lambda: of_text, {sentence: _likely(counts) for sentence, counts in by_sentence.items()})
