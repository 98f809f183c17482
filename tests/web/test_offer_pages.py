"""Offers as pages: drafted, changed, approved, answered; pay only for who may see it."""

import dataclasses
import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.budget import services as cases
from recruiter.budget.models import CaseVerdict
from recruiter.foundation.money import Money
from recruiter.offers import rules, services
from recruiter.offers.approval import approval_services
from recruiter.offers.models import ApprovalDecision, BandException, Offer, OfferStatus
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions.models import Opening, OpeningStatus
from tests import factories
from tests.acts import act_by
from tests.budget import arranging
from tests.sound_page import sound

NAME = "Zoë <b>&'Ünal</b> 🎻 שרה"
SHOWN = "Zoë &lt;b&gt;&amp;&#39;Ünal&lt;/b&gt; 🎻 שרה"
TERMS = {
    "base": "80,000.50", "bonus": "5 000", "sign_on": "", "equity": "2,000 <options> & more", "start_on": "2027-01-04",
    "expires_on": "2026-12-01",
}  # fmt: skip


@pytest.fixture
def slate(session, people, now):
    requisition = factories.requisition(session, people, now)
    order = factories.finalists(session, people, now, requisition, names=(NAME, "Bela Novak"))
    session.commit()
    return requisition, order


def _draft(session, people, application, now, base=7_500_000):
    terms = rules.Terms(base=Money(base, "EUR"))
    offer = services.draft(session, application=application, terms=terms, act=act_by(people.ruth, now=now))
    session.commit()
    return offer


def _submitted(session, people, application, now):
    offer = _draft(session, people, application, now)
    approval_services.submit(session, offer=offer, act=act_by(people.ruth, now=now))
    session.commit()
    return offer


def _out(session, people, application, now):
    offer = _submitted(session, people, application, now)
    approval_services.approve(
        session, offer=offer, decision=ApprovalDecision.APPROVED, comment="", act=act_by(people.arne, now=now)
    )
    services.extend(session, offer=offer, act=act_by(people.ruth, now=now))
    session.commit()
    return offer


def _fresh(session, kind, number):
    with Session(session.get_bind()) as own:
        offers = own.get(kind, number)
        own.expunge(offers)
        return offers


def _offers(session):
    with Session(session.get_bind()) as own:
        return list(own.scalars(select(Offer).order_by(Offer.id)))


@pytest.mark.parametrize("path", ["/applications/{0}/offers", "/requisitions/{1}/offers"])
@pytest.mark.parametrize(
    ("name", "status"),
    [("ruth", 200), ("hana", 200), ("rolf", 404), ("anja", 404), ("henk", 404), ("ines", 404), ("arne", 404)],
)
def test_who_sees_the_offers_of_a_search(browse, slate, path, name, status):
    requisition, (zoe, _) = slate
    assert browse(name).get(path.format(zoe.id, requisition.key)).status_code == status


def test_an_approver_sees_an_offer_once_it_was_submitted(browse, session, people, slate, now):
    _, (zoe, bela) = slate
    draft, sent = _draft(session, people, bela, now), _submitted(session, people, zoe, now)
    arne = browse("arne")
    assert arne.get(f"/offers/{draft.id}").status_code == 404
    text = sound(arne.get(f"/offers/{sent.id}"))
    assert SHOWN in text
    assert "EUR 75,000" in text
    assert "Your decision" in text
    assert "How it ends" not in text
    for name, status in [("rolf", 404), ("anja", 404), ("henk", 404), ("ines", 404), ("hana", 200)]:
        answer = browse(name).get(f"/offers/{sent.id}")
        assert answer.status_code == status
        assert status == 200 or "75,000" not in answer.get_data(as_text=True)


def test_empty_pages_say_what_fills_them(browse, slate):
    requisition, (zoe, _) = slate
    listed = sound(browse("ruth").get(f"/requisitions/{requisition.key}/offers"))
    assert "No offers yet" in listed
    assert f"/applications/{zoe.id}/offers" in listed
    assert SHOWN in listed
    drafting = sound(browse("ruth").get(f"/applications/{zoe.id}/offers"))
    assert 'value="75,000"' in drafting
    assert "Band from EUR 65,000 to EUR 85,000" in drafting


