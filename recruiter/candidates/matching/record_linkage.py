"""Whether two names and two employers may be those of one person: words in another order, initials, slips of the pen, GmbH and Ltd."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from recruiter.candidates import rules
from recruiter.candidates.matching import fuzzy_search
from recruiter.foundation import text

TITLES = frozenset([
    "dr", "prof", "professor", "mr", "mrs", "ms", "mx", "miss", "sir", "herr", "frau", "dipl", "ing", "phd", "mba",
    "msc", "bsc", "jr", "sr", "ii", "iii",
])  # fmt: skip
FORMS = [
    "gmbh", "ag", "kg", "kgaa", "ohg", "ug", "se", "ev", "ltd", "limited", "llc", "llp", "lp", "plc", "inc",
    "incorporated", "corp", "corporation", "co", "company", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "oy",
    "oyj", "ab", "as", "asa", "aps", "pty", "pvt", "pte", "kk", "holding", "group", "gruppe",
]  # fmt: skip
ENDING = re.compile(rf"(?:[\s,&+]+|\band\b|\bund\b)+(?:{'|'.join(FORMS)})$")
DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b)|(?<=\w)\.(?=\s|,|$)")  # g.m.b.h. and inc. without their dots
MARKS = str.maketrans(dict.fromkeys('.,;/()[]"|_', " ") | dict.fromkeys("'\u2019`", ""))
FEWEST = 2  # words that two names have in common, where they are not the same
MOST_ALIKE = 200  # of one block are compared with each other; of more, only those with the same words


class Likeness(IntEnum):
    """How alike two names are, or two employers; the surest first."""

    SAME = 0
    ORDER = 1
    PART = 2
    INITIAL = 3
    NEAR = 4


NAMES = {
    Likeness.SAME: "the same name",
    Likeness.ORDER: "the same name in another order",
    Likeness.PART: "the same name with one more part",
    Likeness.INITIAL: "the same name with an initial",
    Likeness.NEAR: "nearly the same name",
}
EMPLOYERS = {Likeness.SAME: "the same employer", Likeness.NEAR: "nearly the same employer"}
BOTH = "the same name and employer"


@dataclass(frozen=True)
class Known:
    """What is compared of a person: the words of the name, and the employer without its legal form."""

    id: int
    words: tuple[str, ...]
    employer: str


def words_of(name_key: str) -> tuple[str, ...]:
    """The words of a folded name without titles and marks, so that Müller and Mueller are one."""
    spelt = name_key
    for written, read in text.SPELT:
        spelt = spelt.replace(written, read)
    found = spelt.translate(MARKS).split()
    return tuple([one for one in found if one not in TITLES] or found)


def employer_of(headline: str) -> str:
    """The employer in a headline, folded and without its legal form: Cobalt Pay GmbH & Co. KG is cobalt pay. Empty for none."""
    return _bare(rules.employer_key(_bare(DOTTED.sub("", text.folded(headline)))))


def _bare(words: str) -> str:
    bare = words.strip(" ,.&+")
    while (shorter := ENDING.sub("", bare).strip(" ,.&+")) != bare:
        bare = shorter
    return bare


def names_alike(one: Sequence[str], other: Sequence[str]) -> Likeness | None:
    """How alike two names are: None where they are of two people for all that can be told."""
    if tuple(one) == tuple(other):
        return Likeness.SAME
    if sorted(one) == sorted(other):
        return Likeness.ORDER
    short, long = sorted((list(one), list(other)), key=len)
    if len(short) < FEWEST:
        return None
    for word in [*short]:
        if word in long:
            short.remove(word)
            long.remove(word)
    if not short:
        return Likeness.PART
    worst = Likeness.PART
    whole = min(len(one), len(other)) - len(short)
    for word in short:
        found = min(((_word(word, there), there) for there in long), default=(None, ""), key=lambda pair: pair[0] or 9)
        if found[0] is None or (found[0] == Likeness.NEAR and worst == Likeness.NEAR):
            return None
        worst = max(worst, found[0])
        long.remove(found[1])
    return worst if whole else None


def _word(one: str, other: str) -> Likeness | None:
    if len(one) == 1 or len(other) == 1:
        return Likeness.INITIAL if one[0] == other[0] else None
    return Likeness.NEAR if _slips(one, other) else None


def _slips(one: str, other: str) -> bool:
    """Whether two words differ by no more letters than a slip of the pen makes."""
    from rapidfuzz.distance import OSA  # loaded where people are compared

    most = fuzzy_search.allowed(min(one, other, key=len))
    return most > 0 and one[0] == other[0] and OSA.distance(one, other, score_cutoff=most) <= most


def employers_alike(one: str, other: str) -> Likeness | None:
    """How alike two employers are, as `employer_of` has them: the same, or nearly so by a slip or one more word."""
    if not one or not other:
        return None
    if one == other:
        return Likeness.SAME
    few, many = sorted((one.split(), other.split()), key=len)
    longer = len(few) >= FEWEST and many[: len(few)] == few
    return Likeness.NEAR if longer or _slips(one, other) else None


def why(name: Likeness, employer: Likeness) -> str:
    """What two people have in common, in words that follow `they have`."""
    if name == employer == Likeness.SAME:
        return BOTH
    return f"{NAMES[name]} and {EMPLOYERS[employer]}"


ORDER = [
    why(name, employer) for employer in EMPLOYERS for name in NAMES if employer == Likeness.SAME or name < Likeness.PART
]


def reason(one: Known, other: Known) -> str | None:
    """Why two people may be one, by name and employer; where the employer is but nearly the same, the name must be the same."""
    name, employer = names_alike(one.words, other.words), employers_alike(one.employer, other.employer)
    if name is None or employer is None or (employer != Likeness.SAME and name > Likeness.ORDER):
        return None
    return why(name, employer)


def pairs(people: Iterable[Known]) -> Iterator[tuple[int, int, str]]:
    """The pairs among many who may be one, by their numbers, lower first, each with its reason.

    Only those are compared who share an employer and the first letters of two words of their names, or all words of them.
    """
    blocks: dict[tuple[str, ...], list[Known]] = defaultdict(list)
    for one in people:
        if one.employer and one.words:
            ordered = sorted(one.words)
            blocks["name", *ordered].append(one)
            for first, second in itertools.combinations(sorted({word[0] for word in ordered} | _twice(ordered)), 2):
                blocks["employer", one.employer, first, second].append(one)
    seen: set[tuple[int, int]] = set()
    for key, block in blocks.items():
        if len(block) > MOST_ALIKE and key[0] == "employer":
            continue  # those with all words the same are in a block of their own
        for one, other in itertools.combinations(block[:MOST_ALIKE], 2):
            low, high = sorted((one, other), key=lambda each: each.id)
            if (low.id, high.id) not in seen:
                seen.add((low.id, high.id))
                if found := reason(low, high):
                    yield low.id, high.id, found


def _twice(ordered: Sequence[str]) -> set[str]:
    """A letter with which two words of a name begin stands for a pair of its own: Anna Adler, A. Adler."""
    letters = [word[0] for word in ordered]
    return {f"{letter}2" for letter in letters if letters.count(letter) > 1}
