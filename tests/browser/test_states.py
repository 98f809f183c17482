"""Every page with names that are long, right-to-left or full of signs; forms in error; forms that came too late.

No violation, nothing wider than a window of 320 pixels or than text of twice the size. A page that is new is walked by itself.
"""

from __future__ import annotations

import re

import pytest

from tests.browser.test_narrow import WIDE, WIDEST
from tests.policy.test_every_route import World, doors, is_api

pytestmark = pytest.mark.browser
HARD = ("Wolfeschlegelsteinhausenbergerdorff" * 3, "שרה לוי־אברהם בן־דוד", "Zoë <b>&'Ünal</b> 🎻 " + "x" * 60)
TITLE = "Leiterin der Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
NO_PAGE = re.compile(r"\.[a-z<]|/export|/sign-|/files/<int|/files/download")  # what is no page to read
SEND_EMPTY = """at => {
  const found = [...document.querySelectorAll('main form[method=post]')].filter(one =>
    one.querySelector('textarea, input:not([type=hidden]), select'));
  const form = found[at];
  if (!form) return false;
  for (const one of form.querySelectorAll('textarea, input:not([type=hidden]):not([type=radio]):not([type=checkbox])')) {
    if (one.type !== 'file') one.value = '';
  }
  for (const one of form.querySelectorAll('input[type=radio], input[type=checkbox]')) one.checked = false;
  for (const one of form.querySelectorAll('select')) one.selectedIndex = 0;
  HTMLFormElement.prototype.submit.call(form);
  return true;
}"""


@pytest.fixture
def world(session, people, now):
    """One search with a thing of every kind, and with names that try a page."""
    made = World(session, people, now)
    for application, name in zip((made.application, made.other), HARD, strict=False):
        application.candidate.name = name
    people.igor.name, people.hana.name = HARD[2], HARD[1]
    made.requisition.title, made.interview.name = TITLE, HARD[0]
    for record in (made.candidate, made.other.candidate, people.igor, people.hana, made.requisition, made.interview):
        session.merge(record)
    session.commit()
    session.expire_all()
    yield made
    session.rollback()


@pytest.fixture
def pages(app, world, session):
    """The address of every page of the application in this world, by whom it is read."""
    paths_by_reader = {"ruth": [], "ines": [], "arne": [], "anja": []}
    for rule, view in doors(app):
        if "GET" not in rule.methods or is_api(rule) or NO_PAGE.search(rule.rule):
            continue
        reader = next((name for name in paths_by_reader if world.expected(rule, view, name) == "allowed"), None)
        if reader:
            paths_by_reader[reader].append(world.path(rule))
    session.commit()
    return paths_by_reader


def test_hard_names_break_no_page(seat, pages, check_axe):
    faults, seen = [], 0
    for name, paths in pages.items():
        page = seat(name, width=320, height=800)
        for path in paths:
            answer = page.goto(path)
            if answer.status != 200 or "text/html" not in answer.headers["content-type"]:
                continue
            seen += 1
            page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(one => { one.open = true })")
            try:
                check_axe(page, f"{name} {path}", colour=False)
            except AssertionError as fault:
                faults.append(str(fault))
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            page.set_viewport_size({"width": 640, "height": 800})
            large, wide_at = page.evaluate(WIDE), page.evaluate(WIDEST)
            page.set_viewport_size({"width": 320, "height": 800})
            if large > 0:
                faults.append(f"{name} {path}: {large} pixels too wide with text of twice the size: {wide_at}")
    assert not faults, "\n".join(faults)
    assert seen > 60, seen


def test_every_form_in_error_is_sound(seat, pages, check_axe):
    """What each form says when it is sent with nothing in it: its errors are listed, have the focus, and break no page."""
    faults, wrong = [], []
    for name in ("ruth", "anja"):
        page = seat(name, width=390, scheme="dark")
        for path in pages[name]:
            if page.goto(path).status != 200 or not page.evaluate(SEND_EMPTY, 0):
                continue
            page.wait_for_load_state()
            if not page.locator("#errors").count():
                continue
            wrong.append(path)
            if page.evaluate("document.activeElement.id") != "errors" or not page.title().startswith("Error: "):
                faults.append(f"{name} {path}: the errors have no focus, or the title does not tell of them")
            try:
                check_axe(page, f"{name} {path} in error")
            except AssertionError as fault:
                faults.append(str(fault))
    assert not faults, "\n".join(faults)
    assert len(wrong) > 10, wrong
