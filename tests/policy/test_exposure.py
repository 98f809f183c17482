"""Whose data an account could see between two instants equals a script that told it (T-130), and what the policy says now."""

import datetime as dt

import pytest

from recruiter.accounts import services as accounts
from recruiter.accounts.models import Role
from recruiter.accounts.services import PersonTerms
from recruiter.candidates.models import Candidate
from recruiter.interviews import services as interviews
from recruiter.interviews.models import InterviewStatus
from recruiter.interviews.services import Seat
from recruiter.policy import exposure_queries, scopes
from recruiter.requisitions import team_services
from recruiter.requisitions.team_services import TeamTerms
from tests import command_line, factories
from tests.acts import act_by
from tests.sight import seen_ids

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def story(session, people, now):
    """A day in which Ines is on a panel from 2 to 4 and Rolf is on a confidential search from 3 to 5, and manages from 6 on."""

    def ruth(hour):
        return act_by(people.ruth, now=now + hour * HOUR)

    plain = factories.requisition(session, people, now)
    hidden = factories.requisition(session, people, now, confidential=True)
    first = factories.application(session, people, now, plain, "Alma Ost")
    later = factories.application(session, people, now + 4 * HOUR, plain, "Bela Nord")
    secret = factories.application(session, people, now, hidden, "Cora West")
    talk = interviews.plan(
        session, application=first, stage=plain.stages[2], name="Panel", starts_at=now + 30 * HOUR,
        ends_at=now + 31 * HOUR, panel=[Seat(people.ines, cross_functional=False)], act=ruth(2),
    )  # fmt: skip
    interviews.change(session, interview=talk, status=InterviewStatus.CANCELLED, reason="Ill", act=ruth(4))
    let_in = TeamTerms(access=[people.rolf])
    team_services.change_team(session, requisition=hidden, terms=let_in, act=ruth(3))
    team_services.change_team(session, requisition=hidden, terms=TeamTerms(access=[]), act=ruth(5))
    terms = PersonTerms(people.rolf.name, Role.HIRING_MANAGER, "", pay_view=False)
    accounts.change(session, user=people.rolf, terms=terms, act=act_by(people.anja, now=now + 6 * HOUR))
    session.commit()
    return {"first": first.candidate_id, "later": later.candidate_id, "secret": secret.candidate_id}


TRUTH = [
    ("ines", 0, 1, set()),
    ("ines", 1, 3, {"first"}),
    ("ines", 3, 3, {"first"}),
    ("ines", 4, 9, set()),
    ("rolf", 0, 2, {"first"}),
    ("rolf", 0, 3, {"first", "secret"}),
    ("rolf", 4, 5, {"first", "later", "secret"}),
    ("rolf", 5, 6, {"first", "later"}),
    ("rolf", 6, 9, set()),
    ("ruth", 0, 9, {"first", "later", "secret"}),
    ("anja", 0, 3, {"first"}),
    ("arne", 0, 9, set()),
]


@pytest.mark.parametrize(("name", "start", "end", "truth"), TRUTH)
def test_it_equals_the_script(session, people, now, story, name, start, end, truth):
    window = {"start": now + start * HOUR, "end": now + end * HOUR}
    seen = exposure_queries.exposed(session, user=getattr(people, name), **window)
    assert {record.id for _, record in seen} == {story[key] for key in truth}


def test_now_it_is_what_the_policy_shows_now(session, people, now, story):
    instant = now + 9 * HOUR
    for user in (people.ruth, people.rolf, people.hana, people.ines, people.anja):
        seen = exposure_queries.exposed(session, user=user, start=instant, end=instant)
        assert {record.id for _, record in seen} == seen_ids(session, scopes.candidates(user), Candidate), user.name


def test_the_page_and_the_command_say_it(app, clock, monkeypatch, capsys, browse, people, now, story):
    from recruiter.cli import audit
    from tests.sound_page import sound

    query = {"account": people.rolf.id, "start": now.date(), "end": now.date()}
    page = browse("anja").get("/settings/exposure", query_string=query)
    assert "Alma Ost" in sound(page)
    assert "Cora West" not in page.text
    assert (
        "Choose an account." in browse("anja").get("/settings/exposure?account=&start=2026-11-01&end=2026-11-02").text
    )
    assert browse("ruth").get("/settings/exposure").status_code == 404
    run = command_line.runner(app, clock, monkeypatch, capsys, audit)
    code, output, _ = run("audit", "exposure", "rolf@example.com", "--from", now.date().isoformat())
    assert code == 0
    assert "Alma Ost" in output
    assert run("audit", "exposure", "nobody@example.com", "--from", "2026-11-18")[0] == 1
