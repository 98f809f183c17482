"""Which names and employers are those of one person, and which are not."""

import time

import pytest
from faker import Faker

from recruiter.candidates.matching import record_linkage
from recruiter.candidates.matching.record_linkage import Known, Likeness
from recruiter.foundation import text


def _words(name):
    return record_linkage.words_of(text.folded(name))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Ada Ferreira", "ADA  Ferreira", Likeness.SAME),
        ("Dr. Ada Ferreira", "Ada Ferreira, PhD", Likeness.SAME),
        ("J\u00fcrgen M\u00fcller", "Juergen Mueller", Likeness.SAME),
        ("Sean O\u2019Brien", "Sean O'Brien", Likeness.SAME),
        ("Ferreira, Ada", "Ada Ferreira", Likeness.ORDER),
        ("Anna-Lena Vogt", "Vogt Anna Lena", Likeness.ORDER),
        ("Ada Maria Ferreira", "Ada Ferreira", Likeness.PART),
        ("A. Ferreira", "Ada Ferreira", Likeness.INITIAL),
        ("Ada M. Ferreira", "Ada Maria Ferreira", Likeness.INITIAL),
        ("Anna Adler", "A. Adler", Likeness.INITIAL),
        ("Ada Fereira", "Ada Ferreira", Likeness.NEAR),
        ("Katharina Schmidt", "Katarina Schmidt", Likeness.NEAR),
        ("Ferriera Ada", "Ada Ferreira", Likeness.NEAR),
        ("\u674e \u660e", "\u674e \u660e", Likeness.SAME),
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
def test_names(one, other, alike):
    assert record_linkage.names_alike(_words(one), _words(other)) == alike
    assert record_linkage.names_alike(_words(other), _words(one)) == alike


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
    ("one", "other", "alike"),
    [
        ("cobalt pay", "cobalt pay", Likeness.SAME),
        ("cobalt pay", "colbalt pay", Likeness.NEAR),
        ("cobalt pay", "cobalt pay europe", Likeness.NEAR),
        ("cobalt", "cobalt pay", None),
        ("cobalt pay", "orchard health", None),
        ("", "", None),
    ],
)
def test_employers(one, other, alike):
    assert record_linkage.employers_alike(one, other) == alike
    assert record_linkage.employers_alike(other, one) == alike


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
        Known(number, _words(name), employers[place])
        for number, (name, place) in enumerate((name, place) for name in names for place in range(4))
    ]
    every = {
        (one.id, other.id): found
        for place, one in enumerate(people)
        for other in people[place + 1 :]
        if (found := record_linkage.reason(one, other))
    }
    assert {(one, other): found for one, other, found in record_linkage.pairs(people)} == every
    assert len(set(every.values())) >= 6
    assert set(every.values()) <= set(record_linkage.ORDER)


def test_ten_thousand_are_compared_quickly_even_of_one_employer():
    fake = Faker()
    fake.seed_instance(7)
    people = [
        Known(number, _words(fake.name()), "cobalt pay" if number % 2 else f"employer {number % 900}")
        for number in range(10_000)
    ]
    start = time.process_time()
    found = list(record_linkage.pairs(people))
    assert time.process_time() - start < 5  # a second or less on a machine at rest
    assert found
