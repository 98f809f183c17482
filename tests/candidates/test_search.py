"""Finding people: by name, mail, phone, skill and the words of notes, accents folded, typos forgiven, nothing told that is hidden."""

import pytest

from recruiter.candidates import queries, services
from recruiter.candidates.matching import fuzzy_search
from recruiter.candidates.records import note_services
from recruiter.candidates.rules import CandidateDetails
from recruiter.policy import record_scopes
from tests import factories
from tests.acts import act_by
from tests.candidates.test_notes import meet, send


@pytest.fixture
def crowd(session, people, now):
    """People whom a search must tell apart."""
    made = {}
    for key, name, more in [
        ("zoe", "Zoë Ünal-Ferreira", {"emails": ["zoe.unal@example.com"], "phones": ["+49 (30) 123 45-67"]}),
        ("ada", "Ada Ferreira", {"headline": "Staff Engineer, Cobalt Pay", "tags": ["PostgreSQL", "Go"]}),
        ("jose", "José Müller", {"headline": "Designer, Orchard", "tags": ["Google Analytics"], "location": "São Paulo"}),
        ("kim", "Kim Kowalczyk", {"emails": ["kk@example.org"]}),
        ("per", "Per_100% Hansen", {}),
    ]:  # fmt: skip
        person = CandidateDetails(name=name, **more)
        made[key] = services.add(session, person=person, act=act_by(people.ruth, now=now))
    session.commit()
    return made


def find(session, actor, q="", **more):
    page = queries.page(session, record_scopes.search_scope(actor), limit=50, q=q, **more)
    return [candidate.name for candidate in page.items]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("zoe", ["zoe"]), ("ZOË ünal", ["zoe"]), ("unal zoe", ["zoe"]), ("ferreira", ["ada", "zoe"]), ("jose muller", ["jose"]),
        ("Jose\u0301", ["jose"]), ("sao paulo", ["jose"]), ("zoe.unal@", ["zoe"]), ("example.org", ["kim"]),
        ("1234567", ["zoe"]), ("030 1234567", ["zoe"]), ("+49 30 1234567", ["zoe"]), ("0049-30-123.45.67", ["zoe"]),
        ("123-45", ["zoe"]), ("99999999", []), ("postgresql", ["ada"]), ("go", ["ada", "jose"]), ("cobalt", ["ada"]),
        ("100%", ["per"]), ("per_1", ["per"]), ("%", ["per"]), ("_", ["per"]), ("\\", []), ("' OR 1=1 --", []),
    ],
)  # fmt: skip
def test_what_a_search_finds(session, people, crowd, q, expected):
    assert sorted(find(session, people.ruth, q, fuzzy=False)) == sorted(crowd[key].name for key in expected)


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("fereira ada", "ada"), ("adda ferrera", "ada"), ("kowalchik", "kim"), ("kim kowalzcyk", "kim"), ("jose mueler", "jose"),
        ("muler", "jose"), ("posgresql", "ada"), ("zoe unal feriera", "zoe"), ("zoe.unal@exmaple.com", "zoe"), ("xyz", None),
        ("zeo unal", "zoe"), ("oze", "zoe"), ("qwertyuiop", None), ("k", None),
    ],
)  # fmt: skip
def test_typos_are_forgiven(session, people, crowd, q, expected):
    first = find(session, people.ruth, q)[:1]
    assert first == ([crowd[expected].name] if expected else first if q == "k" else [])


def test_a_tag_is_taken_as_a_whole(session, people, crowd):
    assert find(session, people.ruth, tag="go") == ["Ada Ferreira"]
    assert find(session, people.ruth, tag="GO") == ["Ada Ferreira"]
    assert find(session, people.ruth, tag="goo") == []
    assert find(session, people.ruth, "ferreira", tag="postgresql") == ["Ada Ferreira"]
    assert find(session, people.ruth, "zoe", tag="go") == []


