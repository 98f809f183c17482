"""Whose words come close to mistyped ones: a letter wrong, missing, doubled or swapped, one in a short word, two in a long one."""

from __future__ import annotations

from collections.abc import Mapping

from recruiter.foundation import text

SHORTEST = 4  # a word of three letters is close to too many
LONG = 7
MOST_WORDS = 8
MOST_SPELLINGS = 50
APART = str.maketrans(dict.fromkeys(",;/()[]|-_", " "))


def allowed(word: str) -> int:
    """How many letters of a word may be wrong."""
    if len(word) < SHORTEST:
        return 0
    return 2 if len(word) >= LONG else 1


def swapped(word: str, known: list[str]) -> list[str]:
    """The known words that are a word of three letters with two neighbours swapped, like Zeo for Zoe."""
    if len(word) != SHORTEST - 1:
        return []
    turned = {word[1] + word[0] + word[2], word[0] + word[2] + word[1]} - {word}
    return [spelling for spelling in known if spelling in turned]


def closest(q: str, keys: Mapping[int, str], *, limit: int, but: frozenset[int] = frozenset()) -> list[int]:
    """The numbers of those whose folded words come close to every word of a search, the closest first."""
    words = text.folded(q).translate(APART).split()[:MOST_WORDS]
    if not any(len(word) >= SHORTEST - 1 for word in words):
        return []
    known = list(set("\n".join(keys.values()).translate(APART).split()))
    spellings = [_spellings(word, known) for word in words]
    found = []
    for number, key in keys.items():
        errors = 0
        for near in spellings:
            best = next((wrong for spelling, wrong in near if spelling in key), None)
            if best is None:
                break
            errors += best
        else:
            found.append((errors, number))
    return [number for _, number in sorted(found) if number not in but][:limit]


def _spellings(word: str, known: list[str]) -> list[tuple[str, int]]:
    """The word itself and the known words that come close to it, with the letters that differ, the closest first."""
    from rapidfuzz import process  # loaded when a plain search finds few
    from rapidfuzz.distance import OSA

    near = [(word, 0), *((spelling, 1) for spelling in swapped(word, known))]
    if errors := allowed(word):
        found = process.extract(word, known, scorer=OSA.distance, score_cutoff=errors, limit=MOST_SPELLINGS)
        near += [(spelling, int(distance)) for spelling, distance, _ in found]
    return near
