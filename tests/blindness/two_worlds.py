"""Two companies that differ in nothing but one interviewer's scorecard, and everything that somebody can ask of them."""

from __future__ import annotations

import datetime as dt
import re

from sqlalchemy import delete, select, text

from recruiter.accounts import services as accounts
from recruiter.accounts import token_services
from recruiter.accounts.models import Role, UserSession
from recruiter.debriefs import services as debriefs
from recruiter.debriefs import verdicts
from recruiter.debriefs.models import Outcome
from recruiter.foundation import tokens
from recruiter.foundation.database.db import db
from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from recruiter.jobs import worker
from recruiter.pipeline.models import Application
from recruiter.scorecards import services as cards
from recruiter.scorecards.models import CardReading
from recruiter.scorecards.rules import CardContent, Mark
from recruiter.web.request.guard import SECRET
from tests import factories
from tests.acts import act_by, moment
from tests.conftest import PASSWORD, Api, People
from tests.policy.test_every_route import PUBLIC, World

CANARY = "CANARY"
CARDS = {
    "high": CardContent(
        [Mark("System design", 5, f"{CANARY} brilliant"), Mark("Communication", 5, f"{CANARY} plain")],
        overall=4,
        summary=f"{CANARY} hire her at once",
        question=f"{CANARY} none",
        concern=f"{CANARY} pay",
    ),
    "low": CardContent(
        [Mark("System design", 1, f"{CANARY} lost in the weeds, twice over"), Mark("Communication", 2)],
        overall=1,
        question=f"{CANARY} who let her through to here?",
    ),
}
ROLES = {
    "ruth": (Role.RECRUITER, True), "rolf": (Role.RECRUITER, False), "hana": (Role.HIRING_MANAGER, True),
    "henk": (Role.HIRING_MANAGER, False), "ines": (Role.INTERVIEWER, False), "igor": (Role.INTERVIEWER, False),
    "xenia": (Role.INTERVIEWER, False), "arne": (Role.APPROVER, True), "anja": (Role.ADMIN, False),
}  # fmt: skip
TOKEN = re.compile(r'(name="csrf_token" value=|data-csrf=|"token": ?)"[^"]+"')
LINK = re.compile(r"/endorse/[\w-]+")
QUERIES = (
    ("/requisitions/{key}", ("?view=table", "?view=table&sort=-cards", "?flag=late", "?sort=name")),
    ("/requisitions/{key}/finalists", ("?order=difference", "?order=scorecard", "?a={application}&b={other}", "?show=all")),
    ("/requisitions/{key}/debrief", ("?who={application}", "?who={other}")),
    ("/keep-warm", ("?whose=team", "?due=all", "?whose=mine")),
    ("/candidates", ("?q=ada", "?q=canary", "?q=brilliant", "?q=weeds")),
    ("/search", ("?q=ada", "?q=canary", "?q=brilliant", "?q=weeds")),
    ("/scorecards", ("?sent=all",)),
    ("/api/v1/applications", ("?sort=-id", "?stage=Final", "?status=active")),
    ("/api/v1/candidates", ("?q=ada", "?q=canary", "?q=brilliant")),
    ("/api/v1/keep-warm", ("?due=all", "?due=later")),
    ("/api/v1/budget-cases/{case}/export", ("?format=json", "?format=html", "?format=docx", "?format=xlsx")),
)  # fmt: skip
FORMS = (
    ("/scorecards/{talk}", {"send": "yes"}),
    ("/applications/{application}/move", {"to_stage": "x"}),
    ("/requisitions/{key}/debrief", {"decision": ""}),
    ("/requisitions/{key}/finalists/order", {}),
    ("/interviews/{talk}/status", {"status": "cancelled"}),
    ("/interviews/{talk}/scorecards/{author}", {"channel": "paper"}),
)


def empty():
    """Take every row out and begin to count again."""
    names = [table.name for table in db.metadata.sorted_tables]
    with db.engine.begin() as connection:
        if db.engine.dialect.name == "postgresql":
            listed = ", ".join(f'"{name}"' for name in names)
            connection.execute(text(f"TRUNCATE {listed} RESTART IDENTITY CASCADE"))
            return
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for name in reversed(names):
            connection.execute(text(f'DELETE FROM "{name}"'))