def test_an_offer_is_drafted_in_major_units(browse, session, slate):
    requisition, (zoe, _) = slate
    ruth = browse("ruth")
    answer = ruth.post(f"/applications/{zoe.id}/offers", data=TERMS)
    made = _offers(session)[0]
    assert (answer.status_code, answer.location) == (303, f"/offers/{made.id}")
    assert (made.base, made.bonus, made.sign_on, made.currency) == (8_000_050, 500_000, None, "EUR")
    assert (made.equity, made.expires_on.isoformat()) == (TERMS["equity"], "2026-12-01")
    text = sound(ruth.get(answer.location))
    assert "EUR 80,000.50" in text
    assert "2,000 &lt;options&gt; &amp; more" in text
    assert SHOWN in sound(ruth.get(f"/requisitions/{requisition.key}/offers"))
    assert "Draft an offer</h2>" not in sound(ruth.get(f"/applications/{zoe.id}/offers"))
    again = ruth.post(f"/applications/{zoe.id}/offers", data=TERMS)
    assert again.status_code == 409
    assert "already" in sound(again)


@pytest.mark.parametrize(
    ("wrong", "link"),
    [
        ({"base": "two hundred"}, "#terms-base"),
        ({"base": ""}, "#terms-base"),
        ({"base": "-5"}, "#terms-base"),
        ({"base": "1e400"}, "#terms-base"),
        ({"bonus": "some"}, "#terms-bonus"),
        ({"sign_on": "-1"}, "#terms-sign_on"),
        ({"expires_on": "2026-01-01"}, "#terms-expires_on"),
        ({"start_on": "soon"}, "#terms-start_on"),
        ({"equity": "x" * 501}, "#terms-equity"),
    ],
)
def test_what_terms_lack_is_said_at_its_field(browse, session, slate, wrong, link):
    _, (zoe, _) = slate
    answer = browse("ruth").post(f"/applications/{zoe.id}/offers", data={**TERMS, **wrong})
    text = sound(answer)
    assert answer.status_code == 422
    assert f'href="{link}"' in text
    assert "<title>Error: " in text
    assert "2026-12-01" in text or "expires_on" in wrong
    assert not _offers(session)


def test_without_a_band_the_currency_is_asked(browse, session, people, now):
    requisition = factories.requisition(session, people, now, band=None)
    application = factories.application(session, people, now, requisition)
    session.commit()
    path = f"/applications/{application.id}/offers"
    assert 'id="terms-currency"' in sound(browse("ruth").get(path))
    wrong = browse("ruth").post(path, data={**TERMS, "currency": "XXZ"})
    assert 'href="#terms-currency"' in sound(wrong)
    assert browse("ruth").post(path, data={**TERMS, "base": "9000000", "currency": "jpy"}).status_code == 303
    assert (_offers(session)[0].base, _offers(session)[0].currency) == (9_000_000, "JPY")
    sound(browse("ruth").get(f"/offers/{_offers(session)[0].id}"))


def _change(offer, **more):
    return {"version": str(offer.version), "base": "76,000", "bonus": "", "sign_on": "", "equity": "", **more}


def test_a_change_of_pay_voids_the_approval_and_the_approver_sees_what_changed(browse, session, people, slate, now):
    _, (zoe, _) = slate
    offer = _submitted(session, people, zoe, now)
    ruth, arne = browse("ruth"), browse("arne")
    silent = arne.post(f"/offers/{offer.id}/approval", data={"decision": "refused", "comment": " "})
    assert silent.status_code == 422
    assert 'href="#decision-comment"' in sound(silent)
    assert (
        arne.post(f"/offers/{offer.id}/approval", data={"decision": "approved", "terms_version": "1"}).status_code
        == 303
    )
    fresh = _fresh(session, Offer, offer.id)
    assert fresh.status == OfferStatus.APPROVED
    assert ruth.post(f"/offers/{offer.id}/terms", data=_change(fresh)).status_code == 303
    assert _fresh(session, Offer, offer.id).status == OfferStatus.DRAFT
    text = sound(ruth.get(f"/offers/{offer.id}"))
    assert "no longer counts" in text
    assert ruth.post(f"/offers/{offer.id}/submission", data={}).status_code == 303
    seen = sound(arne.get(f"/offers/{offer.id}"))
    decision = seen.split('id="decide"', 1)[1].split("</section>", 1)[0]
    assert "You approved an earlier state" in decision
    assert "EUR 75,000" in decision
    assert "EUR 76,000" in decision


