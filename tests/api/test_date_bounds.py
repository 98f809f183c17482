"""Days and moments lie between 2000 and 2099 at every door, and the first and the last of them break nothing afterwards."""

import datetime as dt
import importlib
import pkgutil

import marshmallow as ma
import pytest
from flask_wtf import FlaskForm
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Date
from werkzeug.datastructures import MultiDict
from wtforms import DateField, DateTimeLocalField

from recruiter import api as api_door
from recruiter import web as web_door
from recruiter.api.fields import Day, Moment
from recruiter.candidates.models import Task
from recruiter.foundation import calendar
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import RuleBroken
from recruiter.web.request.date_fields import DayField, MomentField
from tests import factories

OUTSIDE = ["9999-12-31", "0001-01-01", "1999-12-31", "2100-01-01"]
EDGES = ["2000-01-01", "2099-12-31"]


def _below(kind):
    """Every class that is made of another."""
    for made in kind.__subclasses__():
        yield made
        yield from _below(made)


def _all_modules(door):
    for module in pkgutil.walk_packages(door.__path__, f"{door.__name__}."):
        importlib.import_module(module.name)


def test_every_date_of_the_api_is_bounded():
    _all_modules(api_door)
    dates = {
        (schema.__name__, name): field
        for schema in _below(ma.Schema)
        if schema.__module__.startswith("recruiter.")
        for name, field in schema._declared_fields.items()
        if isinstance(field, ma.fields.Date | ma.fields.DateTime)
    }
    assert len(dates) > 25
    for place, field in dates.items():
        assert isinstance(field, Day | Moment), place
        ending = "T12:00:00Z" if isinstance(field, Moment) else ""
        for day in OUTSIDE:
            with pytest.raises(ma.ValidationError, match="from 2000 to 2099"):
                field.deserialize(day + ending)
        for day in EDGES:
            assert field.deserialize(day + ending)


def test_every_date_of_a_form_is_bounded(app):
    _all_modules(web_door)
    with app.test_request_context():
        dates = [
            (form, name)
            for form in _below(FlaskForm)
            if form.__module__.startswith("recruiter.")
            for name, field in vars(form).items()
            if getattr(field, "field_class", None) and issubclass(field.field_class, DateField | DateTimeLocalField)
        ]
        assert len(dates) > 15
        for form, name in dates:
            kind = getattr(form, name).field_class
            assert issubclass(kind, DayField | MomentField), (form, name)
            ending = "T12:00" if issubclass(kind, MomentField) else ""
            for day in OUTSIDE:
                field = kind("A day").bind(FlaskForm(), name)
                field.process(MultiDict({name: day + ending}))
                assert field.process_errors == [calendar.OUTSIDE], (form, name)
                assert field.data is None
                assert field._value() == day + ending  # what was typed is not lost


@given(st.dates())
def test_a_day_is_taken_exactly_within_the_calendar(day):
    within = dt.date(2000, 1, 1) <= day <= dt.date(2099, 12, 31)
    assert calendar.is_in_calendar(day) is within
    if within:
        assert calendar.day_from(day.isoformat()) == day
    else:
        with pytest.raises(ValueError, match="2000 to 2099"):
            calendar.day_from(day.isoformat())


@pytest.mark.parametrize("day", OUTSIDE)
def test_no_door_at_all_stores_such_a_day(app, session, people, now, day):
    """Every table with a day or a moment: a new row is refused, and so is a change."""
    candidate = factories.candidate(session, people, now)
    session.commit()
    with app.app_context():
        for mapper in db.Model.registry.mappers:
            for column in mapper.column_attrs:
                if not isinstance(column.columns[0].type, Date):
                    continue
                row = mapper.class_(**{column.key: dt.date.fromisoformat(day)})
                db.session.add(row)
                with pytest.raises(RuleBroken) as refused:
                    db.session.flush()
                assert refused.value.errors == {column.key: [calendar.OUTSIDE]}
                db.session.rollback()
    made = dt.datetime.fromisoformat(day + "T12:00:00+00:00")
    candidate.created_at = made
    if day not in {"1999-12-31", "2100-01-01"}:  # a moment may be that of a place where it is another day
        with pytest.raises(RuleBroken):
            session.flush()
    session.rollback()


