"""Nobody who owes a card learns anything of another's, by any channel: two worlds that differ in it answer with the same bytes."""

import pytest
from sqlalchemy.orm import Session

from recruiter.foundation.database.db import db
from tests.blindness.two_worlds import CANARY, CARDS, Told, empty

OWING = ("igor", "hana", "rolf")
# a checksum of a case, and who is tied for the first place: made from cards, and no card can be read in them
TELL_OF_NO_CARD = ("GET /api/v1/budget-cases", "GET /requisitions/{0.id}", "GET /requisitions/{0.key}")


@pytest.fixture
def worlds(app, now):
    """`worlds(ask)`: what `ask` finds in each of the two worlds, told one after the other in the same database."""
    app.config["WTF_CSRF_ENABLED"] = False

    def answers_to(ask):
        answers = []
        for card in CARDS:
            with app.app_context():
                empty()
                engine = db.engine
            with Session(engine, expire_on_commit=False) as session:
                answers.append(ask(Told(app, session, now, card)))
        return answers

    yield answers_to
    app.config["WTF_CSRF_ENABLED"] = True


def test_whoever_owes_a_card_reads_the_same_in_both_worlds(worlds):
    companies = []

    def ask(world):
        companies.append(world)
        return {name: world.answers(name) for name in (*OWING, "ruth")}

    high, low = worlds(ask)
    leaks = [
        f"{name}: {path} ({high[name][path][0]}, {low[name][path][0]})"
        for name in OWING
        for path in high[name]
        if high[name][path] != low[name][path]
    ]
    leaked = [
        f"{name}: {path}" for name in OWING for path, answer in high[name].items() if CANARY.encode() in answer[2]
    ]
    assert (leaks, leaked) == ([], [])
    assert all(high[name].keys() == low[name].keys() for name in OWING)
    read = [path for path, answer in high["hana"].items() if answer[0] == 200]
    assert len(read) > 60, "hardly anything was read, so nothing was shown"
    differing = {path for path, answer in high["ruth"].items() if answer != low["ruth"][path]}
    for path in ("/applications/1/scorecards", "/requisitions/1/debrief", "/requisitions/1/finalists"):
        assert f"GET {path}" in differing, "whoever owes nothing must see the difference"
        assert f"GET /api/v1{path}" in differing
    _check_readings(companies[1], differing)


def _check_readings(world, differing):
    """Whatever tells of a card puts on record that it was read, and whoever owes one has read none on that application."""
    application_id = world.world.application.id
    owing_ids = {getattr(world.people, name).id for name in OWING}
    read = {path for path, recorded in world.readings.items() if (world.people.ruth.id, application_id) in recorded}
    passed_over = {address.format(world.world.requisition) for address in TELL_OF_NO_CARD}
    assert sorted(path for path in differing - read if path.partition("?")[0] not in passed_over) == []
    owing = {
        path
        for path, recorded in world.readings.items()
        for who, on in recorded
        if who in owing_ids and on == application_id
    }
    assert owing == set()


def test_no_message_and_no_calendar_tells_of_a_card(worlds, clock):
    high, low = worlds(lambda world: world.letters(clock))
    assert high == low
    assert {"igor@example.com", "hana@example.com", "rolf@example.com"} <= set(high)
    assert CANARY not in str(high)
    assert any(calendar for _, _, calendar in high["hana@example.com"])
