"""What somebody typed into a form that is refused is on the page that answers, whatever happened meanwhile."""

import pytest
from flask import g
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField, TextAreaField

from recruiter.budget import decision_services
from recruiter.budget.models import CaseVerdict
from recruiter.foundation.errors import Conflict, Overtaken
from recruiter.offers import services as offers
from recruiter.offers.approval import approval_services
from recruiter.offers.models import ApprovalDecision
from recruiter.web.request import errors, form_handling
from recruiter.web.request.kept_text import missing_texts
from tests import factories
from tests.acts import act_by
from tests.budget import arranging as casework
from tests.offers import arranging, chaining

WORDS = "Ask about the sign-on first; I would go up to the top"


@pytest.fixture
def offer(session, people, now):
    search = factories.requisition(session, people, now)
    made = arranging.offer(
        session, people, factories.application(session, people, now, search, stage="offer"), now, to="pending"
    )
    session.commit()
    return made


def _approved(session, people, now, offer):
    arranging.approve(session, people, offer, now, by=chaining.approver(session, "bea", now))


def _refused(session, people, now, offer):
    by = chaining.approver(session, "bea", now)
    arranging.approve(session, people, offer, now, decision=ApprovalDecision.REFUSED, by=by)


def _changed(session, people, now, offer):
    offers.change(session, offer=offer, terms=arranging.terms(7_700_000), act=act_by(people.ruth, now=now))


def _sent_again(session, people, now, offer):
    _changed(session, people, now, offer)
    approval_services.submit(session, offer=offer, act=act_by(people.ruth, now=now))


@pytest.mark.parametrize("back", ["phone", ""])
@pytest.mark.parametrize("meanwhile", [_approved, _refused, _changed, _sent_again])
def test_a_stale_decision_on_an_offer_keeps_its_comment(browse, session, people, now, offer, meanwhile, back):
    arne = browse("arne")
    arne.get(f"/offers/{offer.id}")
    meanwhile(session, people, now, offer)
    session.commit()
    data = {"decision": "question", "comment": WORDS, "terms_version": "1", "back": back}
    page = arne.post(f"/offers/{offer.id}/approval", data=data)
    text = page.get_data(as_text=True)
    assert page.status_code == 409
    assert WORDS in text
    if meanwhile is _changed:
        assert "Ruth changed the terms" in text
        assert "It has to be sent for approval again before anybody decides on it." in text


def test_a_stale_decision_on_a_case_keeps_its_comment(browse, session, people, now):
    case = casework.submitted(session, people, now, casework.ground(session, people, now))
    session.commit()
    sha256 = case.sha256
    bea = chaining.approver(session, "bea", now)
    decision_services.decide(
        session, case=case, verdict=CaseVerdict.REFUSED, amount=None, comment="Too much", act=act_by(bea, now=now)
    )
    session.commit()
    data = {"decision": "changes_requested", "comment": WORDS, "sha256": sha256}
    page = browse("arne").post(f"/cases/{case.id}/decision", data=data)
    assert (page.status_code, WORDS in page.get_data(as_text=True)) == (409, True)


class _Form(FlaskForm):
    """One field of each kind."""

    class Meta:
        """Sent by a test."""

        csrf = False

    line = StringField("Subject")
    lines = TextAreaField("Message")
    seen = HiddenField()
    word = PasswordField("Password")


def test_whatever_text_a_page_has_no_place_for_it_shows_nevertheless(app):
    """Every form goes through here: the page is made again with the texts that it left out, and secrets are never shown."""

    def refuse():
        raise Conflict("Not now.")

    sent = {"line": "A “quoted” <subject>", "lines": "One\r\n two", "seen": "hidden mark", "word": "five green"}
    with app.test_request_context("/", method="POST", data=sent):
        form = _Form()
        answer = form_handling.handle_form(
            form, save=refuse, again=lambda: f"<p>One two</p>{g.get('kept_texts', '')}", home="/"
        )
        assert answer.status_code == 409
        assert g.kept_texts == [("Subject", sent["line"])]
        assert missing_texts(form, "A &#8220;quoted&#8221; &lt;subject&gt; One two") == []


def test_only_a_conflict_of_two_people_is_titled_as_one(app):
    """The title of an error page guesses no cause: it names somebody else only where somebody else changed the same thing."""
    with app.test_request_context("/"):
        app.preprocess_request()
        for error, title in ((Overtaken("Ruth was here."), errors.OVERTAKEN), (Conflict("It is over."), "Not saved")):
            page, status = app.extensions["recruiter_error_pages"]["domain"](error)
            assert (status, f"<h1>{title}</h1>" in page) == (409, True)
