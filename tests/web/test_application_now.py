"""The page of an application as somebody needs it in the middle of a day: what presses, the scores, what was said."""

import datetime as dt
import html

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.candidates.models import Note
from recruiter.foundation.money import Money
from recruiter.keepwarm.contacts import concern_services, promise_services, readiness_services
from recruiter.keepwarm.models.records import ConcernKind, Promise, PromiseState, Touchpoint
from recruiter.offers import competing_processes
from recruiter.offers import rules as offer_rules
from recruiter.offers import services as offers
from recruiter.offers.models import OfferStatus, SourceClass
from tests import factories
from tests.acts import act_by
from tests.ranking.rating import rated


@pytest.fixture
def slate(session, people, now):
    """Three finalists of whom the first two are rated alike."""
    requisition = factories.requisition(session, people, now)
    slate = factories.finalists(session, people, now, requisition)
    for finalist, marks in zip(slate, [(4, 4), (4, 4), (2, 2)], strict=True):
        rated(session, people, now, finalist, marks)
    session.commit()
    return slate


def _page(client, application):
    answer = client.get(f"/applications/{application.id}")
    assert answer.status_code == 200
    return html.unescape(answer.get_data(as_text=True))


def _rows(session, model):
    with Session(session.get_bind()) as own:
        return list(own.scalars(select(model).order_by(model.id)))


def _press(session, people, application, now):
    """A promise that is broken, and an offer elsewhere that ends in four days."""
    before = now - dt.timedelta(days=3)
    act = act_by(people.ruth, now=before)
    promise_services.make_promise(session, application=application, what="News", due_on=before.date(), act=act)
    competing_processes.record(
        session, stage="Offer", source_class=SourceClass.CREDIBLE, employer="Kestrel", amount=Money(9_300_000, "EUR"),
        decision_on=now.date() + dt.timedelta(days=4), application=application, act=act_by(people.ruth, now=now),
    )  # fmt: skip
    session.commit()


def test_three_facts_press_each_with_its_date(browse, slate, session, people, now):
    _, bela, _ = slate
    _press(session, people, bela, now)
    page = _page(browse("ruth"), bela)
    tiles = page.split('aria-label="What matters now"')[1].split("</section>")[0]
    assert tiles.index("Answer promised by Sun 15 Nov") < tiles.index("Kestrel\u2019s offer ends Sun 22 Nov")
    assert tiles.index("Kestrel\u2019s offer ends Sun 22 Nov") < tiles.index("Tied for first, Backup 1")
    for phrase in ("3 days overdue", "EUR 93,000 base, 4 days left", "above the bar. Placed Wed 18 Nov.", "See why"):
        assert phrase in tiles
    assert "The promised date" in page  # the timeline says that it passed
    assert "93,000" not in _page(browse("rolf"), bela)


def test_nothing_pressing_leaves_no_row(browse, session, people, now):
    application = factories.application(
        session, people, now, factories.requisition(session, people, now), stage="screen"
    )
    session.commit()
    page = _page(browse("ruth"), application)
    assert "What matters now" not in page
    assert "No scorecards yet" in page


def test_scores_are_dots_for_whoever_may_see_them(browse, slate):
    _, bela, _ = slate
    page = _page(browse("ruth"), bela)
    panel = page.split('id="scores"')[1].split("</section>")[0]
    assert panel.count('class="s-dot"') == 4
    assert "rated 4, 4" in panel
    assert "Would they hire: 2 strong yes." in panel
    assert "Would they hire" in _page(browse("ines"), bela)  # hers is in


def test_whoever_owes_a_card_sees_no_score_and_no_standing(browse, slate, session, people, now):
    _, bela, chidi = slate
    _press(session, people, bela, now)
    rated(session, people, now, bela, (), panel=("hana", "xenia"))
    for name in ("hana", "xenia"):
        page = _page(browse(name), bela)
        assert "Scores open when you submit your scorecard." in page
        for secret in ("s-dot", "Would they hire", "Tied for", "Backup", " the bar.", "CANARY", "See why"):
            assert secret not in page, (name, secret)
        assert "Fill in scorecard" in page
    assert "Answer promised by Sun 15 Nov" in _page(browse("hana"), bela)  # a date is no rating
    assert "What matters now" not in _page(browse("xenia"), bela)
    assert " the bar." not in _page(browse("hana"), chidi)  # another on the same search


