"""Keep warm as pages: the list, the bench record of a finalist, and the promotion that happens once."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.foundation.money import Money
from recruiter.keepwarm import queries
from recruiter.keepwarm.contacts import concern_services, contact_services, promise_services
from recruiter.keepwarm.contacts.contact_services import Contact
from recruiter.keepwarm.models.records import (
    Channel,
    Concern,
    ConcernKind,
    Direction,
    Promise,
    PromiseState,
    Promotion,
    TouchKind,
    Touchpoint,
)
from recruiter.offers import competing_processes, rules
from recruiter.offers import services as offering
from recruiter.offers.approval import approval_services
from recruiter.offers.models import ApprovalDecision, CompetingProcess, Offer, OfferStatus, SourceClass
from recruiter.pipeline.models import Application, ApplicationStatus
from tests import factories
from tests.acts import act_by
from tests.sound_page import sound

NAME = "Zoë <b>&'Ünal</b> 🎻 שרה"
SHOWN = "Zoë &lt;b&gt;&amp;&#39;Ünal&lt;/b&gt; 🎻 שרה"


@pytest.fixture
def slate(session, people, now):
    """A requisition with a first choice, a strange name second, and a third."""
    requisition = factories.requisition(session, people, now)
    order = factories.finalists(session, people, now, requisition, names=("Ada Ferreira", NAME, "Chidi Okoro"))
    session.commit()
    return requisition, order


def _spoke(session, people, application, at, summary="They want to know by Tuesday."):
    contact = Contact(Direction.FROM, Channel.PHONE, TouchKind.CALL, summary, at)
    contact_services.record(session, application=application, contact=contact, act=act_by(people.ruth, now=at))


def _promised(session, people, application, now, due_on, what="You will hear from us"):
    return promise_services.make_promise(
        session,
        application=application,
        what=what,
        due_on=due_on,
        act=act_by(people.ruth, now=now),
    )


def _offer(session, people, application, now, *, out=True):
    terms = rules.Terms(base=Money(7_500_000, "EUR"))
    offer = offering.draft(session, application=application, terms=terms, act=act_by(people.ruth, now=now))
    if out:
        approval_services.submit(session, offer=offer, act=act_by(people.ruth, now=now))
        approval_services.approve(
            session, offer=offer, decision=ApprovalDecision.APPROVED, comment="", act=act_by(people.arne, now=now)
        )
        offering.extend(session, offer=offer, act=act_by(people.ruth, now=now))
    session.flush()
    return offer


def _fresh(session, kind, number):
    with Session(session.get_bind()) as own:
        form = own.get(kind, number)
        own.expunge(form)
        return form


def _rows(session, kind):
    with Session(session.get_bind()) as own:
        return list(own.scalars(select(kind).order_by(kind.id)).unique())


@pytest.mark.parametrize(
    ("name", "status"),
    [("ruth", 200), ("rolf", 200), ("hana", 200), ("henk", 200), ("anja", 200), ("ines", 404), ("arne", 404)],
)
def test_who_sees_the_list(browse, slate, name, status):
    assert browse(name).get("/keep-warm").status_code == status


@pytest.mark.parametrize("path", ["/applications/{0}/bench", "/requisitions/{1}/promote"])
@pytest.mark.parametrize(
    ("name", "status"), [("ruth", 200), ("rolf", 200), ("hana", 200), ("henk", 404), ("ines", 404), ("arne", 404)]
)
def test_who_sees_a_bench_record_and_a_promotion(browse, slate, path, name, status):
    requisition, order = slate
    assert browse(name).get(path.format(order[1].id, requisition.key)).status_code == status


def test_a_finalist_of_somebody_elses_search_is_not_on_the_list(browse, slate):
    assert "Ada Ferreira" not in browse("henk").get("/keep-warm").get_data(as_text=True)


def test_an_empty_list_says_what_makes_it_fill(browse):
    text = sound(browse("ruth").get("/keep-warm"))
    assert "Nobody is waiting for you" in text


def test_the_list_is_grouped_by_urgency(browse, session, people, slate, now):
    requisition, (ada, zoe, chidi) = slate
    _spoke(session, people, ada, now)
    _spoke(session, people, chidi, now)
    _promised(session, people, zoe, now - dt.timedelta(days=4), now.date() - dt.timedelta(days=1))
    _promised(session, people, ada, now, now.date())
    concern_services.raise_concern(
        session, application=zoe, kind=ConcernKind.SCOPE, description="Too small", act=act_by(people.ruth, now=now)
    )
    session.commit()
    text = sound(browse("ruth").get("/keep-warm"))
    assert text.index('id="group-overdue"') < text.index('id="group-due"') < text.index('id="group-later"')
    assert SHOWN in text
    assert "Backup 1, " in text
    assert "1 open concern" in text
    assert "They want to know by Tuesday." in text
    assert "Broken promise: “You will hear from us” was due Tue 17 Nov" in text
    assert f"/requisitions/{requisition.key}" in text
    overdue = browse("ruth").get("/keep-warm?due=overdue").get_data(as_text=True)
    assert SHOWN in overdue
    assert "Chidi Okoro" not in overdue


def test_the_list_narrows_to_a_requisition_and_pages(browse, session, people, slate, now):
    requisition, _ = slate
    other = factories.requisition(session, people, now, title="Payroll & co")
    factories.finalists(session, people, now, other, names=[f"Person {number}" for number in range(51)])
    session.commit()
    ruth = browse("ruth")
    narrowed = sound(ruth.get(f"/keep-warm?requisition={requisition.key}"))
    assert "Ada Ferreira" in narrowed
    assert "Person 1<" not in narrowed
    assert "Payroll &amp; co" in narrowed
    first = sound(ruth.get(f"/keep-warm?requisition={other.key}"))
    assert first.count('class="kw"') == 50
    assert "Less urgent" in first
    assert "Show everybody" in ruth.get("/keep-warm?requisition=NOT-1").get_data(as_text=True)
    assert ruth.get("/keep-warm?cursor=nonsense").status_code == 400


def test_the_list_takes_as_many_statements_for_many_as_for_few(browse, session, people, slate, now, count_statements):
    ruth = browse("ruth")
    with count_statements() as few:
        ruth.get("/keep-warm")
    other = factories.requisition(session, people, now)
    for finalist in factories.finalists(
        session, people, now, other, names=[f"Person {number}" for number in range(12)]
    ):
        _spoke(session, people, finalist, now)
        _promised(session, people, finalist, now, now.date())
    session.commit()
    with count_statements() as many:
        ruth.get("/keep-warm")
    assert len(many) == len(few) <= 17


def test_the_place_stays_away_from_whoever_owes_a_card(browse, session, people, slate, now):
    from recruiter.interviews import services as interviews
    from recruiter.interviews.services import Seat

    _, (ada, *_) = slate
    interviews.plan(
        session, application=ada, stage=ada.requisition.stages[2], name="Panel", starts_at=now - dt.timedelta(hours=2),
        ends_at=now - dt.timedelta(hours=1), panel=[Seat(people.hana)], act=act_by(people.ruth, now=now) )  # fmt: skip
    session.commit()
    assert "1st choice" in browse("ruth").get("/keep-warm").get_data(as_text=True)
    seen = browse("hana").get("/keep-warm").get_data(as_text=True)
    assert "Ada Ferreira" in seen
    assert "1st choice" not in seen
    assert "1st choice" not in browse("hana").get(f"/applications/{ada.id}/bench").get_data(as_text=True)


CONTACT = {"direction": "from", "channel": "phone", "kind": "call", "said": "I want to know <now> & שלום"}


def test_a_contact_is_recorded_and_goes_back_to_the_list(browse, session, slate):
    _, (_, zoe, _) = slate
    path = f"/applications/{zoe.id}/touchpoints"
    answer = browse("ruth").post(
        path, data={**CONTACT, "when": "2026-11-17T16:40", "promise_by": "2026-11-24", "back": "/keep-warm?due=overdue"}
    )
    assert (answer.status_code, answer.location) == (303, "/keep-warm?due=overdue")
    contact = _rows(session, Touchpoint)[0]
    assert (contact.text, contact.direction, contact.at.isoformat()) == (
        CONTACT["said"],
        Direction.FROM,
        "2026-11-17T16:40:00+00:00",
    )
    assert [(promise.what, promise.due_on.isoformat()) for promise in _rows(session, Promise)] == [
        ("You will hear from us", "2026-11-24")
    ]
    text = sound(browse("ruth").get(f"/applications/{zoe.id}/bench"))
    assert "I want to know &lt;now&gt; &amp; שלום" in text
    assert "A message to start from" in text
    evil = browse("ruth").post(path, data={**CONTACT, "back": "//evil.test"})
    assert evil.location == f"/applications/{zoe.id}/bench"


def test_a_new_date_in_a_contact_renews_the_open_promise(browse, session, people, slate, now):
    _, (_, zoe, _) = slate
    made = _promised(session, people, zoe, now, now.date() + dt.timedelta(days=1), what="The panel answers")
    session.commit()
    browse("ruth").post(f"/applications/{zoe.id}/touchpoints", data={**CONTACT, "promise_by": "2026-11-24"})
    old, new = _rows(session, Promise)
    assert (old.id, old.state) == (made.id, PromiseState.RENEWED)
    assert (new.what, new.renews_id, new.due_on.isoformat()) == ("The panel answers", made.id, "2026-11-24")


@pytest.mark.parametrize(
    ("act", "wrong", "link"),
    [
        ("touchpoints", {**CONTACT, "said": " "}, "#contact-said"),
        ("touchpoints", {**CONTACT, "when": "2027-01-01T10:00"}, "#contact-when"),
        ("touchpoints", {**CONTACT, "when": "0001-01-01T10:00"}, "#contact-when"),
        ("touchpoints", {**CONTACT, "promise_by": "2026-11-01"}, "#contact-promise_by"),
        ("touchpoints", {**CONTACT, "channel": "pigeon"}, "#contact-channel"),
        ("promises", {"what": "KEPT", "due_on": "2026-11-01"}, "#new-promise-due_on"),
        ("promises", {"what": "KEPT", "due_on": "9999-12-31"}, "#new-promise-due_on"),
        ("promises", {"what": "", "due_on": "2026-11-24"}, "#new-promise-what"),
        ("concerns", {"kind": "scope", "text": "", "owner": ""}, "#new-concern-text"),
        ("competing-processes", {"stage": "", "source": "credible"}, "#process-stage"),
        ("competing-processes", {"stage": "KEPT", "source": "credible", "amount": "much", "currency": "EUR"}, "#process-amount"),
        ("competing-processes", {"stage": "KEPT", "source": "credible", "amount": "5", "currency": "XX"}, "#process-amount"),
        ("competing-processes", {"stage": "KEPT", "source": "credible", "disclosed_on": "2026-12-24"}, "#process-disclosed_on"),
        ("readiness", {"available_from": "soon"}, "#ready-available_from"),
    ],
)  # fmt: skip
def test_what_a_form_lacks_is_said_at_its_field_and_nothing_typed_is_lost(browse, session, slate, act, wrong, link):
    _, (_, zoe, _) = slate
    answer = browse("ruth").post(f"/applications/{zoe.id}/{act}", data=wrong)
    text = sound(answer)
    assert answer.status_code == 422
    assert f'href="{link}"' in text
    assert "<title>Error: " in text
    if "KEPT" in wrong.values():
        assert 'value="KEPT"' in text
    assert not _rows(session, Touchpoint) + _rows(session, Promise) + _rows(session, CompetingProcess)


def test_a_promise_is_kept_renewed_and_no_more_once_it_was_broken(browse, session, people, slate, now):
    _, (ada, zoe, chidi) = slate
    tomorrow = now.date() + dt.timedelta(days=1)
    answered, renewed = _promised(session, people, ada, now, tomorrow), _promised(session, people, zoe, now, tomorrow)
    late = _promised(session, people, chidi, now - dt.timedelta(days=9), now.date() - dt.timedelta(days=2))
    session.commit()
    ruth = browse("ruth")
    for clears in (
        {"state": "kept"},
        {"state": "kept", "answer": " "},
        {"state": ""},
        {"state": "broken", "answer": "x"},
    ):
        assert ruth.post(f"/promises/{answered.id}/state", data=clears).status_code == 422
    answer = {"state": "kept", "answer": "She goes to the offer stage", "channel": "phone"}
    assert ruth.post(f"/promises/{answered.id}/state", data=answer).status_code == 303
    assert [(contact.text, contact.direction) for contact in _rows(session, Touchpoint)] == [
        (answer["answer"], Direction.TO)
    ]
    response = ruth.post(f"/promises/{renewed.id}/state", data={"state": "renewed", "answer": "Later"})
    assert response.status_code == 422
    assert f'href="#promise-{renewed.id}-due_on"' in sound(response)
    later = {"state": "renewed", "due_on": "2026-11-30", "channel": "phone"}
    untold = ruth.post(f"/promises/{renewed.id}/state", data=later)
    assert untold.status_code == 422
    assert "what you told them about the new date" in sound(untold)
    summary = "The panel meets on Monday"
    assert ruth.post(f"/promises/{renewed.id}/state", data={**later, "answer": summary}).status_code == 303
    assert [contact.text for contact in _rows(session, Touchpoint)] == [answer["answer"], summary]
    response = ruth.post(f"/promises/{late.id}/state", data=answer)
    assert response.status_code == 409
    assert "is broken" in sound(response)
    assert [promise.state for promise in _rows(session, Promise)] == [
        PromiseState.KEPT, PromiseState.RENEWED, PromiseState.OPEN, PromiseState.OPEN,
    ]  # fmt: skip
    assert browse("henk").post(f"/promises/{answered.id}/state", data=answer).status_code == 404


def test_a_concern_is_raised_handed_over_and_resolved_by_one_at_a_time(browse, session, people, slate):
    _, (_, zoe, _) = slate
    ruth = browse("ruth")
    ruth.post(
        f"/applications/{zoe.id}/concerns", data={"kind": "scope", "text": "Too <small>", "owner": str(people.hana.id)}
    )
    made = _rows(session, Concern)[0]
    assert (made.kind, made.owner_id) == (ConcernKind.SCOPE, people.hana.id)
    change = {"state": "addressed", "answer": "Two more teams", "owner": "", "version": str(made.version)}
    assert ruth.post(f"/concerns/{made.id}", data=change).status_code == 303
    stale = ruth.post(f"/concerns/{made.id}", data={**change, "answer": "Kept words"})
    assert stale.status_code == 409
    assert "Kept words" in sound(stale)
    assert _fresh(session, Concern, made.id).answer == "Two more teams"


def test_an_amount_is_shown_and_taken_only_with_pay_view(browse, session, people, slate, now):
    _, (_, zoe, _) = slate
    data = {"employer": "Kestrel & Co", "stage": "offer", "source": "credible", "amount": "91,000", "currency": "eur"}
    path, home = f"/applications/{zoe.id}/competing-processes", f"/applications/{zoe.id}/bench"
    assert browse("rolf").post(path, data=data).status_code == 303
    assert _rows(session, CompetingProcess)[0].offer_amount is None
    assert browse("ruth").post(path, data=data).status_code == 303
    assert _rows(session, CompetingProcess)[1].offer_amount == 9_100_000
    assert "EUR 91,000" in sound(browse("ruth").get(home))
    blind = sound(browse("rolf").get(home))
    assert "91,000" not in blind
    assert "process-amount" not in blind
    assert "Kestrel &amp; Co" in blind


def test_readiness_keeps_what_was_not_asked(browse, session, slate):
    _, (_, zoe, _) = slate
    path = f"/applications/{zoe.id}/readiness"
    browse("ruth").post(path, data={"interested": "yes", "available_from": "2027-01-04"})
    browse("ruth").post(path, data={"expectation_within_band": "no"})
    with Session(session.get_bind()) as own:
        ready = queries.readiness_of(own, own.get(Application, zoe.id))
        assert (ready.interested, ready.available_from.isoformat(), ready.expectation_within_band) == (
            True,
            "2027-01-04",
            False,
        )
    assert "A budget case" in sound(browse("ruth").get(f"/applications/{zoe.id}/bench"))


def test_no_two_finalists_get_the_same_message_and_none_without_something_said(browse, session, people, slate, now):
    _, (ada, zoe, chidi) = slate
    _spoke(session, people, ada, now)
    _spoke(session, people, zoe, now)
    session.commit()
    drafts = []
    for finalist in (ada, zoe):
        text = browse("ruth").get(f"/applications/{finalist.id}/bench").get_data(as_text=True)
        drafts.append(text.split('id="letter-body"', 1)[1].split("</textarea>", 1)[0])
    assert drafts[0] != drafts[1]
    assert "They want to know by Tuesday." not in drafts[0]  # our own note: nobody is told it as theirs
    nothing = browse("ruth").get(f"/applications/{chidi.id}/bench").get_data(as_text=True)
    first = nothing.split('id="letter-body"', 1)[1].split("</textarea>", 1)[0]
    assert "[Why you write to them today]" in first


def test_a_bench_record_takes_as_many_statements_for_a_long_story_as_for_a_short_one(
    browse, session, people, slate, now, count_statements
):
    _, (_, zoe, _) = slate

    def story(length):
        for _ in range(length):
            _spoke(session, people, zoe, now)
            _promised(session, people, zoe, now, now.date())
            concern_services.raise_concern(
                session,
                application=zoe,
                kind=ConcernKind.TEAM,
                description="x",
                owner=people.hana,
                act=act_by(people.ruth, now=now),
            )
            competing_processes.record(
                session, application=zoe, stage="offer", source_class=SourceClass.CREDIBLE, act=act_by(people.ruth, now=now) )  # fmt: skip
        session.commit()

    def ask():
        client = browse("ruth")
        with count_statements() as seen:
            client.get(f"/applications/{zoe.id}/bench")
        return len(seen)

    story(1)
    few = ask()
    story(6)
    assert ask() == few <= 45


def _token(text):
    return text.split('name="token" value="', 1)[1].split('"', 1)[0]


def _promotion(text, **more):
    return {"token": _token(text), "reason": "accepted_other_offer", "own_words": "", **more}


def test_a_promotion_says_what_it_will_do_and_happens_once(browse, session, people, slate, now):
    requisition, (ada, zoe, chidi) = slate
    first = _offer(session, people, ada, now)
    _promised(session, people, chidi, now, now.date() + dt.timedelta(days=1), what="An answer")
    session.commit()
    ruth, path = browse("ruth"), f"/requisitions/{requisition.key}/promote"
    text = sound(ruth.get(path))
    assert SHOWN in text
    assert "While the offer was out" in text
    assert "EUR 75,000" in text
    assert "is renewed to <strong>Mon 23 Nov</strong>" in text
    assert "is still out" in text
    form = _promotion(text, phase="offer", application_id=str(zoe.id))
    done = ruth.post(path, data=form)
    assert done.status_code == 303
    draft = _rows(session, Offer)[-1]
    assert (draft.application_id, draft.status, draft.base) == (zoe.id, OfferStatus.DRAFT, 7_500_000)
    assert _fresh(session, Offer, first.id).status == OfferStatus.DECLINED
    assert _fresh(session, Application, ada.id).status == ApplicationStatus.WITHDRAWN
    again = ruth.post(path, data=form)
    assert again.status_code == 409
    assert "The slate has moved on" in sound(again)
    assert len(_rows(session, Promotion)) == 1
    assert _fresh(session, Application, zoe.id).status == ApplicationStatus.ACTIVE


def test_a_promotion_after_a_recorded_loss_asks_no_reason_and_can_name_another(browse, session, people, slate, now):
    from recruiter.keepwarm.lifecycle import services

    requisition, (ada, zoe, chidi) = slate
    services.withdraw(session, application=ada, reason="timing", act=act_by(people.ruth, now=now))
    session.commit()
    ruth, path = browse("ruth"), f"/requisitions/{requisition.key}/promote"
    listed = sound(ruth.get("/keep-warm"))
    assert "First choice lost" in listed
    assert f'action="{path}"' in listed
    looked = sound(ruth.post(path, data={"quick": "1", "application_id": str(zoe.id)}))
    assert "Check these first." in looked
    assert not _rows(session, Promotion)
    text = sound(ruth.get(f"{path}?to={chidi.id}"))
    assert 'Promote <bdi dir="auto">Chidi Okoro</bdi> to first choice?' in text
    assert "is recorded already: Timing." in text
    assert 'name="reason"' not in text
    form = {"token": _token(text), "phase": "before_offer", "application_id": str(chidi.id)}
    assert ruth.post(path, data=form).status_code == 303
    assert _rows(session, Promotion)[0].promoted_application_id == chidi.id


def test_a_phase_against_the_record_and_a_missing_reason_are_said_at_their_fields(browse, session, slate):
    requisition, (_, zoe, _) = slate
    ruth, path = browse("ruth"), f"/requisitions/{requisition.key}/promote"
    text = sound(ruth.get(path))
    wrong = ruth.post(
        path, data=_promotion(text, phase="accepted", application_id=str(zoe.id), own_words="She said so")
    )
    assert wrong.status_code == 422
    page = sound(wrong)
    assert 'href="#promote-phase"' in page
    assert "She said so" in page
    assert '<input type="hidden" name="phase" value="before_offer">' in page  # what the record has is sent next
    silent = ruth.post(path, data=_promotion(text, reason="other", phase="before_offer", application_id=str(zoe.id)))
    assert silent.status_code == 422
    assert 'href="#promote-reason"' in sound(silent)
    assert not _rows(session, Promotion)


def test_when_they_were_lost_comes_from_the_record_and_can_be_put_right(browse, session, people, slate, now):
    from recruiter.keepwarm.lifecycle import services

    requisition, (ada, zoe, _) = slate
    services.withdraw(session, application=ada, reason="timing", act=act_by(people.hana, now=now))
    session.commit()
    ruth, path = browse("ruth"), f"/requisitions/{requisition.key}/promote"
    text = sound(ruth.get(path))
    assert 'value="2026-11-18T09:30"' in text
    assert f"From the record: they withdrew Wed 18 Nov, 09:30, written down by {people.hana.name}." in text
    assert text.count('name="phase"') == 1  # known, so not asked
    form = _promotion(text, phase="before_offer", application_id=str(zoe.id))
    late = ruth.post(path, data={**form, "fell_through_at": "2026-11-18T12:30"})
    assert late.status_code == 422
    assert 'href="#promote-fell_through_at"' in sound(late)
    assert "2026-11-18T12:30" in late.get_data(as_text=True)
    assert ruth.post(path, data={**form, "fell_through_at": "2026-11-18T09:30"}).status_code == 303
    assert _rows(session, Promotion)


def test_without_pay_view_no_amount_is_shown_and_the_promotion_works(browse, session, slate):
    requisition, (_, zoe, _) = slate
    rolf, path = browse("rolf"), f"/requisitions/{requisition.key}/promote"
    text = sound(rolf.get(path))
    assert "75,000" not in text
    done = rolf.post(path, data=_promotion(text, phase="before_offer", application_id=str(zoe.id)))
    assert (done.status_code, done.location) == (303, f"/applications/{zoe.id}")
    assert "75,000" not in rolf.get(done.location).get_data(as_text=True)


def test_where_nobody_is_on_the_bench_the_page_says_so_without_a_form(browse, session, people, now):
    empty = factories.requisition(session, people, now)
    alone = factories.requisition(session, people, now)
    factories.finalists(session, people, now, alone, names=("Ada Ferreira",))
    session.commit()
    for requisition in (empty, alone):
        answer = browse("ruth").get(f"/requisitions/{requisition.key}/promote")
        text = sound(answer)
        assert answer.status_code == 200
        assert "Nobody to promote" in text
        assert 'name="token"' not in text
        assert browse("ruth").post(f"/requisitions/{requisition.key}/promote", data={"token": "x"}).status_code == 409


def test_others_do_not_record_or_promote(browse, session, slate):
    requisition, (_, zoe, _) = slate
    for name in ("henk", "ines", "arne"):
        client = browse(name)
        for act in ("touchpoints", "promises", "concerns", "competing-processes", "readiness"):
            assert client.post(f"/applications/{zoe.id}/{act}", data=CONTACT).status_code == 404
        assert client.post(f"/requisitions/{requisition.key}/promote", data={}).status_code == 404
    assert not _rows(session, Touchpoint)


def test_forms_carry_their_token(app, browse, slate):
    _, (_, zoe, _) = slate
    ruth = browse("ruth")
    app.config["WTF_CSRF_ENABLED"] = True
    assert ruth.post(f"/applications/{zoe.id}/touchpoints", data=CONTACT).status_code == 400
    text = ruth.get("/keep-warm").get_data(as_text=True)
    token = text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    assert ruth.post(f"/applications/{zoe.id}/touchpoints", data={**CONTACT, "csrf_token": token}).status_code == 303
