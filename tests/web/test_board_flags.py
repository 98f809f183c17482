"""What the board points at: ties, offers above the band, whose candidates; each to whom it may be shown."""

import datetime as dt

import pytest

from recruiter.foundation.money import Money
from recruiter.keepwarm.contacts import promise_services
from recruiter.offers import competing_processes
from recruiter.offers import rules as offer_rules
from recruiter.offers import services as offers
from recruiter.offers.models import SourceClass
from recruiter.pipeline import services as pipeline
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import StageKind
from tests import factories
from tests.acts import act_by
from tests.ranking.rating import rated


@pytest.fixture
def search(session, people, now):
    """A slate of three of whom the first two are rated alike, and somebody whom Hana moved last."""
    requisition = factories.requisition(session, people, now)
    slate = factories.finalists(session, people, now, requisition)
    for application, marks in zip(slate, [(4, 4), (4, 4), (2, 2)], strict=True):
        rated(session, people, now, application, marks)
    hers = factories.application(session, people, now, requisition, "Yuri Gagarin")
    to = requisitions.stage_of_kind(requisition, StageKind.SCREEN)
    pipeline.move(session, application=hers, to=to, act=act_by(people.hana, now=now))
    session.commit()
    return requisition, slate


def _page(client, requisition, query=""):
    answer = client.get(f"/requisitions/{requisition.key}{query}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_tie_for_first_is_a_filter_and_stands_on_the_cards(browse, search):
    requisition, (ada, bela, chidi) = search
    page = _page(browse("ruth"), requisition)
    assert "First place is a tie of 2" in page
    assert "1st choice · tied 1st" in page
    assert "Backup 1 · tied 1st" in page
    assert "Backup 2 ·" not in page
    only = _page(browse("ruth"), requisition, "?flag=tie")
    assert f'id="application-{ada.id}"' in only
    assert f'id="application-{bela.id}"' in only
    assert f'id="application-{chidi.id}"' not in only


def test_whoever_owes_a_card_sees_no_tie_and_no_place(browse, search, session, people, now):
    requisition, (ada, bela, _) = search
    rated(session, people, now, bela, (), panel=("hana",))
    for query in ("", "?view=table", "?flag=tie", "?view=table&sort=place"):
        page = _page(browse("hana"), requisition, query)
        assert "tied 1st" not in page
        assert "tie of" not in page
        assert "1st choice" not in page
        assert "Backup" not in page
    assert f'id="application-{ada.id}"' not in _page(browse("hana"), requisition, "?flag=tie")
    assert "tied 1st" in _page(browse("ruth"), requisition)


def test_an_offer_above_the_band_says_so_to_who_sees_pay(browse, api, search, session, people, now):
    requisition, (ada, *_) = search
    over = offer_rules.Terms(base=Money(8_600_000, "EUR"))
    offers.draft(session, application=ada, terms=over, act=act_by(people.ruth, now=now))
    session.commit()
    assert "1 offer above band needs a case" in _page(browse("ruth"), requisition)
    assert "Above band: needs a case" in _page(browse("ruth"), requisition, "?flag=above")
    assert "bove band" not in _page(browse("rolf"), requisition)
    path = f"/requisitions/{requisition.id}/board"
    assert "above_band" in api.ruth.get(path).get_data(as_text=True)
    assert "above_band" not in api.rolf.get(path).get_data(as_text=True)


def test_a_card_has_three_flags_at_most_the_most_urgent_first(browse, search, session, people, now):
    requisition, (ada, *_) = search
    today, before = now.date(), now - dt.timedelta(days=5)
    act = act_by(people.ruth, now=before)
    promise_services.make_promise(session, application=ada, what="News", due_on=before.date(), act=act)
    about = {"application": ada, "act": act_by(people.ruth, now=now)}
    process = {"stage": "Offer", "source_class": SourceClass.CREDIBLE, "decision_on": today + dt.timedelta(days=4)}
    competing_processes.record(session, **process, **about)
    offers.draft(session, terms=offer_rules.Terms(base=Money(8_600_000, "EUR")), **about)
    session.commit()
    page = _page(browse("ruth"), requisition)
    card = page.split(f'id="application-{ada.id}"')[1].split("</li>")[0]
    flags = [part.split("</span>")[0].rsplit(">", 1)[-1] for part in card.split('class="badge')[1:]]
    assert flags == ["Answer 5 days late", "Above band: needs a case", "1st choice · tied 1st"]
    assert "1 answer overdue" in page


def test_a_slate_with_a_ranking_takes_no_more_statements_than_the_limit(browse, search, count_statements):
    requisition, _ = search
    ruth = browse("ruth")
    _page(ruth, requisition)
    with count_statements() as seen:
        assert "First place is a tie" in _page(ruth, requisition)
    assert len(seen) <= 15, "\n".join(seen)
