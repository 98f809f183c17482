"""How long a search takes among 10,000 people with 20,000 notes. Run by hand: pytest tests/bench -o addopts= --import-mode=importlib -s [--postgres]."""

import statistics
import time

import pytest
from sqlalchemy import insert

from recruiter.candidates import queries, rules
from recruiter.candidates.matching import duplicates
from recruiter.candidates.models import Candidate, Contact, ContactKind, Note
from recruiter.foundation import text
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.policy import record_scopes, scopes
from tests import factories

PEOPLE = 10_000
LONGEST_MS = {"exact": 300, "near": 800, "page": 300, "duplicates": 800}
SKILLS = ["python", "go", "postgresql", "figma", "kubernetes", "accounting", "german", "welding", "sql", "research"]


@pytest.fixture
def many(session, people, now):
    requisition = factories.requisition(session, people, now)
    secret = factories.requisition(session, people, now, confidential=True)
    rows, ways, notes, applications = [], [], [], []
    for number in range(1, PEOPLE + 1):
        name, employer = factories.fake.name(), factories.fake.company()
        headline, tags = f"Engineer, {employer}", [SKILLS[number % 10], SKILLS[number % 7]]
        mail, phone = f"person{number}@example.com", f"+49 30 {5_000_000 + number}"
        key = text.folded(" ".join([name, headline, *tags, mail, phone]))
        rows.append(
            {
                "id": number, "name": name, "headline": headline, "name_key": text.folded(name), "search_key": key,
                "tags": tags, "tags_key": rules.tags_key(tags), "created_at": now, "version": 1,
            }
        )  # fmt: skip
        for kind, value, known in (
            (ContactKind.EMAIL, mail, mail),
            (ContactKind.PHONE, phone, rules.phone_key(phone)),
        ):
            ways.append({"candidate_id": number, "kind": kind, "value": value, "key": known})
        for _ in range(2):
            sentence = factories.fake.sentence(20)
            notes.append(
                {
                    "candidate_id": number, "text": sentence, "text_key": text.folded(sentence), "private": number % 9 == 0,
                    "author_id": people.ruth.id, "created_at": now, "version": 1,
                }
            )  # fmt: skip
        on = secret if number % 50 == 0 else requisition
        applications.append(
            {
                "candidate_id": number, "requisition_id": on.id, "stage_id": on.stages[0].id, "stage_since": now,
                "status": ApplicationStatus.ACTIVE, "applied_on": now.date(), "created_at": now, "version": 1,
            }
        )  # fmt: skip
    session.flush()
    for model, made in ((Candidate, rows), (Contact, ways), (Note, notes), (Application, applications)):
        session.execute(insert(model), made)
    session.commit()
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy import text as sql

        session.execute(sql("ANALYZE"))
        session.commit()


def took(act, times=7):
    act()
    durations = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        durations.append((time.perf_counter() - start) * 1000)
    return statistics.median(durations)


def test_a_search_among_ten_thousand_is_quick(session, people, many):
    measured = {}
    for name in ("ruth", "rolf"):
        actor = getattr(people, name)
        within, scope = scopes.candidates(actor), record_scopes.search_scope(actor)

        def ask(q, scope=scope, **more):
            return queries.page(session, scope, limit=50, q=q, **more)

        assert len(ask("smith").items) == 50
        assert [candidate.id for candidate in ask("030 5001234").items] == [1234]
        assert ask("person4321@exmaple.com").items[0].id == 4321
        for what, q in (("page", ""), ("exact", "smith"), ("exact", "person4321@example.com"), ("exact", "5001234"), ("exact", "zzzz sentence")):  # fmt: skip
            measured[f"{what} {q} as {name}"] = took(lambda q=q: ask(q, fuzzy=False))
        for q in ("jonatan smithh", "qwertyuiop"):
            measured[f"near {q} as {name}"] = took(
                lambda q=q: queries.close_matches(session, scope, q=q, limit=20)  # noqa: B023
            )
        measured[f"duplicates as {name}"] = took(lambda: duplicates.duplicate_pairs(session, within=within, limit=50))  # noqa: B023
    for what, milliseconds in measured.items():
        print(f"{session.get_bind().dialect.name:<11} {what:<45} {milliseconds:7.1f} ms")  # the point of it
    slow = {what: ms for what, ms in measured.items() if ms > LONGEST_MS[what.split()[0]]}
    assert slow == {}