class World:
    """A search with finalists, whose dates are asked for."""

    def __init__(self, api, session, people, now):
        self.requisition = factories.requisition(session, people, now)
        self.slate = factories.finalists(session, people, now, self.requisition)
        session.commit()
        self.app_id, self.req_id = self.slate[0].id, self.requisition.id
        self.other_id, self.person = self.slate[1].id, self.slate[0].candidate_id
        offer = api.ruth.post(f"/applications/{self.app_id}/offers", {"base": {"amount": 7_500_000, "currency": "EUR"}})
        self.offer_id = offer.json["id"]

    def acts(self, day):
        """An act with each kind of date: method, address, body."""
        at = f"{day}T12:00:00Z"
        ends = f"{day}T13:00:00Z"
        seat = {"email": "ines@example.com"}
        talk = {"name": "Talk", "stage": "Interview", "starts_at": at, "ends_at": ends, "panel": [seat]}
        contact = {"channel": "call", "direction": "to", "kind": "check_in", "said": "Said hello", "at": at}
        process = {"stage": "final", "class": "verified", "disclosed_on": day, "decision_on": day}
        follow_up = {"what": "Ring", "due_on": day, "assignee": "ruth@example.com"}
        case = {"ask": {"amount": 8_700_000, "currency": "EUR"}, "needed_by": day}
        return [
            ("POST", f"/applications/{self.app_id}/interviews", talk),
            ("POST", f"/applications/{self.app_id}/promises", {"what": "We call", "due_on": day}),
            ("POST", f"/applications/{self.other_id}/touchpoints", contact),
            ("POST", f"/candidates/{self.person}/tasks", follow_up),
            ("POST", f"/offers/{self.offer_id}/budget-case", case),
            ("POST", f"/applications/{self.app_id}/competing-processes", process),
            ("PATCH", f"/offers/{self.offer_id}", {"start_on": day, "expires_on": day}),
            ("PUT", f"/requisitions/{self.req_id}/interview-plan", {"talks": [], "decide_on": day}),
        ]


def _rows(session):
    session.expire_all()
    return session.query(Task).count()


@pytest.fixture
def world(api, session, people, now):
    return World(api, session, people, now)


@pytest.mark.parametrize("day", OUTSIDE)
def test_the_api_refuses_other_centuries(world, api, session, day):
    for method, path, body in world.acts(day):
        answer = api.ruth.call(method, path, body)
        assert answer.status_code == 422, (path, answer.json)
        assert "2000 to 2099" in str(answer.json), (path, answer.json)
    assert _rows(session) == 0


PAGES = ["/", "/keep-warm", "/reports", "/candidates/{person}", "/applications/{app}", "/applications/{app}/offer",
         "/applications/{app}/keep-warm", "/applications/{other}", "/requisitions/{req}", "/requisitions/{req}/bench",
         "/requisitions/{req}/interviews", "/requisitions/{req}/offers", "/requisitions/{req}/report",
         "/requisitions/{req}/debrief"]  # fmt: skip
LISTS = ["/keep-warm", "/applications/{app}", "/applications/{app}/promises", "/applications/{app}/touchpoints",
         "/applications/{app}/interviews", "/requisitions/{req}", "/requisitions/{req}/board", "/requisitions/{req}/bench",
         "/requisitions/{req}/finalists"]  # fmt: skip


@pytest.mark.parametrize("day", EDGES)
def test_the_first_and_the_last_day_break_nothing(world, api, browse, session, day):
    taken = 0
    for method, path, body in world.acts(day):
        answer = api.ruth.call(method, path, body)
        assert answer.status_code < 500, (path, answer.json)
        taken += answer.status_code < 300
    assert taken >= 2
    names = {"person": world.person, "app": world.app_id, "other": world.other_id, "req": world.req_id}
    client = browse("ruth")
    for path in PAGES:
        assert client.get(path.format(**names)).status_code < 500, path
    for path in LISTS:
        assert api.ruth.get(path.format(**names)).status_code < 500, path
    for interview in api.ruth.get(f"/applications/{world.app_id}/interviews").json.get("items", []):
        assert client.get(f"/interviews/{interview['id']}").status_code == 200
        invitation = client.get(f"/interviews/{interview['id']}/invitation.ics")
        assert invitation.status_code in {200, 404}
