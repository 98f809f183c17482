"""Whoever owes a card on somebody of a slate learns no place of its slate: with the order turned round every page and answer stays the same."""

import datetime as dt
import re

import pytest

from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from recruiter.pipeline import services as pipeline
from tests import factories
from tests.acts import act_by
from tests.offers import arranging

PAGES = [
    "/requisitions/{key}", "/requisitions/{key}?view=table", "/requisitions/{key}/finalists", "/requisitions/{key}/finalists/order",
    "/requisitions/{key}/bench", "/requisitions/{key}/promote", "/requisitions/{key}/offers", "/requisitions/{key}/debrief",
    "/keep-warm", "/", "/applications/{b}", "/applications/{b}/bench", "/applications/{c}", "/applications/{c}/bench",
]  # fmt: skip
ANSWERS = ["/keep-warm", "/applications/{b}", "/applications/{c}", "/requisitions/{number}/applications"]


@pytest.fixture
def owing(session, people, now):
    """A slate whose first choice is lost; Hana and Ruth owe a card on its third."""
    requisition = factories.requisition(session, people, now - dt.timedelta(days=20))
    slate = factories.finalists(session, people, now - dt.timedelta(days=9), requisition)
    interviews.plan(
        session, application=slate[2], stage=requisition.stages[2], name="Panel", starts_at=now - dt.timedelta(hours=3),
        ends_at=now - dt.timedelta(hours=2), panel=[Seat(people.hana), Seat(people.ruth)], act=act_by(people.ruth, now=now) )  # fmt: skip
    session.commit()
    return requisition, slate


def _told(browse, api, requisition, slate, name):
    names = {"key": requisition.key, "number": requisition.id, "b": slate[1].id, "c": slate[2].id}
    pages = {path: browse(name).get(path.format(**names)).get_data(as_text=True) for path in PAGES}
    answers = {path: getattr(api, name).get(path.format(**names)).get_data(as_text=True) for path in ANSWERS}
    return {
        path: re.sub(r'(value|nonce|content|data-csrf)="[^"]*"', "", text)
        for path, text in {**pages, **answers}.items()
    }


def _turned(session, people, now, requisition, order):
    pipeline.name_finalists(
        session, requisition=requisition, order=[(application, "Evidence on system design") for application in order],
        act=act_by(people.hana, now=now) )  # fmt: skip
    session.commit()


@pytest.mark.parametrize("name", ["hana", "ruth"])
def test_the_order_turned_round_changes_nothing_for_who_owes(browse, api, session, people, now, owing, name):
    requisition, slate = owing
    before = _told(browse, api, requisition, slate, name)
    _turned(session, people, now - dt.timedelta(days=9), requisition, [slate[0], slate[2], slate[1]])
    after = _told(browse, api, requisition, slate, name)
    assert [path for path in before if before[path] != after[path]] == []


@pytest.mark.parametrize("name", ["hana", "ruth"])
def test_who_comes_next_after_a_loss_is_not_told_to_who_owes(browse, api, session, people, now, owing, name):
    requisition, slate = owing
    arranging.offer(session, people, slate[0], now, to="declined")
    session.commit()
    before = _told(browse, api, requisition, slate, name)
    assert "Promote the next one" not in before["/"]
    assert "Bela Novak is next" not in before["/keep-warm"]
    client = browse(name)
    assert client.post(f"/requisitions/{requisition.key}/promote", data={"quick": "1"}).status_code == 409
    body = {"reason": "compensation", "phase": "offer"}
    assert getattr(api, name).post(f"/requisitions/{requisition.id}/promotion", body).status_code == 409


def test_who_owes_nothing_sees_who_is_next(browse, session, people, now, owing):
    requisition, slate = owing
    arranging.offer(session, people, slate[0], now, to="declined")
    session.commit()
    assert "Bela Novak" in browse("anja").get(f"/requisitions/{requisition.key}/promote").get_data(as_text=True)