def test_a_call_is_kept_with_its_promise(browse, slate, session, now):
    _, bela, _ = slate
    home = f"/applications/{bela.id}"
    contact = {"how": "call", "text": "I would rather know by Tuesday", "promise_by": "2026-11-24"}
    answer = browse("ruth").post(f"{home}/notes", data=contact)
    assert (answer.status_code, answer.location) == (303, home)
    touch, promise = _rows(session, Touchpoint)[0], _rows(session, Promise)[0]
    assert (touch.channel, touch.kind, touch.direction, touch.text) == ("phone", "call", "to", contact["text"])
    assert (promise.due_on, promise.state) == (dt.date(2026, 11, 24), PromiseState.OPEN)
    later = {"how": "email", "theirs": "y", "text": "Thursday is fine", "promise_by": "2026-11-25"}
    browse("ruth").post(f"{home}/notes", data=later)
    assert [(row.channel, row.direction) for row in _rows(session, Touchpoint)][1] == ("email", "from")
    assert [(row.due_on.day, row.state) for row in _rows(session, Promise)] == [(24, "renewed"), (25, "open")]
    page = _page(browse("ruth"), bela)
    assert "Thursday is fine" in page
    assert "Answer promised by Wed 25 Nov" in page


@pytest.mark.parametrize(
    ("more", "message", "place"),
    [
        ({"text": ""}, "Write the note first.", "note-text"),
        ({"promise_by": "2026-11-17"}, "Give a date", "note-promise_by"),
        ({"promise_by": "soon"}, "Not a valid date", "note-promise_by"),
        ({"private": "y"}, "Choose Note for private words.", "note-private"),
        ({"text": "KEPT: their current salary is 80,000"}, "no current or past pay", "note-text"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field_and_nothing_typed_is_lost(browse, slate, session, more, message, place):
    data = {"how": "call", "text": "KEPT <words>", "theirs": "y", **more}
    answer = browse("ruth").post(f"/applications/{slate[1].id}/notes", data=data)
    page = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert f'href="#{place}"' in page
    assert f'id="{place}"' in page
    assert ("KEPT" in page) is bool(data["text"])
    assert (
        'value="call" checked' in page.replace("checked type", "checked>type") or 'checked id="note-how-call"' in page
    )
    assert (_rows(session, Touchpoint), _rows(session, Promise), _rows(session, Note)) == ([], [], [])


def test_an_interviewer_writes_notes_and_records_no_contact(browse, slate, session):
    ines, home = browse("ines"), f"/applications/{slate[0].id}"
    assert "note-how" not in _page(ines, slate[0])
    assert ines.post(f"{home}/notes", data={"how": "call", "text": "Spoke"}).status_code == 403
    assert ines.post(f"{home}/notes", data={"text": "Spoke", "promise_by": "2026-11-24"}).status_code == 403
    assert (_rows(session, Touchpoint), _rows(session, Promise)) == ([], [])
    assert ines.post(f"{home}/notes", data={"text": "A note"}).status_code == 303


def test_the_first_thing_to_do_follows_the_stage(browse, slate, session, people, now):
    ada, bela, _ = slate
    requisition = ada.requisition
    applied = factories.application(session, people, now, requisition, "Wilma")
    panel = factories.application(session, people, now, requisition, "Yuri", stage="interview")
    offer = offers.draft(
        session,
        application=ada,
        terms=offer_rules.Terms(base=Money(8_000_000, "EUR")),
        act=act_by(people.ruth, now=now),
    )
    offer.status, offer.expires_on = OfferStatus.EXTENDED, now.date() + dt.timedelta(days=2)
    session.commit()

    def primary(application, name="ruth"):
        return _page(browse(name), application).split('btn btn-primary" href="')[1].split("</a>")[0].split("</svg>")[-1]

    assert [primary(application) for application in (applied, panel, bela, ada)] == [
        "Write down what was said", "Book interview", "Log a touch", "Record answer",
    ]  # fmt: skip
    assert primary(ada, "rolf") == "Log a touch"  # Rolf sees no offers
    assert "Our offer ends Fri 20 Nov" in _page(browse("ruth"), ada)


def test_open_concerns_and_what_is_known_stand_beside(browse, slate, session, people, now):
    _, bela, _ = slate
    about = {"application": bela, "act": act_by(people.ruth, now=now)}
    concern_services.raise_concern(
        session, kind=ConcernKind.SCOPE, description="A build or a rescue?", owner=people.hana, **about
    )
    answers = readiness_services.ReadinessAnswers(
        interested=True, available_from=dt.date(2027, 6, 28), expectation_within_band=True
    )
    readiness_services.record_readiness(session, answers=answers, **about)
    session.commit()
    page = _page(browse("ruth"), bela)
    assert "A build or a rescue?" in page
    assert "1 of 1" in page
    assert "Within the band" in page
    assert "28 Jun 2027" in page  # beyond half a year a date carries its year
    assert "A build or a rescue?" not in _page(browse("ines"), bela)
