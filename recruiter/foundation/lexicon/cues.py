"""Cues: words that say of a sentence whether it is about work that was done or about what somebody is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

SHORTEST, LONGEST = 2, 14  # letters of how a word begins or ends
MOST_KNOWN = 10_000  # words that were looked up


@dataclass
class Cues:
    """The cues of all languages, by word, by how words begin and by how they end."""

    terms: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    stems: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    tails: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    _known: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)

    def add(self, language: str, kind: str, terms: Iterable[str]) -> None:
        """Take words of one kind in; a star ends how words begin, or begins how they end."""
        for word in terms:
            place = self.stems if word.endswith("*") else self.tails if word.startswith("*") else self.terms
            place[word.strip("*")].add((language, kind))

    def _of(self, word: str) -> frozenset[tuple[str, str]]:
        if word not in self._known:
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
            self._known[word] = self._looked_up(word)
        return self._known[word]

    def _looked_up(self, word: str) -> frozenset[tuple[str, str]]:
        kinds = set(self.terms.get(word, ()))
        for length in range(SHORTEST, min(len(word), LONGEST) + 1):
            kinds |= self.stems.get(word[:length], set())
            kinds |= self.tails.get(word[-length:], set())
        return frozenset(kinds)

    def kinds(self, word: str, languages: Container[str]) -> set[str]:
        """What a word is in these languages."""
        return {kind for language, kind in self._of(word) if language in languages}
