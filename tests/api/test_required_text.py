"""Every text that a client must send is refused where it shows nothing, whatever the operation, and nothing changes."""

import marshmallow as ma
import pytest

from recruiter.api.fields import Text
from recruiter.api.openapi import Body
from recruiter.scorecards.models import Scorecard
from tests import factories
from tests.policy.test_every_route import NAMES, World, changed, doors, everything, is_api
from tests.scorecards import arranging

UNSEEN = "\u200b \u2060\u00ad\u3164\u2800\u0301"


def _bodies(kind=Body):
    for body in kind.__subclasses__():
        yield body
        yield from _bodies(body)


def _required_strings(schema):
    """The required strings of a body, and those of what is nested in it, by their places."""
    for name, field in schema.fields.items():
        key, inner = field.data_key or name, field.inner if isinstance(field, ma.fields.List) else field
        if isinstance(inner, ma.fields.Nested):
            yield from ((f"{key}.{place}", nested) for place, nested in _required_strings(inner.schema))
        elif isinstance(field, ma.fields.String) and field.required:
            yield key, field


def _listed(field):
    """Whether a string is one of a few, which a text that shows nothing is not."""
    return any(isinstance(check, ma.validate.OneOf) for check in field.validators)


def test_every_required_string_takes_the_one_rule(app):
    bodies = [body for body in dict.fromkeys(_bodies()) if body.__module__.startswith("recruiter.")]
    texts = {(body.__name__, key): field for body in bodies for key, field in _required_strings(body())}
    assert len(texts) > 40
    unruled = [place for place, field in texts.items() if not isinstance(field, Text) and not _listed(field)]
    assert [place for place in unruled if not place[1].endswith("currency")] == []  # a currency is looked up
    assert [place for place, field in texts.items() if _takes(field, UNSEEN) and place not in unruled] == []


def _takes(field, value):
    try:
        field.deserialize(value)
    except ma.ValidationError:
        return False
    return True


@pytest.fixture
def world(session, people, now):
    return World(session, people, now)


def test_no_operation_takes_a_required_text_that_shows_nothing(app, api, session, world):
    description, tried, wrong = api.ruth.get("/openapi.json").get_json(), 0, []
    schemas, before = description["components"]["schemas"], everything(session)
    for rule, view in doors(app):
        name = next((name for name in NAMES if world.expected(rule, view, name) == "allowed"), None)
        if not is_api(rule) or name is None:
            continue
        for method in sorted(rule.methods & {"POST", "PUT", "PATCH"}):
            texts = _texts_of(description, schemas, rule, method)
            if not texts:
                continue
            answer = getattr(api, name).call(method, world.path(rule), dict.fromkeys(texts, UNSEEN))
            errors, tried = (answer.get_json() or {}).get("errors", {}), tried + len(texts)
            if answer.status_code != 422 or not set(texts) <= {key.partition(".")[0] for key in errors}:
                wrong.append(f"{method} {rule.rule} by {name}: {answer.status_code} {errors} for {texts}")
    assert wrong == []
    assert tried > 25
    assert changed(before, everything(session)) == []


def _texts_of(description, schemas, rule, method):
    address = rule.rule
    for argument in rule.arguments:
        address = address.replace(f"<{argument}>", f"{{{argument}}}").replace(f"<int:{argument}>", f"{{{argument}}}")
    operation = description["paths"].get(address.removeprefix("/api/v1"), description["paths"].get(address, {}))
    content = operation.get(method.lower(), {}).get("requestBody", {}).get("content", {}).get("application/json", {})
    schema = content.get("schema", {})
    body = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    return [
        key
        for key in body.get("required", [])
        if body["properties"][key].get("type") == "string" and "format" not in body["properties"][key]
    ]


@pytest.fixture
def slate(session, people, now):
    requisition = factories.requisition(session, people, now)
    applications = factories.finalists(session, people, now, requisition)
    session.commit()
    return applications