def test_a_change_of_dates_is_a_version_with_its_difference_and_the_approval_stands(
    browse, session, people, slate, now
):
    _, (zoe, _) = slate
    offer = _submitted(session, people, zoe, now)
    ruth, arne = browse("ruth"), browse("arne")
    assert (
        arne.post(f"/offers/{offer.id}/approval", data={"decision": "approved", "terms_version": "1"}).status_code
        == 303
    )
    fresh = _fresh(session, Offer, offer.id)
    dates = {"base": "75,000", "start_on": "2027-02-01", "expires_on": "2026-12-04"}
    moved = ruth.post(f"/offers/{offer.id}/terms", data=_change(fresh, **dates), follow_redirects=True)
    text = sound(moved)
    assert "Version 1.1 saved. Only dates changed, so approvals still count." in text
    assert _fresh(session, Offer, offer.id).status == OfferStatus.APPROVED
    versions = text.split('id="versions"', 1)[1].split("</section>", 1)[0]
    first = versions.split("Version 1.1", 1)[1].split("</li>", 1)[0]
    assert "Ruth" in first
    for label, day in (("Start", "Mon 1 Feb"), ("Expires", "Fri 4 Dec")):
        assert re.search(rf"{label}: <bdi[^>]*>Not set</bdi> became <strong><bdi[^>]*>{day}", first), first
    assert "Only dates: approvals still count" in first
    texts = text.split('id="approvals"', 1)[1].split("</section>", 1)[0]
    assert "still counts, only dates have changed since" in texts
    assert "no longer counts" not in texts
    beside = sound(arne.get(f"/offers/{offer.id}")).split('id="beside"', 1)[1].split("</section>", 1)[0]
    assert "version 1.1" in beside
    assert "Fri 4 Dec" in beside


def test_an_offer_that_lapsed_is_made_again_with_a_new_end(browse, session, people, slate, now):
    requisition, (zoe, _) = slate
    offer = _out(session, people, zoe, now)
    ruth = browse("ruth")
    assert 'id="again"' not in sound(ruth.get(f"/offers/{offer.id}"))
    assert ruth.post(f"/offers/{offer.id}/lapse", data={"reason": "no_answer"}).status_code == 303
    for path in (f"/requisitions/{requisition.key}/offers", f"/applications/{zoe.id}/offers"):
        assert f'href="/offers/{offer.id}#again"' in sound(ruth.get(path))
    today = ruth.get("/").get_data(as_text=True)
    assert "lapsed; offer again, or promote the next" in today
    check = sound(ruth.get(f"/requisitions/{requisition.key}/promote"))
    assert "The offer of the first choice lapsed." in check
    assert "is still out" not in check
    text = sound(ruth.get(f"/offers/{offer.id}"))
    assert "pay of version 1" in text
    wrong = ruth.post(f"/offers/{offer.id}/again", data={"expires_on": "2026-01-01", "start_on": "2027-03-01"})
    assert wrong.status_code == 422
    assert 'href="#again-expires_on"' in sound(wrong)
    assert 'value="2027-03-01"' in wrong.get_data(as_text=True)
    assert len(_offers(session)) == 1
    done = ruth.post(f"/offers/{offer.id}/again", data={"expires_on": "2026-12-11"})
    assert done.status_code == 303
    _, again = _offers(session)
    assert done.location == f"/offers/{again.id}"
    assert (again.base, again.status, str(again.expires_on)) == (7_500_000, OfferStatus.DRAFT, "2026-12-11")
    assert "Offer again" not in sound(ruth.get(f"/offers/{offer.id}"))
    assert "lapsed; offer again" not in ruth.get("/").get_data(as_text=True)
    assert browse("ines").post(f"/offers/{offer.id}/again", data={"expires_on": "2026-12-11"}).status_code == 404


