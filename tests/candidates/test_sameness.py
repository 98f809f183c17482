"""Which names and employers are those of one person, and which are not."""

import time

import pytest
from faker import Faker

from recruiter.candidates.matching import record_linkage
from recruiter.candidates.matching.record_linkage import ComparedPerson, MatchKind
from recruiter.foundation import text


def _words(name):
    return record_linkage.words_of_name(text.folded(name))


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("Ada Ferreira", "ADA  Ferreira", MatchKind.SAME),
        ("Dr. Ada Ferreira", "Ada Ferreira, PhD", MatchKind.SAME),
        ("J\u00fcrgen M\u00fcller", "Juergen Mueller", MatchKind.SAME),
        ("Sean O\u2019Brien", "Sean O'Brien", MatchKind.SAME),
        ("Ferreira, Ada", "Ada Ferreira", MatchKind.ORDER),
        ("Anna-Lena Vogt", "Vogt Anna Lena", MatchKind.ORDER),
        ("Ada Maria Ferreira", "Ada Ferreira", MatchKind.PART),
        ("A. Ferreira", "Ada Ferreira", MatchKind.INITIAL),
        ("Ada M. Ferreira", "Ada Maria Ferreira", MatchKind.INITIAL),
        ("Anna Adler", "A. Adler", MatchKind.INITIAL),
        ("Ada Fereira", "Ada Ferreira", MatchKind.NEAR),
        ("Katharina Schmidt", "Katarina Schmidt", MatchKind.NEAR),
        ("Ferriera Ada", "Ada Ferreira", MatchKind.NEAR),
        ("\u674e \u660e", "\u674e \u660e", MatchKind.SAME),
        ("Ada Ferreira", "Bea Ferreira", None),
        ("Ada Ferreira", "Ada Novak", None),
        ("A. F.", "Ada Ferreira", None),
        ("B. Ferreira", "Ada Ferreira", None),
        ("Ada", "Ada Ferreira", None),
        ("Jan Kim", "Jon Kim", None),
        ("Adda Fereira", "Ada Ferreira", None),
        ("\u674e \u660e", "\u674e \u534e", None),
    ],
)
def test_names(first, second, alike):
    assert record_linkage.names_match(_words(first), _words(second)) == alike
    assert record_linkage.names_match(_words(second), _words(first)) == alike


@pytest.mark.parametrize(
    ("headline", "employer"),
    [
        ("Staff Engineer, Cobalt Pay", "cobalt pay"),
        ("Staff Engineer, Cobalt Pay, Inc.", "cobalt pay"),
        ("Engineer at Cobalt Pay GmbH & Co. KG", "cobalt pay"),
        ("Engineer at Cobalt Pay G.m.b.H.", "cobalt pay"),
        ("Ing\u00e9nieur chez Orchard S.A.", "orchard"),
        ("Engineer, Co", ""),
        ("Group Leader", ""),
        ("", ""),
    ],
)
def test_the_employer_without_its_legal_form(headline, employer):
    assert record_linkage.employer_of(headline) == employer


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("cobalt pay", "cobalt pay", MatchKind.SAME),
        ("cobalt pay", "colbalt pay", MatchKind.NEAR),
        ("cobalt pay", "cobalt pay europe", MatchKind.NEAR),
        ("cobalt", "cobalt pay", None),
        ("cobalt pay", "orchard health", None),
        ("", "", None),
    ],
)
def test_employers(first, second, alike):
    assert record_linkage.employers_match(first, second) == alike
    assert record_linkage.employers_match(second, first) == alike


def test_the_blocks_find_what_comparing_everybody_finds():
    names = [
        "Ada Ferreira",
        "Ferreira Ada",
        "A. Ferreira",
        "Ada Fereira",
        "Anna Adler",
        "A. Adler",
        "Bela Novak",
        "Ada Maria Ferreira",
    ]
    employers = ["cobalt pay", "colbalt pay", "orchard", "cobalt pay"]
    people = [
        ComparedPerson(number, _words(name), employers[place])
        for number, (name, place) in enumerate((name, place) for name in names for place in range(4))
    ]
    every = {
        (first.id, other.id): reason
        for place, first in enumerate(people)
        for other in people[place + 1 :]
        if (reason := record_linkage.match_reason(first, other))
    }
    assert {(first, other): reason for first, other, reason in record_linkage.matching_pairs(people)} == every
    assert len(set(every.values())) >= 6
    assert set(every.values()) <= set(record_linkage.REASON_ORDER)


def test_ten_thousand_are_compared_quickly_even_of_one_employer():
    fake = Faker()
    fake.seed_instance(7)
    people = [
        ComparedPerson(number, _words(fake.name()), "cobalt pay" if number % 2 else f"employer {number % 900}")
        for number in range(10_000)
    ]
    start = time.process_time()
    matches = list(record_linkage.matching_pairs(people))
    assert time.process_time() - start < 5  # a second or less on a machine at rest
    assert matches