SOMETIMES = [  # texts that an act asks for in some states only: the rooms ask, not the body's description
    ("/applications/{0}/rejection", {"reason": UNSEEN, "release_bench": True}, "reason"),
    ("/applications/{0}/withdrawal", {"reason": UNSEEN}, "reason"),
    ("/applications/{0}/moves", {"to_stage": "Applied", "reason": UNSEEN}, "reason"),
    ("/applications/bulk", {"ids": "{0}", "action": "reject", "reason": UNSEEN}, "reason"),
    ("/requisitions/{1}/promotion", {"reason": UNSEEN, "phase": "offer"}, "reason"),
    ("/applications/{0}/notes", {"text": UNSEEN}, "text"),
    ("/applications/{0}/touchpoints", {"direction": "to", "channel": "phone", "kind": "call", "said": UNSEEN}, "said"),
    ("/applications/{0}/promises", {"what": UNSEEN, "due_on": "2026-12-01"}, "what"),
    ("/applications/{0}/concerns", {"kind": "scope", "text": UNSEEN}, "text"),
    ("/applications/{0}/competing-processes", {"stage": UNSEEN, "class": "credible"}, "stage"),
    ("/candidates", {"name": UNSEEN, "emails": ["a@example.com"]}, "name"),
    ("/requisitions", {"title": UNSEEN, "hiring_manager": "hana@example.com"}, "title"),
]


@pytest.mark.parametrize(("path", "body", "field"), SOMETIMES, ids=[path for path, _, _ in SOMETIMES])
def test_a_reason_that_shows_nothing_is_none(api, session, slate, path, body, field):
    ada, before = slate[0], everything(session)
    sent = body | ({"ids": [ada.id]} if "ids" in body else {})
    answer = api.ruth.post(path.format(ada.id, ada.requisition_id), sent)
    assert answer.status_code == 422, answer.get_json()
    assert field in answer.get_json()["errors"]
    assert changed(before, everything(session)) == []


@pytest.mark.parametrize(
    "nested", [{"attributes": [{"name": UNSEEN, "weight": 1}]}, {"stages": [{"name": UNSEEN, "kind": "applied"}]}]
)
def test_no_attribute_and_no_stage_is_called_nothing(api, people, nested):
    body = {"title": "Engineer", "hiring_manager": people.hana.email} | nested
    answer = api.ruth.post("/requisitions", body)
    assert answer.status_code == 422
    assert any(key.startswith(tuple(nested)) for key in answer.get_json()["errors"])


def test_no_name_becomes_nothing_by_a_change(api, session, world):
    before = everything(session)
    for path, field in (
        (f"/candidates/{world.candidate.id}", "name"),
        (f"/requisitions/{world.requisition.id}", "title"),
        (f"/interviews/{world.interview.id}", "name"),
    ):
        answer = api.ruth.patch(path, {field: UNSEEN})
        assert (answer.status_code, list(answer.get_json()["errors"])) == (422, [field]), path
    assert changed(before, everything(session)) == []


def test_a_five_needs_evidence_that_can_be_seen(api, session, people, now):
    interview = arranging.talk(session, people, now, arranging.seat(session, people, now), "ines")
    ratings = [{"attribute": "System design", "rating": 5, "evidence": UNSEEN}]
    answer = api.ines.put(f"/interviews/{interview.id}/scorecard", {"ratings": ratings, "overall": 4, "submit": True})
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == ["evidence.System design"]
    assert session.query(Scorecard).filter(Scorecard.sent).count() == 0


BREAK = "Ada\r\nFerreira\u2028II"


def test_every_name_is_one_line(api, session, world, people):
    candidate = api.ruth.post("/candidates", {"name": BREAK, "emails": ["b@example.com"], "headline": BREAK}).get_json()
    assert (candidate["name"], candidate["headline"]) == ("Ada Ferreira II", "Ada Ferreira II")
    body = {
        "title": BREAK,
        "hiring_manager": people.hana.email,
        "department": BREAK,
        "attributes": [{"name": BREAK, "weight": 1}],
    }
    requisition = api.ruth.post("/requisitions", body).get_json()
    assert (requisition["title"], requisition["attributes"][0]["name"]) == ("Ada Ferreira II", "Ada Ferreira II")
    for path, field in (
        (f"/candidates/{world.candidate.id}", "name"),
        (f"/requisitions/{world.requisition.id}", "title"),
        (f"/interviews/{world.interview.id}", "name"),
    ):
        assert api.ruth.patch(path, {field: BREAK}).get_json()[field] == "Ada Ferreira II", path