def test_the_words_of_notes_are_searched_as_far_as_they_may_be_read(session, people, now, crowd):
    about = {"subject": crowd["kim"], "act": act_by(people.ruth, now=now)}
    note_services.write(session, note_text="Plays the théremin", **about)
    hidden = note_services.write(session, note_text="Keeps a platypus", private=True, readers=[people.anja], **about)
    assert find(session, people.rolf, "theremin kowalczyk") == ["Kim Kowalczyk"]
    assert [name for name in ("ruth", "rolf", "anja") if find(session, getattr(people, name), "platypus")] == [
        "ruth",
        "anja",
    ]
    note_services.edit(session, note=hidden, note_text="Keeps a dog", act=act_by(people.ruth, now=now))
    assert find(session, people.ruth, "platypus") == []  # what a note said before is not searched
    note_services.remove(session, note=hidden, act=act_by(people.ruth, now=now))
    assert find(session, people.ruth, "dog") == []


def test_who_owes_a_card_does_not_find_by_what_others_wrote(session, people, now):
    application = factories.application(
        session, people, now, factories.requisition(session, people, now), "Ada Ferreira", stage="interview"
    )
    talk = meet(session, people, now, application, "hana", "ines")
    note_services.write(
        session,
        subject=application,
        note_text="Weak on SQL",
        act=act_by(people.ruth, now=now),
    )
    for actor in (people.hana, people.ines):
        assert find(session, actor, "SQL") == []
        assert find(session, actor, "ada") == ["Ada Ferreira"]
        send(session, talk, actor, now)
        assert find(session, actor, "SQL") == ["Ada Ferreira"]


def test_who_interviews_finds_by_name_alone(session, people, now):
    application = factories.application(
        session, people, now, factories.requisition(session, people, now), "Ada Ferreira", stage="interview"
    )
    change = CandidateDetails(
        emails=["canary@example.com"], phones=["+49 30 7654321"], tags=["hushed"], headline="Spy, MI6"
    )
    services.change(session, candidate=application.candidate, person=change, act=act_by(people.ruth, now=now))
    send(session, meet(session, people, now, application, "ines"), people.ines, now)
    for q in ("canary", "7654321", "hushed", "canari", "hushd", "mi6"):
        assert find(session, people.ines, q) == [], q
        if q not in {"canari", "hushd"}:
            assert find(session, people.ruth, q) == ["Ada Ferreira"], q
    assert find(session, people.ines, tag="hushed") == ["Ada Ferreira"]  # a filter that is not theirs does nothing
    assert find(session, people.ines, "adda ferrera") == ["Ada Ferreira"]


def test_a_confidential_search_is_not_found_exactly_or_nearly(session, people, now):
    secret = factories.requisition(session, people, now, confidential=True)
    factories.application(session, people, now, secret, "Hidden Person")
    for q in ("hidden", "hiden persn"):
        assert find(session, people.rolf, q) == []
        assert find(session, people.ruth, q) == ["Hidden Person"]


def test_near_leaves_out_those_who_were_found(session, people, crowd):
    scope = record_scopes.search_scope(people.ruth)
    candidates = queries.close_matches(session, scope, q="ferreira", limit=5, excluding=[crowd["ada"].id])
    assert [candidate.id for candidate in candidates] == [crowd["zoe"].id]


@pytest.mark.parametrize(
    ("word", "errors"), [("", 0), ("abc", 0), ("abcd", 1), ("abcdef", 1), ("abcdefg", 2), ("x" * 200, 2)]
)
def test_how_many_letters_may_be_wrong(word, errors):
    assert fuzzy_search.allowed_errors(word) == errors


def test_the_closest_come_first():
    keys = {1: "anna schmidt", 2: "anna schmitt", 3: "anna schulze", 4: "schmid anna"}
    assert fuzzy_search.closest("anna schmit", keys, limit=9) == [2, 1, 4]
    assert fuzzy_search.closest("anna schmit", keys, limit=9, excluding=frozenset([2])) == [1, 4]


@pytest.mark.parametrize("q", ["", "zoe", "zoee", "1234567", "platypus unal"])
def test_a_search_takes_as_many_statements_among_many_as_among_few(session, people, now, crowd, q, count_statements):
    def ask():
        session.flush()
        with count_statements() as seen:
            find(session, people.ruth, q)
        return [statement[:200] for statement in seen]

    few = ask()
    for place in range(60):
        made = factories.candidate(session, people, now, f"Zoe{place} Person")
        note_services.write(session, subject=made, note_text=f"zoe {place}", act=act_by(people.ruth, now=now))
    many = ask()
    assert len(many) <= len(few) <= 5, (few, many)
