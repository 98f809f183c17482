"""No name has a second line, whichever room keeps it and by whatever door it came."""

import datetime as dt

import pytest
from sqlalchemy import String, select

from recruiter.accounts import services as accounts
from recruiter.accounts.models import Role
from recruiter.candidates.records import file_rules
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import RuleBroken
from recruiter.interviews import interview_plans, interviewer_profiles
from recruiter.interviews.models import PlannedTalk
from recruiter.offers import competing_processes
from recruiter.offers.approval import chain_services
from recruiter.offers.models import SourceClass
from recruiter.pipeline import ownership, saved_views
from recruiter.requisitions import rules as requisition_rules
from recruiter.requisitions import stage_setup, stage_templates
from recruiter.requisitions.models import StageKind
from tests import command_line, factories
from tests.acts import act_by, moment

BREAK, LINE, UNSEEN = "Ada\r\nForged\u2028row\x85", "Ada Forged row", "\u200b\u3164\u2060"
NAMES = {
    "name",
    "title",
    "team",
    "headline",
    "department",
    "location",
    "level",
    "place",
    "employer",
    "source",
    "stage",
    "slate",
    "item",
}


def rows_with_line_breaks(session):
    """Every name in the database that has more than one line, by table and column."""
    return [
        (table.name, column.name, value)
        for table in db.metadata.sorted_tables
        for column in table.columns
        if column.name in NAMES and isinstance(column.type, String)
        for value in session.scalars(select(column))
        if value and len(str(value).splitlines()) > 1
    ]


def save_everywhere(session, people, now, name):
    """Give a name to a thing of every kind that has one."""
    requisition = factories.requisition(session, people, now)
    application = factories.application(session, people, now, requisition, name)
    act = act_by(people.ruth, now=now)
    stage_setup.add(session, requisition=requisition, name=name, kind=StageKind.INTERVIEW, act=act)
    stages = [
        requisition_rules.StageTerms(f"{stage.name} {name}", stage.kind) for stage in requisition_rules.DEFAULT_STAGES
    ]
    stage_templates.save(session, name=name, stages=stages, act=act)
    talk = PlannedTalk(name=name, stage_id=requisition.stages[2].id, stage=requisition.stages[2], minutes=60, focus=[])
    interview_plans.save_plan(session, requisition=requisition, entries=[talk], act=act)
    interviewer_profiles.save_profile(
        session, title=name, zone="", day_starts=540, day_ends=1020, weekly_limit=5, act=act
    )
    saved_views.save(session, requisition=requisition, name=name, query="", act=act)
    ownership.credit(session, application=application, source=name, credited_to=None, act=act)
    competing_processes.record(
        session, application=application, stage=name, employer=name, source_class=SourceClass.CREDIBLE,
        decision_on=now.date() + dt.timedelta(days=9), act=act,
    )  # fmt: skip
    group = chain_services.GroupTerms(1, name, 1)
    terms = chain_services.ChainTerms(name, for_offers=True, for_cases=True, from_percent=99_900, groups=(group,))
    chain_services.save(session, chain=None, terms=terms, act=act_by(people.anja, now=now))
    accounts.add(
        session, email="n@example.com", name=name, team=name, role=Role.INTERVIEWER, act=moment(now), memory_kib=8
    )
    session.commit()


def test_every_room_keeps_names_on_one_line(session, people, now):
    save_everywhere(session, people, now, BREAK)
    assert rows_with_line_breaks(session) == []


def test_a_file_is_called_on_one_line():
    assert file_rules.display_name(f"a/{BREAK}x.pdf") == f"{LINE} x.pdf"
    with pytest.raises(RuleBroken):
        file_rules.extension_of(file_rules.display_name(f"{UNSEEN}.pdf"))


@pytest.mark.parametrize(("name", "code"), [(UNSEEN, 1), (" ", 1), (BREAK, 2)])
def test_a_command_takes_names_by_the_same_rule(app, clock, monkeypatch, capsys, session, people, name, code):
    from recruiter.cli import user

    run = command_line.runner(app, clock, monkeypatch, capsys, user)
    answered, _, complained = run("user", "add", "new@example.com", "--name", name, "--role", "interviewer")
    assert (answered, bool(complained)) == (code, True)
    assert rows_with_line_breaks(session) == []
