"""Every form of every page takes whatever is sent in it: a page, a sentence or a way on, never an error of ours."""

import io
import random

import pytest
from werkzeug.datastructures import MultiDict

from recruiter.foundation.files.folder_store import FolderStore
from tests import snapshot
from tests.page_forms import forms_of
from tests.policy.test_every_route import NAMES, World, doors, is_api

ANSWERS = {200, 204, 303, 302, 400, 401, 403, 404, 409, 413, 422, 428, 429}
LONG = "Ä" * 30_000
NASTY = [
    "", " ", "\u200b", "\u3164", "\u202eabc", "e\u0301" * 40, "x" * 300, LONG, "a\nb\r\nc", "\t", "\x00", "\x1b[31m", "\ufeff=1+1",
    "0", "-1", "00", "0567", "\uff11\uff12", "1_000", "9" * 30, "1e309", "NaN", "-inf", "3.5", "1.234,56", "92000.005", "٣٤", "²",
    "2026-02-30", "2026-11-24", "9999-12-31", "0001-01-01", "1999-12-31", "2100-01-01", "2026-11-24T25:61", "12:99", "09:30", "--",
    "<script>alert(1)</script>", "' OR 1=1 --", "%", "_%\\", "{{7*7}}", "{first name}", "=HYPERLINK(1)", "../../etc/passwd",
    "a@b", "ruth@example.com", "true", "null", "[]", '{"a":1}', "other", "on", "EUR", "XXX", "1", "2", "3", "👩‍👩‍👧", "李娜", "O\u2019Brien",
]  # fmt: skip


@pytest.fixture
def world(app, session, people, now):
    made = World(session, people, now)
    made.file.storage_key = FolderStore(app.extensions["recruiter_settings"].instance / "files").put(b"terms")
    session.commit()
    return made


def _sent(form, chance):
    """What somebody sends who does not follow the form: some of it as it stood, some chosen, some nasty, some twice, some left out."""
    sent = MultiDict()
    for name, values in form.values.items():
        roll, offered = chance.random(), form.choices.get(name, [])
        if roll < 0.35:
            sent.setlist(name, values or ([chance.choice(offered)] if offered else []))
        elif roll < 0.5 and offered:
            sent.setlist(name, chance.sample(offered, min(len(offered), chance.choice([1, 1, 2]))))
        elif roll < 0.9:
            sent.setlist(name, [chance.choice(NASTY) for _ in range(chance.choice([1, 1, 1, 2]))])
    if chance.random() < 0.2:
        sent[chance.choice(["x", "version", "id", "user_id", "admin"])] = chance.choice(NASTY)
    for name in form.files:
        content = chance.choice(
            [b"", b"%PDF-1.4 broken", b"a,b\n1,2\n", b"PK\x03\x04", b"\xff\xd8\xff\xe0", b"\x00" * 2000]
        )
        file_name = chance.choice(["cv.pdf", "a.csv", "..", "x.zip", "简历.docx", "a\nb.txt", ""])
        sent.add(name, (io.BytesIO(content), file_name))
    return sent


def _pages(app, world, browser, name):
    """The pages that somebody may open, with their addresses."""
    for rule, view in doors(app):
        if "GET" in rule.methods and not is_api(rule) and world.expected(rule, view, name) == "allowed":
            path = world.path(rule)
            page = browser.get(path)
            if page.mimetype == "text/html" and page.status_code == 200:
                yield path, page.get_data(as_text=True)


def _fuzz(app, session, world, browser, name, *, cases, chance):
    forms = {}
    for path, markup in _pages(app, world, browser, name):
        for form in forms_of(markup, path):
            forms.setdefault((form.action, *sorted(form.values)), form)
    engine = session.get_bind()
    session.commit()
    taken, wrong, tried = snapshot.take(engine), [], 0
    for form in forms.values():
        if not form.action.startswith("/") or form.action.startswith("/sign-out"):
            continue
        for _ in range(cases):
            sent, tried = _sent(form, chance), tried + 1
            answer = browser.post(form.action, data=sent)
            if answer.status_code not in ANSWERS:
                texts = {key: value for key, value in sent.items(multi=True) if isinstance(value, str)}
                wrong.append(f"{form.action} {texts!r:.400}: {answer.status_code}")
        session.rollback()
        snapshot.clear(engine)
        snapshot.put(engine, taken)
    return wrong, tried


@pytest.mark.parametrize("name", ["ruth", "anja"])
def test_a_sample_of_what_forms_may_be_sent_is_answered(app, session, world, browse, name):
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    try:
        wrong, tried = _fuzz(app, session, world, browse(name), name, cases=1, chance=random.Random(f"form {name}"))
    finally:
        app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=None)
    assert tried > 30
    assert not wrong, "\n".join(wrong)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_every_form_is_sent_thirty_times_by_each_role(app, session, world, browse, name):
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    try:
        wrong, _ = _fuzz(app, session, world, browse(name), name, cases=30, chance=random.Random())
    finally:
        app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=None)
    assert not wrong, "\n".join(wrong)
