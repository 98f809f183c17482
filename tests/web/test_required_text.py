"""Every text field that must be filled in is refused where it shows nothing, on every page, and nothing changes."""

import importlib
import pkgutil
from html.parser import HTMLParser

import pytest
import wtforms
from werkzeug.datastructures import MultiDict
from wtforms.validators import DataRequired, InputRequired

import recruiter.web
from recruiter.foundation.files.folder_store import FolderStore
from recruiter.web.request.text_fields import TextRequired
from tests.policy.test_every_route import NAMES, World, changed, doors, everything, is_api

UNSEEN = "\u200b \u2060\u00ad\u3164\u2800\u0301"
TEXT_INPUTS = {None, "text", "search", "email", "tel", "url"}


def _forms(kind=wtforms.Form):
    for module in pkgutil.walk_packages(recruiter.web.__path__, "recruiter.web."):
        importlib.import_module(module.name)
    for form in kind.__subclasses__():
        yield form
        yield from _subclasses(form)


def _subclasses(kind):
    for form in kind.__subclasses__():
        yield form
        yield from _subclasses(form)


def _fields():
    """Every field of every form class as it is declared: its form, its name, its kind and its checks."""
    for form in sorted({form for form in _forms() if form.__module__.startswith("recruiter.")}, key=str):
        for name in dir(form):
            field = getattr(form, name, None)
            if isinstance(field, wtforms.fields.core.UnboundField):
                yield form, name, field.field_class, field.kwargs.get("validators") or ()


def test_every_required_text_field_takes_the_one_rule():
    texts = [entry for entry in _fields() if issubclass(entry[2], wtforms.StringField)]
    free = [entry for entry in texts if not issubclass(entry[2], wtforms.HiddenField | wtforms.PasswordField)]
    loose = [f"{form.__name__}.{name}" for form, name, _, checks in free if _loose(checks)]
    assert loose == []
    assert sum(any(isinstance(check, TextRequired) for check in entry[3]) for entry in free) > 20


def _loose(checks):
    return any(isinstance(check, InputRequired | DataRequired) for check in checks)


def test_every_required_text_field_says_its_sentence_for_what_shows_nothing(app):
    wrong = []
    for form, name, _, checks in _fields():
        rule = next((check for check in checks if isinstance(check, TextRequired)), None)
        if rule is None:
            continue
        with app.test_request_context(method="POST"):
            field = form.__dict__.get(name, getattr(form, name)).bind(wtforms.Form(), name)
            field.process(MultiDict({name: UNSEEN}))
            if field.validate(wtforms.Form()) or list(field.errors) != [rule.message]:
                wrong.append(f"{form.__name__}.{name}: {field.errors}")
    assert wrong == []


class Forms(HTMLParser):
    """The forms of a page that post: where to, and their fields as a browser would send them."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.area = [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form" and (given.get("method") or "").lower() == "post":
            self.forms.append({"action": given.get("action"), "fields": {}, "required": []})
        if not self.forms or "name" not in given or "disabled" in given:
            return
        form, name, kind = self.forms[-1], given["name"], given.get("type")
        if tag == "textarea" or (tag == "input" and kind in TEXT_INPUTS):
            form["fields"][name] = given.get("value") or ""
            if "required" in given:
                form["required"].append(name)
        elif tag == "input" and (kind not in {"checkbox", "radio"} or "checked" in given):
            form["fields"][name] = given.get("value") or ""


@pytest.fixture
def world(app, session, people, now):
    made = World(session, people, now)
    made.file.storage_key = FolderStore(app.extensions["recruiter_settings"].instance / "files").put(b"terms")
    session.commit()
    return made


@pytest.mark.long
def test_no_form_of_any_page_takes_a_required_text_that_shows_nothing(app, session, world, browse):
    browsers, tried, wrong = {name: browse(name) for name in NAMES}, set(), []
    before = everything(session)
    for rule, view in doors(app):
        name = next((name for name in NAMES if world.expected(rule, view, name) == "allowed"), None)
        if "GET" not in rule.methods or is_api(rule) or name is None:
            continue
        path = world.path(rule)
        page = browsers[name].get(path)
        for form in Forms(page.get_data(as_text=True)).forms if page.mimetype == "text/html" else ():
            address = form["action"] or path
            if not form["required"] or (address, *form["required"]) in tried:
                continue
            tried.add((address, *form["required"]))
            sent = {key: value or "x" for key, value in form["fields"].items()} | dict.fromkeys(
                form["required"], UNSEEN
            )
            answer = browsers[name].post(address, data=sent)
            if answer.status_code not in {403, 404, 409, 422}:
                wrong.append(f"{address} by {name}: {answer.status_code} for {form['required']}")
    assert wrong == []
    assert len(tried) > 12, tried
    assert changed(before, everything(session)) == []
