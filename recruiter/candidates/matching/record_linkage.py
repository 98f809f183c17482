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
LEGAL_FORMS = [
    "gmbh", "ag", "kg", "kgaa", "ohg", "ug", "se", "ev", "ltd", "limited", "llc", "llp", "lp", "plc", "inc",
    "incorporated", "corp", "corporation", "co", "company", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "oy",
    "oyj", "ab", "as", "asa", "aps", "pty", "pvt", "pte", "kk", "holding", "group", "gruppe",
]  # fmt: skip
LEGAL_FORM_ENDING = re.compile(rf"(?:[\s,&+]+|\band\b|\bund\b)+(?:{'|'.join(LEGAL_FORMS)})$")
ABBREVIATION_DOTS = re.compile(r"(?<=\b\w)\.(?=\w\b)|(?<=\w)\.(?=\s|,|$)")  # g.m.b.h. and inc. without their dots
PUNCTUATION = str.maketrans(dict.fromkeys('.,;/()[]"|_', " ") | dict.fromkeys("'\u2019`", ""))
FEWEST_SHARED_WORDS = 2  # words that two names have in common, where they are not the same
MOST_ALIKE = 200  # of one block are compared with each other; of more, only those with the same words


class MatchKind(IntEnum):
    """How alike two names are, or two employers; the surest first."""

    SAME = 0
    ORDER = 1
    PART = 2
    INITIAL = 3
    NEAR = 4


NAME_TEXTS = {
    MatchKind.SAME: "the same name",
    MatchKind.ORDER: "the same name in another order",
    MatchKind.PART: "the same name with one more part",
    MatchKind.INITIAL: "the same name with an initial",
    MatchKind.NEAR: "nearly the same name",
}
EMPLOYER_TEXTS = {MatchKind.SAME: "the same employer", MatchKind.NEAR: "nearly the same employer"}
BOTH = "the same name and employer"


@dataclass(frozen=True)
class ComparedPerson:
    """What is compared of a person: the words of the name, and the employer without its legal form."""

    id: int
    name_words: tuple[str, ...]
    employer: str


def words_of_name(name_key: str) -> tuple[str, ...]:
    """The words of a folded name without titles and marks, so that Müller and Mueller are one."""
    spelt = name_key
    for written, read in text.SPELT:
        spelt = spelt.replace(written, read)
    split_words = spelt.translate(PUNCTUATION).split()
    return tuple([word for word in split_words if word not in TITLES] or split_words)


def employer_of(headline: str) -> str:
    """The employer in a headline, folded and without its legal form: Cobalt Pay GmbH & Co. KG is cobalt pay. Empty for none."""
    shortened = _without_legal_form(ABBREVIATION_DOTS.sub("", text.folded(headline)))
    return _without_legal_form(rules.employer_key(shortened))


def _without_legal_form(employer: str) -> str:
    shortened = employer.strip(" ,.&+")
    while (shorter := LEGAL_FORM_ENDING.sub("", shortened).strip(" ,.&+")) != shortened:
        shortened = shorter
    return shortened


def names_match(first: Sequence[str], second: Sequence[str]) -> MatchKind | None:
    """How alike two names are: None where they are of two people for all that can be told."""
    if tuple(first) == tuple(second):
        return MatchKind.SAME
    if sorted(first) == sorted(second):
        return MatchKind.ORDER
    short, long = sorted((list(first), list(second)), key=len)
    if len(short) < FEWEST_SHARED_WORDS:
        return None
    for word in [*short]:
        if word in long:
            short.remove(word)
            long.remove(word)
    if not short:
        return MatchKind.PART
    worst = MatchKind.PART
    whole_matches = min(len(first), len(second)) - len(short)
    for word in short:
        matches = [(_word_match(word, other), other) for other in long]
        match, closest = min(matches, default=(None, ""), key=lambda pair: pair[0] or 9)
        if match is None or match == worst == MatchKind.NEAR:
            return None
        worst = max(worst, match)
        long.remove(closest)
    return worst if whole_matches else None


def _word_match(first: str, second: str) -> MatchKind | None:
    if len(first) == 1 or len(second) == 1:
        return MatchKind.INITIAL if first[0] == second[0] else None
    return MatchKind.NEAR if _is_slip(first, second) else None


def _is_slip(first: str, second: str) -> bool:
    """Whether two words differ by no more letters than a slip of the pen makes."""
    from rapidfuzz.distance import OSA  # loaded where people are compared

    most = fuzzy_search.allowed_errors(min(first, second, key=len))
    return most > 0 and first[0] == second[0] and OSA.distance(first, second, score_cutoff=most) <= most


def employers_match(first: str, second: str) -> MatchKind | None:
    """How alike two employers are, as `employer_of` has them: the same, or nearly so by a slip or one more word."""
    if not first or not second:
        return None
    if first == second:
        return MatchKind.SAME
    few, many = sorted((first.split(), second.split()), key=len)
    extends = len(few) >= FEWEST_SHARED_WORDS and many[: len(few)] == few
    return MatchKind.NEAR if extends or _is_slip(first, second) else None


def match_text(name: MatchKind, employer: MatchKind) -> str:
    """What two people have in common, in words that follow `they have`."""
    if name == employer == MatchKind.SAME:
        return BOTH
    return f"{NAME_TEXTS[name]} and {EMPLOYER_TEXTS[employer]}"


REASON_ORDER = [
    match_text(name, employer)
    for employer in EMPLOYER_TEXTS
    for name in NAME_TEXTS
    if employer == MatchKind.SAME or name < MatchKind.PART
]


def match_reason(first: ComparedPerson, second: ComparedPerson) -> str | None:
    """Why two people may be one, by name and employer; where the employer is but nearly the same, the name must be the same."""
    name, employer = names_match(first.name_words, second.name_words), employers_match(first.employer, second.employer)
    if name is None or employer is None or (employer != MatchKind.SAME and name > MatchKind.ORDER):
        return None
    return match_text(name, employer)


def matching_pairs(people: Iterable[ComparedPerson]) -> Iterator[tuple[int, int, str]]:
    """The pairs among many who may be one, by their numbers, lower first, each with its reason.

    Only those are compared who share an employer and the first letters of two words of their names, or all words of them.
    """
    blocks: dict[tuple[str, ...], list[ComparedPerson]] = defaultdict(list)
    for person in people:
        if person.employer and person.name_words:
            name_words = sorted(person.name_words)
            blocks["name", *name_words].append(person)
            initials = sorted({word[0] for word in name_words} | _repeated_initials(name_words))
            for first, second in itertools.combinations(initials, 2):
                blocks["employer", person.employer, first, second].append(person)
    seen: set[tuple[int, int]] = set()
    for key, block in blocks.items():
        if len(block) > MOST_ALIKE and key[0] == "employer":
            continue  # those with all words the same are in a block of their own
        for person, other_person in itertools.combinations(block[:MOST_ALIKE], 2):
            low, high = sorted((person, other_person), key=lambda each: each.id)
            if (low.id, high.id) not in seen:
                seen.add((low.id, high.id))
                if match := match_reason(low, high):
                    yield low.id, high.id, match


def _repeated_initials(sorted_words: Sequence[str]) -> set[str]:
    """A letter with which two words of a name begin stands for a pair of its own: Anna Adler, A. Adler."""
    letters = [word[0] for word in sorted_words]
    return {f"{letter}2" for letter in letters if letters.count(letter) > 1}