class Told:
    """One of the two companies: its world, and what each person is told by it."""

    def __init__(self, app, session, now, card):
        factories.fake.seed_instance(20261118)
        factories.fake.unique.clear()
        made = {
            name: accounts.add(
                session, email=f"{name}@example.com", name=name.title(), role=role, pay_view=pay, act=moment(now),
                password=PASSWORD, memory_kib=8,
            )
            for name, (role, pay) in ROLES.items()
        }  # fmt: skip
        self.app, self.session, self.now, self.people = app, session, now, People(**made)
        self.readings: dict[str, set[tuple[int, int]]] = {}  # by address: who read cards on which application there
        session.commit()
        self.world = World(session, self.people, now, card_content=CARDS[card])
        self._more()

    def _more(self):
        """More that is made from the card: an amendment, a round table with its verdicts, and panels that owe theirs."""
        world, people, now = self.world, self.people, self.now
        early = now - dt.timedelta(days=3)
        for application in (
            self.session.query(Application).filter_by(requisition_id=world.requisition.id).order_by(Application.id)
        ):
            talk = interviews.plan(  # two cards on each finalist, the same in both worlds: there is a ranking to hide
                self.session, application=application, stage=world.requisition.stages[2], name="Early talk", starts_at=early,
                ends_at=early + dt.timedelta(hours=1), panel=[Seat(people.henk), Seat(people.anja)],
                act=act_by(people.ruth, now=now) )  # fmt: skip
            for author in (people.henk, people.anja):
                marks = [Mark("System design", 3, "Sound"), Mark("Communication", 3, "Clear")]
                cards.submit(
                    self.session, interview=talk, content=CardContent(marks, overall=3), act=act_by(author, now=now)
                )
        coming = now + dt.timedelta(hours=1)
        self.coming = interviews.plan(
            self.session, application=world.application, stage=world.requisition.stages[2], name="Second talk",
            starts_at=coming, ends_at=coming + dt.timedelta(hours=1),
            panel=[Seat(people.hana), Seat(people.rolf), Seat(people.igor)], act=act_by(people.ruth, now=now) )  # fmt: skip
        marks = [
            Mark(rating.attribute, rating.rating and int(rating.rating), rating.evidence)
            for rating in world.card.ratings
        ]
        cards.amend(self.session, interview=world.interview, content=CardContent(marks, overall=int(5 - world.card.overall), summary=f"{CANARY} amended {world.card.overall}"), reason=f"{CANARY} because {world.card.overall}", act=act_by(people.ines, now=now))  # fmt: skip
        about = {
            "requisition": world.requisition,
            "application": world.application,
            "act": act_by(people.ruth, now=now),
        }
        debriefs.record(
            self.session, decision=f"{CANARY} decided {world.card.overall}", reason=f"{CANARY} since {world.card.overall}",
            outcome=Outcome.GO_ON if world.card.overall > 2 else Outcome.STOP, open_early_because="Her offer expires", **about,
        )  # fmt: skip
        verdicts.record(
            self.session, application=world.application, user=people.ines, after=int(world.card.overall),
            reason=f"{CANARY} heard the others", dissent=f"{CANARY} against it {world.card.overall}", act=act_by(people.ruth, now=now) )  # fmt: skip
        self.session.commit()

    def _browser(self, name):
        client, secret = self.app.test_client(), tokens.new()
        user = getattr(self.people, name)
        self.session.add(
            UserSession(user_id=user.id, digest=tokens.digest(secret), created_at=self.now, seen_at=self.now)
        )
        self.session.commit()
        with client.session_transaction() as cookie:
            cookie[SECRET] = secret
        return client

    def _names(self):
        world = self.world
        return {
            "key": world.requisition.key, "application": world.application.id, "other": world.other.id,
            "talk": world.interview.id, "author": self.people.xenia.id, "case": world.case.id,
        }  # fmt: skip

    def paths(self):
        """Every address that can be read, with the things of this world in it, and those with a query."""
        rules = sorted(self.app.url_map.iter_rules(), key=lambda rule: rule.rule)
        private = {"accounts.second_factor"}  # shows a new secret of its own at each look, and nothing of anybody else
        reading = [rule for rule in rules if "GET" in rule.methods and rule.endpoint not in PUBLIC | private]
        paths = [self.world.path(rule) for rule in reading]
        names = self._names()
        other = [str(names["application"]), str(names["other"])]
        paths += [
            path.replace(f"/applications/{other[0]}", f"/applications/{other[1]}")
            for path in paths
            if f"/applications/{other[0]}" in path
        ]
        paths += [
            path.replace(f"/interviews/{names['talk']}", f"/interviews/{self.coming.id}")
            for path in paths
            if f"/interviews/{names['talk']}" in path
        ]
        paths += [(path + query).format(**names) for path, queries in QUERIES for query in queries]
        return list(dict.fromkeys(paths))

    def answers(self, name):
        """What somebody gets for each address: status, kind, and the bytes but for the token of the form."""
        client = self._browser(name)
        api = Api(
            self.app, token_services.new_token(self.session, user=getattr(self.people, name), act=moment(self.now))
        )
        self.session.commit()
        out = {}
        for path in self.paths():
            answer = api.get(path) if path.startswith("/api/") else client.get(path)
            out[f"GET {path}"] = _plain(answer)
            self._take_readings(f"GET {path}")
        for path, data in FORMS:
            out[f"POST {path}"] = _plain(client.post(path.format(**self._names()), data=data))
            self._take_readings(f"POST {path}")
        return out

    def _take_readings(self, path):
        """What was put on record by one answer; taken out, so that the next one tells of its own."""
        readings = select(CardReading.user_id, CardReading.application_id)
        recorded = {(user_id, number) for user_id, number in self.session.execute(readings)}
        if recorded:
            self.readings.setdefault(path, set()).update(recorded)
            self.session.execute(delete(CardReading))
        self.session.commit()

    def letters(self, clock):
        """Every message that goes out within three days, by whom it goes to."""
        out: dict[str, list[tuple[str, str, str]]] = {}
        mailer = self.app.extensions["recruiter_mailer"]
        mailer.sent.clear()
        for hours in range(0, 72, 2):
            clock.at = self.now + dt.timedelta(hours=hours)
            while worker.step(self.app):
                pass
        for message in mailer.sent:
            out.setdefault(message.to, []).append(
                (message.subject, LINK.sub("/endorse/LINK", message.body), message.calendar)
            )
        clock.at = self.now
        return out


def _plain(answer):
    body = answer.get_data()
    if answer.mimetype.startswith(("text/", "application/json", "application/problem+json")):
        body = TOKEN.sub(r"\1TOKEN", body.decode()).encode()
    headers = {name: answer.headers.get(name) for name in ("Content-Type", "Location", "ETag", "Content-Disposition")}
    return answer.status_code, headers, body