def test_a_declined_offer_is_made_again_only_with_a_reason_to_open_the_application(browse, session, people, slate, now):
    _, (zoe, _) = slate
    offer = _out(session, people, zoe, now)
    ruth = browse("ruth")
    assert ruth.post(f"/offers/{offer.id}/decline", data={"reason": "other", "own_words": "Later"}).status_code == 303
    silent = ruth.post(f"/offers/{offer.id}/again", data={"expires_on": "2026-12-11"})
    assert silent.status_code == 422
    assert 'href="#again-reason"' in sound(silent)
    assert _fresh(session, Application, zoe.id).status == ApplicationStatus.WITHDRAWN
    terms = {"expires_on": "2026-12-11", "reason": "They called back"}
    assert ruth.post(f"/offers/{offer.id}/again", data=terms).status_code == 303
    assert _fresh(session, Application, zoe.id).status == ApplicationStatus.ACTIVE


def test_two_people_on_one_offer_the_second_is_told_and_loses_nothing(browse, session, people, slate, now):
    _, (zoe, _) = slate
    offer = _draft(session, people, zoe, now)
    first = _change(offer)
    assert browse("ruth").post(f"/offers/{offer.id}/terms", data=first).status_code == 303
    second = browse("hana").post(f"/offers/{offer.id}/terms", data={**first, "base": "77,777"})
    assert second.status_code == 409
    text = sound(second)
    assert "Not saved. Ruth changed this offer at" in text
    assert 'value="77,777"' in text
    stale = browse("ruth").post(f"/offers/{offer.id}/submission", data={"version": str(offer.version)})
    assert stale.status_code == 409
    assert _fresh(session, Offer, offer.id).status == OfferStatus.DRAFT


def test_nobody_approves_what_they_asked_for_and_recruiters_approve_nothing(browse, session, people, slate, now):
    _, (zoe, _) = slate
    offer = _submitted(session, people, zoe, now)
    assert browse("ruth").post(f"/offers/{offer.id}/approval", data={"decision": "approved"}).status_code == 403
    offer.submitted_by_id = people.arne.id
    session.commit()
    arne = browse("arne")
    assert "somebody else decides" in sound(arne.get(f"/offers/{offer.id}"))
    assert (
        arne.post(f"/offers/{offer.id}/approval", data={"decision": "approved", "terms_version": "1"}).status_code
        == 403
    )
    assert arne.post(f"/offers/{offer.id}/approval", data={"decision": "maybe"}).status_code == 422
    assert arne.post(f"/offers/{offer.id}/extension", data={}).status_code == 403


def test_above_the_band_the_page_names_the_case_its_state_and_what_to_do_about_it(browse, session, people, now):
    offer = arranging.ground(session, people, now)
    case = arranging.opened(session, people, now, offer)
    ruth = browse("ruth")

    def case_text():
        text = sound(ruth.get(f"/offers/{offer.id}"))
        assert f'href="/cases/{case.id}">Case {case.number}</a>' in text
        assert "Send for approval" not in text
        assert "Open a budget case" not in text
        return text

    text = case_text()
    assert "is a draft that has not been sent yet." in text
    assert re.search(rf'btn-primary" href="/cases/{case.id}">.*?Go on with the case', text)
    cases.submit(session, case=case, act=act_by(people.ruth, now=now))
    session.commit()
    text = case_text()
    assert "waits for a decision." in text
    assert re.search(rf'btn-primary" href="/cases/{case.id}">.*?See the case', text)
    arranging.decided(session, people, now, case, CaseVerdict.REFUSED, comment="No money")
    text = case_text()
    assert "was refused." in text
    assert re.search(
        rf'btn-primary" href="/requisitions/{offer.application.requisition.key}/case">.*?Open another case', text
    )


def test_above_the_band_the_page_says_by_how_much_and_where_to_go(browse, session, people, slate, now):
    requisition, (zoe, _) = slate
    offer = _draft(session, people, zoe, now, base=9_000_000)
    ruth = browse("ruth")
    text = sound(ruth.get(f"/offers/{offer.id}"))
    assert "EUR 5,000 above the band (5.9%)" in text
    assert 'class="b-over"' in text
    assert "Send for approval" not in text
    assert f'class="btn btn-primary" href="/requisitions/{requisition.key}/case"' in text
    assert "EUR 5,000 above the band" in sound(ruth.get(f"/requisitions/{requisition.key}/offers"))
    refused = ruth.post(f"/offers/{offer.id}/submission", data={})
    assert refused.status_code == 409
    assert "Open a budget case" in sound(refused)
    session.add(
        BandException(
            requisition_id=requisition.id, application_id=zoe.id, case_number="BC-1", up_to=9_100_000, currency="EUR",
            granted_at=now,
        )
    )  # fmt: skip
    session.commit()
    text = sound(ruth.get(f"/offers/{offer.id}"))
    assert "covers a base up to EUR 91,000" in text
    assert "Send for approval" in text
    assert ruth.post(f"/offers/{offer.id}/submission", data={}).status_code == 303


def test_an_offer_goes_out_and_is_accepted_and_the_seat_is_filled(browse, session, people, slate, now):
    _, (zoe, _) = slate
    offer = _submitted(session, people, zoe, now)
    approval_services.approve(
        session, offer=offer, decision=ApprovalDecision.APPROVED, comment="", act=act_by(people.arne, now=now)
    )
    session.commit()
    ruth = browse("ruth")
    assert "Mark as sent out" in sound(ruth.get(f"/offers/{offer.id}"))
    assert ruth.post(f"/offers/{offer.id}/extension", data={}).status_code == 303
    assert "Record acceptance" in sound(ruth.get(f"/offers/{offer.id}"))
    assert ruth.post(f"/offers/{offer.id}/acceptance", data={}).status_code == 303
    assert _fresh(session, Opening, offer.opening_id).status == OpeningStatus.FILLED
    text = sound(ruth.get(f"/offers/{offer.id}"))
    assert "will not come after all" in text
    assert "Change the terms" not in text
    twice = ruth.post(f"/offers/{offer.id}/acceptance", data={})
    assert twice.status_code == 409
    answer = ruth.post(f"/offers/{offer.id}/renege", data={"reason": "accepted_counter_offer"})
    assert answer.status_code == 303
    assert _fresh(session, Opening, offer.opening_id).status == OpeningStatus.OPEN


@pytest.mark.parametrize(
    ("act", "reason", "status", "application"),
    [
        ("decline", "compensation", OfferStatus.DECLINED, ApplicationStatus.WITHDRAWN),
        ("lapse", "no_answer", OfferStatus.LAPSED, ApplicationStatus.ACTIVE),
        ("rescission", "references", OfferStatus.RESCINDED, ApplicationStatus.ACTIVE),
    ],
)
def test_an_offer_ends_with_a_reason_and_points_to_the_next_finalist(
    browse, session, people, slate, now, act, reason, status, application
):
    requisition, (zoe, _) = slate
    offer = _out(session, people, zoe, now)
    ruth = browse("ruth")
    if act != "lapse":
        silent = ruth.post(f"/offers/{offer.id}/{act}", data={"reason": "other", "own_words": ""})
        assert silent.status_code == 422
        assert f'href="#{act}-reason"' in sound(silent)
    sent = ruth.post(f"/offers/{offer.id}/{act}", data={"reason": reason, "own_words": ""})
    assert sent.status_code == 303
    assert _fresh(session, Offer, offer.id).status == status
    assert _fresh(session, Application, zoe.id).status == application
    text = sound(ruth.get(f"/offers/{offer.id}"))
    assert (f'href="/requisitions/{requisition.key}/promote"' in text) == (act != "rescission")
    assert "How it ends" not in text


def test_once_somebody_was_promoted_the_lost_offer_no_longer_asks_for_it(browse, session, people, slate, now):
    requisition, (zoe, bela) = slate
    offer = _out(session, people, zoe, now)
    ruth = browse("ruth")
    ruth.post(f"/offers/{offer.id}/decline", data={"reason": "timing", "own_words": ""})
    path = f"/requisitions/{requisition.key}/promote"
    token = ruth.get(path).get_data(as_text=True).split('name="token" value="', 1)[1].split('"', 1)[0]
    done = ruth.post(path, data={"token": token, "phase": "offer", "application_id": str(bela.id)})
    assert done.location == f"/offers/{_offers(session)[-1].id}"
    text = sound(ruth.get(done.location))
    assert "nothing has been sent to anybody" in text
    assert "Send for approval" in text
    assert f'href="{path}"' not in sound(ruth.get(f"/offers/{offer.id}"))


def test_own_words_are_kept_as_the_reason(browse, session, people, slate, now):
    _, (zoe, _) = slate
    offer = _out(session, people, zoe, now)
    browse("ruth").post(
        f"/offers/{offer.id}/decline", data={"reason": "other", "own_words": "Moves to <Lisbon> & the sea"}
    )
    assert _fresh(session, Offer, offer.id).end_reason == "Moves to <Lisbon> & the sea"
    assert "Moves to &lt;Lisbon&gt; &amp; the sea" in sound(browse("ruth").get(f"/offers/{offer.id}"))


def test_others_do_not_touch_an_offer(browse, session, people, slate, now):
    _, (zoe, _) = slate
    offer = _out(session, people, zoe, now)
    acts = ["terms", "submission", "extension", "acceptance", "decline", "lapse", "rescission", "renege"]
    for name, on_offer, new_offer in [
        ("henk", 404, 404), ("ines", 404, 404), ("rolf", 404, 403), ("arne", 403, 404),
    ]:  # fmt: skip
        client = browse(name)
        for act in acts:
            assert client.post(f"/offers/{offer.id}/{act}", data={"reason": "other"}).status_code == on_offer
        assert client.post(f"/applications/{zoe.id}/offers", data=TERMS).status_code == new_offer, name
    assert _fresh(session, Offer, offer.id).status == OfferStatus.EXTENDED


def test_lists_and_stories_of_offers_take_as_many_statements_for_many_as_for_few(
    browse, session, people, slate, now, count_statements
):
    requisition, (zoe, _) = slate

    def ask(path):
        client = browse("ruth")
        with count_statements() as seen:
            client.get(path)
        return len(seen)

    offer = _draft(session, people, zoe, now)
    paths = [f"/requisitions/{requisition.key}/offers", f"/applications/{zoe.id}/offers", f"/offers/{offer.id}"]
    few = [ask(path) for path in paths]
    for place in range(5):
        application = factories.application(session, people, now, requisition)
        _draft(session, people, application, now)
        terms = dataclasses.replace(rules.terms_of(offer), base=Money(7_600_000 + place, "EUR"))
        services.change(session, offer=offer, terms=terms, act=act_by(people.hana, now=now))
        approval_services.submit(session, offer=offer, act=act_by(people.ruth, now=now))
        approval_services.approve(
            session, offer=offer, decision=ApprovalDecision.REFUSED, comment="No", act=act_by(people.arne, now=now)
        )
    session.commit()
    many = [ask(path) for path in paths]
    assert [more - less <= 1 for more, less in zip(many, few, strict=True)] == [
        True
    ] * 3  # the names of approvers come in one
    assert max(many) <= 30


def test_forms_carry_their_token(app, browse, session, people, slate, now):
    _, (zoe, _) = slate
    offer = _draft(session, people, zoe, now)
    ruth = browse("ruth")
    app.config["WTF_CSRF_ENABLED"] = True
    assert ruth.post(f"/offers/{offer.id}/submission", data={}).status_code == 400
    text = ruth.get(f"/offers/{offer.id}").get_data(as_text=True)
    token = text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    assert ruth.post(f"/offers/{offer.id}/submission", data={"csrf_token": token}).status_code == 303
