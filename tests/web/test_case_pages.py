"""Budget cases as pages: who may, nothing typed is lost, what is frozen stays, a colleague needs no account."""

import datetime as dt
import html
import re

import pytest
from sqlalchemy.orm import Session

from recruiter.audit.models import AuditEntry
from recruiter.budget import services
from recruiter.budget.evidence.figures.vacancy_assumptions import DEFAULTS
from recruiter.budget.models import BudgetCase, CaseVerdict, Choice
from recruiter.foundation.money import Money
from tests import factories
from tests.acts import act_by
from tests.budget import arranging
from tests.sound_page import sound_text as sound

SHOWN = "Zoë &lt;b&gt;&amp;&#39;Ünal&lt;/b&gt; 🎻 שרה"
STRANGE = "“Ledger” <script>alert(1)</script> & it's שלום 🎻"
ESCAPED = "“Ledger” &lt;script&gt;alert(1)&lt;/script&gt; &amp; it&#39;s שלום 🎻"


@pytest.fixture
def offer(session, people, now):
    return arranging.ground(session, people, now)


@pytest.fixture
def case(session, people, now, offer):
    return arranging.opened(session, people, now, offer)


@pytest.fixture
def sent(session, people, now, offer):
    return arranging.submitted(session, people, now, offer)


def stored(session, case):
    with Session(session.get_bind()) as own:
        fresh = own.get(BudgetCase, case.id)
        own.refresh(fresh, ["decisions", "endorsements"])
        own.expunge_all()
        return fresh


def text(answer):
    return answer.get_data(as_text=True)


def form_of(page):
    """The fields of the editor as a browser would send them."""
    form = page[page.index('<form class="steps"') :].split("</form>")[0]
    sent = {}
    for tag in re.findall(r"<input [^>]*>", form):
        if 'type="checkbox"' in tag and " checked" not in tag:
            continue
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] != "csrf_token":
            sent[name[1]] = value[1] if value else ""
    areas = re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>\n?([^<]*)</textarea>', form)
    return sent | {name: html.unescape(text) for name, text in areas}


@pytest.mark.parametrize(
    ("name", "status"), [("ruth", 200), ("hana", 200), ("rolf", 404), ("anja", 404), ("henk", 404), ("ines", 404), ("arne", 404)]
)  # fmt: skip
def test_who_may_open_a_case(browse, offer, name, status):
    client = browse(name)
    assert client.get(f"/requisitions/{offer.application.requisition.key}/case").status_code == status
    assert client.post(f"/offers/{offer.id}/case", data={}).status_code == (422 if status == 200 else status)


@pytest.mark.parametrize(
    ("name", "draft", "after"),
    [("ruth", 200, 200), ("hana", 200, 200), ("rolf", 404, 404), ("anja", 404, 404), ("henk", 404, 404), ("ines", 404, 404), ("arne", 404, 200)],
)  # fmt: skip
def test_who_reads_a_case(browse, session, people, now, case, name, draft, after):
    client = browse(name)
    paths = [f"/cases/{case.id}", f"/cases/{case.id}/document", f"/cases/{case.id}/export.json"]
    assert {client.get(path).status_code for path in paths} == {draft}
    if draft != 200:
        for act in ("", "/endorsements", "/withdrawal"):
            assert client.post(f"/cases/{case.id}{act}", data={}).status_code == draft
    services.submit(session, case=case, act=act_by(people.ruth, now=now))
    session.commit()
    assert {client.get(path).status_code for path in paths} == {after}
    if name == "arne":
        for act in ("", "/endorsements", "/withdrawal"):
            assert client.post(f"/cases/{case.id}{act}", data={}).status_code == 403
    else:
        assert client.post(f"/cases/{case.id}/decision", data={}).status_code == (403 if after == 200 else 404)


def test_the_list(browse, session, people, now, offer):
    assert "No budget cases yet" in text(browse("ruth").get("/cases"))
    first = arranging.submitted(session, people, now, offer)
    other = arranging.ground(session, people, now, names=("Mo Salah", "Nia Ray"))
    arranging.opened(session, people, now, other)
    page = text(browse("ruth").get("/cases"))
    sound(page)
    assert SHOWN in page
    assert "EUR 92,000" in page
    assert "EUR 7,000" in page
    assert page.index(first.number) < page.index("BC-2026-002")
    assert "BC-2026-002" not in text(browse("ruth").get("/cases?status=submitted"))
    assert "No cases here" in text(browse("ruth").get("/cases?status=refused"))
    assert "BC-2026-002" in text(browse("ruth").get("/cases?status=nonsense"))
    approvers = text(browse("arne").get("/cases"))
    assert first.number in approvers
    assert "BC-2026-002" not in approvers
    assert "EUR" not in text(browse("rolf").get("/cases"))
    assert browse("ines").get("/cases").status_code == 404


def test_a_case_is_opened_from_its_requisition(browse, session, offer):
    client, path = browse("ruth"), f"/requisitions/{offer.application.requisition.key}/case"
    page = text(client.get(path))
    sound(page)
    assert SHOWN in page
    assert "EUR 5,000 above the band" in page
    sent = {f"offer{offer.id}-ask": "80,000", f"offer{offer.id}-needed_by": "2026-11-20"}
    answer = client.post(f"/offers/{offer.id}/case", data=sent)
    assert answer.status_code == 422
    assert "within the band" in text(answer)
    assert 'value="80,000"' in text(answer)
    for wrong in ({f"offer{offer.id}-ask": "a lot"}, {f"offer{offer.id}-needed_by": "soon"}, {f"offer{offer.id}-needed_by": "2026-11-01"}):  # fmt: skip
        answer = client.post(f"/offers/{offer.id}/case", data={f"offer{offer.id}-ask": "92 000", **sent, **wrong})
        assert answer.status_code == 422
        assert "There is a problem" in text(answer)
    answer = client.post(f"/offers/{offer.id}/case", data={**sent, f"offer{offer.id}-ask": "92 000"})
    assert answer.status_code == 303
    with Session(session.get_bind()) as own:
        made = own.query(BudgetCase).one()
        assert (made.ask, made.currency, made.requested_by.name) == (9_200_000, "EUR", "Ruth")
    assert client.get(path).location == answer.location
    again = client.post(f"/offers/{offer.id}/case", data={**sent, f"offer{offer.id}-ask": "93,000"})
    assert again.status_code == 409
    assert "is going on" in text(again)
    everything = text(client.get(path + "?all=yes"))
    sound(everything)
    assert "Every offer that is open has its case" in everything
    assert "BC-2026-001" in everything


def test_without_band_or_offer_the_page_says_what_comes_first(browse, session, people, now):
    bare = factories.requisition(session, people, now, band=None)
    banded = factories.requisition(session, people, now)
    session.commit()
    assert "no approved band" in text(browse("ruth").get(f"/requisitions/{bare.key}/case"))
    assert "Draft an offer first" in text(browse("ruth").get(f"/requisitions/{banded.key}/case"))


def test_the_editor_shows_sections_in_order_with_their_evidence(browse, case):
    page = text(browse("ruth").get(f"/cases/{case.id}"))
    sound(page)
    titles = ["1. The request", "2. Why this candidate", "3. How this candidate stands", "4. Voices of other teams", "7. What losing", "8. The alternatives", "13. Sources"]  # fmt: skip
    assert [page.index(title) for title in titles] == sorted(page.index(title) for title in titles)
    assert SHOWN in page
    assert "% answered" in page
    assert "EUR\xa07,000" in page
    assert "The approved band runs from" in page
    assert "An approver asks: What did the panel see that the role asks for?" in page
    assert "Scorecards of" in page
    assert "CANARY" in page
    assert "Finalist B" in page
    assert "Bela Novak" not in page
    assert page.count('type="number"') == len(DEFAULTS)
    assert f"/cases/{case.id}/document" in page


def test_saving_keeps_what_was_typed_and_marks_what_has_no_place(browse, session, case):
    client = browse("ruth")
    sent = form_of(text(client.get(f"/cases/{case.id}")))
    sent["text_candidate"] = f"{STRANGE}\nShe has three kids to feed and a commute."
    sent["text_market"] = "He studied at Harvard"
    sent["assumption_days_middle"] = "70"
    assert client.post(f"/cases/{case.id}", data={**sent, "act": "save"}).status_code == 303
    draft = stored(session, case)
    assert draft.texts["candidate"].startswith("“Ledger” <script>")
    assert {key: value for key, value in draft.texts.items() if key.startswith("assumption")} == {"assumption:days_middle": "70"}  # fmt: skip
    page = text(client.get(f"/cases/{case.id}"))
    sound(page)
    assert ESCAPED in page
    assert re.search(r'<mark class="is-blocked">[^<]*kids', page)
    assert '<mark class="is-warned">Harvard</mark>' in page
    assert "Family, partners and children have no place here." in page
    assert "Words to take out" in page
    assert "Set by the writer" in page
    answer = client.post(f"/cases/{case.id}", data={**form_of(page), "text_market": "Still typed", "act": "submit"})
    assert answer.status_code == 422
    assert 'href="#text_candidate"' in text(answer)
    assert "Still typed" in text(answer)
    assert "Your draft is saved" in text(answer)
    assert stored(session, case).texts["market"] == "Still typed"
    assert stored(session, case).status == "draft"
    again = form_of(text(client.get(f"/cases/{case.id}")))
    again |= {"text_candidate": "", "assumption_days_middle": ""}
    assert client.post(f"/cases/{case.id}", data=again).status_code == 303
    assert stored(session, case).texts == {"market": "Still typed"}


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [("ask", "much", "Enter the amount as a number"), ("ask", "80,000", "within the band"), ("ask", "", "Enter the base salary"),
     ("needed_by", "2020-01-01", "today or later"), ("needed_by", "x", "Enter the date"), ("assumption_days_low", "many", "Give a whole number"),
     ("assumption_search_low", "501", "between 0 and 500"), ("assumption_days_low", "-1", "between 0 and"), ("text_risks", "x" * 20_001, "Use at most 20,000 characters")],
)  # fmt: skip
def test_a_mistake_loses_nothing(browse, session, case, field, value, message):
    client = browse("ruth")
    sent = {**form_of(text(client.get(f"/cases/{case.id}"))), "text_equity": STRANGE, field: value}
    answer = client.post(f"/cases/{case.id}", data=sent)
    assert answer.status_code == 422
    page = text(answer)
    assert message in page
    assert f'href="#{field}"' in page
    assert ESCAPED in page
    assert "<title>Error: " in page
    assert stored(session, case).texts == {}


def test_two_writers_do_not_overwrite_each_other(browse, session, case):
    ruth, hana = browse("ruth"), browse("hana")
    old = form_of(text(ruth.get(f"/cases/{case.id}")))
    assert hana.post(f"/cases/{case.id}", data={**old, "text_risks": "Hana's"}).status_code == 303
    answer = ruth.post(f"/cases/{case.id}", data={**old, "text_risks": "Ruth's own"})
    assert answer.status_code == 409
    assert "Ruth&#39;s own" in text(answer)
    assert stored(session, case).texts["risks"] == "Hana's"
    assert ruth.post(f"/cases/{case.id}", data=form_of(text(answer)) | {"text_risks": "Ruth's own"}).status_code == 303


def test_sent_it_is_frozen_and_an_approver_decides(browse, session, case):
    client = browse("ruth")
    sent = form_of(text(client.get(f"/cases/{case.id}")))
    assert client.post(f"/cases/{case.id}", data={**sent, "text_risks": "He may stay where he is", "act": "submit"}).status_code == 303  # fmt: skip
    frozen = stored(session, case)
    page = text(client.get(f"/cases/{case.id}"))
    sound(page)
    assert frozen.sha256 in page
    assert "<textarea" not in page
    assert "He may stay where he is" in page
    assert client.post(f"/cases/{case.id}", data=sent).status_code == 409
    approver = browse("arne")
    page = text(approver.get(f"/cases/{case.id}"))
    sound(page)
    assert "Record decision" in page
    assert "Withdraw" not in page
    assert "Record decision" not in text(client.get(f"/cases/{case.id}"))
    for wrong, message in (
        ({"decision": "refused"}, "Say why"),
        ({"decision": "approved", "amount": "99,000"}, "Approve an amount above the band"),
        ({"decision": "approved", "amount": "lots"}, "Enter the amount as a number"),
        ({}, "Choose a decision"),
    ):
        answer = approver.post(f"/cases/{case.id}/decision", data={"comment": "", "sha256": frozen.sha256, **wrong})
        assert answer.status_code == 422
        assert message in text(answer)
    answer = approver.post(f"/cases/{case.id}/decision", data={"decision": "approved", "amount": "90,000", "comment": STRANGE, "sha256": frozen.sha256})  # fmt: skip
    assert answer.status_code == 303
    after = stored(session, case)
    assert (after.status, after.sha256, after.frozen) == ("approved", frozen.sha256, frozen.frozen)
    assert after.decisions[0].amount == 9_000_000
    page = text(client.get(f"/cases/{case.id}"))
    assert "EUR 90,000" in page
    assert ESCAPED in page
    assert approver.post(f"/cases/{case.id}/decision", data={"decision": "refused", "comment": "x"}).status_code == 409


def test_a_decision_on_a_case_that_was_sent_anew_tells_what_changed_and_keeps_the_comment(
    browse, session, people, now, sent
):
    seen = sent.sha256
    assert f'name="sha256" value="{seen}"' in text(browse("arne").get(f"/cases/{sent.id}"))
    arranging.decided(session, people, now, sent, verdict=CaseVerdict.CHANGES_REQUESTED, comment="Shorter")
    change = services.CaseChange(sections={"risks": "None that we know", "ask": ""}, ask=Money(9_100_000, "EUR"))
    services.write(session, case=sent, change=change, act=act_by(people.ruth, now=now))
    services.submit(session, case=sent, act=act_by(people.ruth, now=now))
    session.commit()
    given = {"decision": "approved", "comment": "Fine with me"}
    answer = browse("arne").post(f"/cases/{sent.id}/decision", data={**given, "sha256": seen})
    assert answer.status_code == 409
    page = text(answer)
    assert "Ruth sent this case again at 09:30, for EUR 91,000; written anew: risks and concerns." in page
    assert "Fine with me" in page
    assert f'name="sha256" value="{sent.sha256}"' in page
    assert browse("arne").post(f"/cases/{sent.id}/decision", data=given).status_code == 428
    assert len(stored(session, sent).decisions) == 1


def test_changes_asked_for_open_it_again(browse, session, people, now, sent):
    arranging.decided(session, people, now, sent, CaseVerdict.CHANGES_REQUESTED, comment="Price <Finalist B>")
    page = text(browse("ruth").get(f"/cases/{sent.id}"))
    assert "asks for changes" in page
    assert "Price &lt;Finalist B&gt;" in page
    assert "Save draft" in page


def test_withdrawing(browse, session, case):
    client = browse("ruth")
    assert client.post(f"/cases/{case.id}/withdrawal").status_code == 303
    assert stored(session, case).status == "withdrawn"
    again = client.post(f"/cases/{case.id}/withdrawal", follow_redirects=True)
    assert "cannot be taken back" in text(again)


def test_the_document_and_the_files(browse, session, people, now, case):
    client = browse("ruth")
    page = text(client.get(f"/cases/{case.id}/document"))
    sound(page)
    assert "Draft." in page
    assert SHOWN in page
    assert case.number in page
    assert '"sha256": null' in text(client.get(f"/cases/{case.id}/export.json"))
    services.submit(session, case=case, act=act_by(people.ruth, now=now))
    session.commit()
    page = text(client.get(f"/cases/{case.id}/document"))
    assert case.sha256 in page
    assert "Draft." not in page
    answer = client.get(f"/cases/{case.id}/export.json")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{case.number}-{case.sha256[:12]}.json"'
    assert client.get(f"/cases/{case.id}/export.html").status_code == 200
    assert client.get(f"/cases/{case.id}/export.exe").status_code == 404
    assert client.get("/cases/999").status_code == 404


def test_who_owes_a_card_sees_nothing_of_cards(browse, session, people, now, case):
    hers = arranging.panel(session, people, now, case.offer.application, "hana")
    session.commit()
    client = browse("hana")
    for path in (f"/cases/{case.id}", f"/cases/{case.id}/document"):
        page = text(client.get(path))
        assert "Hidden until your own scorecard" in page
        for phrase in ("CANARY", "Split it cleanly", "recommends", "of 5", "Finalist B"):
            assert phrase not in page, (path, phrase)
    assert client.get(f"/cases/{case.id}/export.json").status_code == 409
    arranging.card(session, hers, people.hana, now)
    session.commit()
    assert "CANARY" in text(client.get(f"/cases/{case.id}"))


def typed(page, **more):
    return form_of(page) | more


def test_a_preview_shows_what_was_typed_and_saves_nothing(browse, session, case):
    client = browse("ruth")
    page = text(client.get(f"/cases/{case.id}"))
    assert "What is saved, as the download has it." in page
    before = stored(session, case)
    entries = session.query(AuditEntry).count()
    sent = typed(page, text_risks=STRANGE, ask="91,000")
    answer = client.post(f"/cases/{case.id}/preview", data=sent)
    assert answer.status_code == 200
    page = text(answer)
    sound(page)
    paper = page[page.index("data-preview-paper") :]
    assert "What you typed. It is not saved yet." in page
    assert ESCAPED in paper
    assert "EUR\u00a091,000" in paper
    assert form_of(page)["text_risks"] == STRANGE
    assert form_of(page)["ask"] == "91,000"
    alone = client.post(f"/cases/{case.id}/preview?part=article", data=sent)
    assert text(alone).lstrip().startswith("<article")
    assert ESCAPED in text(alone)
    assert "<html" not in text(alone)
    after = stored(session, case)
    assert (after.version, after.texts, after.ask) == (before.version, before.texts, before.ask)
    assert session.query(AuditEntry).count() == entries
    assert client.get(f"/cases/{case.id}/preview").location == f"/cases/{case.id}"


def test_the_preview_is_the_download(browse, session, case):
    client = browse("ruth")
    page = text(client.get(f"/cases/{case.id}"))
    sent = typed(page, text_risks="The migration slips.")
    previewed = text(client.post(f"/cases/{case.id}/preview?part=article", data=sent))
    client.post(f"/cases/{case.id}", data={**sent, "act": "save"})
    download = text(client.get(f"/cases/{case.id}/export.html"))

    def article(page):  # on the page headings stand one level lower, and sources lead to where they stand
        article = page[page.index("<article") : page.index("</article>")]
        return re.sub(r"<a href=\"/[^>]*>|</a>", "", re.sub(r"</?h[1-6]", "<h", article))

    assert article(download) == article(previewed)
    assert 'href="/' not in download[download.index("<article") :]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [("ask", "much", "like 204,000"), ("ask", "1", "band"), ("needed_by", "", "Enter the date")],
)
def test_what_cannot_be_previewed_is_said_and_stays_typed(browse, session, case, field, value, message):
    client = browse("ruth")
    sent = typed(text(client.get(f"/cases/{case.id}")), text_risks=STRANGE) | {field: value}
    answer = client.post(f"/cases/{case.id}/preview", data=sent)
    assert answer.status_code == 422
    page = text(answer)
    assert message in page
    assert form_of(page)["text_risks"] == STRANGE
    alone = client.post(f"/cases/{case.id}/preview?part=article", data=sent)
    assert alone.status_code == 422
    assert alone.mimetype == "text/plain"
    assert message in text(alone)


def test_a_frozen_case_has_no_preview_and_takes_none(browse, session, sent):
    client = browse("ruth")
    page = text(client.get(f"/cases/{sent.id}"))
    assert "data-preview" not in page
    assert (
        client.post(f"/cases/{sent.id}/preview", data={"ask": "91,000", "needed_by": "2030-01-01"}).status_code == 409
    )


def test_who_owes_a_card_previews_nothing_of_cards(browse, session, people, now, case):
    arranging.panel(session, people, now, case.offer.application, "hana")
    session.commit()
    client = browse("hana")
    page = text(client.get(f"/cases/{case.id}"))
    alone = text(client.post(f"/cases/{case.id}/preview?part=article", data=typed(page, text_risks="Later")))
    assert "Hidden until your own scorecard" in alone
    for phrase in ("CANARY", "recommends", "Finalist B"):
        assert phrase not in alone


def test_either_paper_can_be_downloaded(browse, session, sent):
    client = browse("ruth")
    answer = client.get(f"/cases/{sent.id}/export.pdf?paper=letter")
    assert f'{sent.number}-{sent.sha256[:12]}-letter.pdf"' in answer.headers["Content-Disposition"]
    assert client.get(f"/cases/{sent.id}/export.pdf?paper=a0").status_code == 404


def ask_colleague(client, case, **more):
    sent = {"email": "kim@other.example", "question": "Would your team work with this person?", **more}
    answer = client.post(f"/cases/{case.id}/endorsements", data=sent)
    assert answer.status_code == 303, text(answer)
    page = text(client.get(answer.location))
    return page, re.search(r"/endorse/[\w-]+", page)[0]


def test_a_colleague_is_asked_and_answers_without_an_account(app, browse, session, case):
    client = browse("ruth")
    page, path = ask_colleague(client, case)
    sound(page)
    assert "This link is shown once" in page
    assert path not in text(client.get(f"/cases/{case.id}"))
    assert "Silent" in page
    guest = app.test_client()
    answer = guest.get(path)
    page = text(answer)
    sound(page)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert SHOWN in page
    assert "Senior Backend Engineer" in page
    assert "Ruth" in page
    for secret in ("CANARY", "EUR", "92,000", "Bela Novak", "Chidi Okoro", "Ines", case.number, "kim@other.example"):
        assert secret not in page, secret
    for wrong, message in (
        ({}, "Choose yes, no"),
        ({"would_use": "yes", "answer": "x"}, "Enter your name"),
        ({"would_use": "yes", "name": "Kim"}, "Say in a line"),
    ):
        answer = guest.post(path, data=wrong)
        assert answer.status_code == 422
        assert message in text(answer)
    sent = {"would_use": "yes", "name": "Kim <i>", "team": "Data & co", "answer": STRANGE}
    answer = guest.post(path, data=sent)
    assert answer.status_code == 303
    thanks = guest.get(answer.location)
    assert thanks.status_code == 200
    assert "Thank you" in text(thanks)
    assert guest.get(path).status_code == 409
    assert guest.post(path, data={**sent, "answer": "Other"}).status_code == 409
    page = text(client.get(f"/cases/{case.id}"))
    assert ESCAPED in page
    assert "Kim &lt;i&gt;" in page
    assert "Would use this skill" in page
    assert stored(session, case).endorsements[0].choice == Choice.YES


def test_after_a_refusal_the_requester_is_led_to_another_case_or_to_the_offer(browse, session, people, now, sent):
    ruth = browse("ruth")
    assert "After the refusal" not in text(ruth.get(f"/cases/{sent.id}"))
    arranging.decided(session, people, now, sent, CaseVerdict.REFUSED, comment="No money")
    page = text(ruth.get(f"/cases/{sent.id}"))
    sound(page)
    assert "After the refusal" in page
    assert "After the refusal" not in text(browse("arne").get(f"/cases/{sent.id}"))
    key = sent.offer.application.requisition.key
    for link in (f"/requisitions/{key}/case?all=yes", f"/offers/{sent.offer_id}"):
        assert f'href="{link}"' in page
        assert ruth.get(link).status_code == 200
    assert "Open case" in text(ruth.get(f"/requisitions/{key}/case?all=yes"))
    arranging.opened(session, people, now, sent.offer)
    assert "After the refusal" not in text(ruth.get(f"/cases/{sent.id}"))


def test_words_that_come_too_late_are_shown_to_be_copied_and_the_sender_was_warned(
    app, browse, session, people, now, case
):
    client = browse("ruth")
    assert "no more answers are taken" not in text(client.get(f"/cases/{case.id}"))
    _, path = ask_colleague(client, case)
    page = text(client.get(f"/cases/{case.id}"))
    sound(page)
    assert (
        "kim@other.example</bdi> has not answered yet.</strong> Once you send the case, no more answers are taken."
        in page
    )
    guest = app.test_client()
    assert guest.get(path).status_code == 200
    services.submit(session, case=session.get(BudgetCase, case.id), act=act_by(people.ruth, now=now))
    session.commit()
    answer = guest.post(path, data={"would_use": "yes", "name": "Kim", "for_what": "The ledger", "answer": STRANGE})
    assert answer.status_code == 409
    page = text(answer)
    sound(page)
    assert "Your answer was not taken: the case was decided or sent" in page
    assert "send them to Ruth" in page
    for phrase in (ESCAPED, "The ledger", "Kim"):
        assert phrase in page
    assert stored(session, case).endorsements[0].answered_at is None
    assert "No answer needed" in text(guest.get(path))


def test_a_link_that_is_unknown_run_out_or_too_late_says_so(app, browse, session, people, now, clock, case):
    guest = app.test_client()
    for token in ("x", "0" * 43, "%00", "שלום"):
        assert guest.get(f"/endorse/{token}").status_code == 404
    assert "Ask whoever sent it" in text(guest.get("/endorse/x"))
    _, path = ask_colleague(browse("ruth"), case)
    services.submit(session, case=session.get(BudgetCase, case.id), act=act_by(people.ruth, now=now))
    session.commit()
    assert guest.get(path).status_code == 409
    assert guest.post(path, data={"would_use": "no", "name": "Kim"}).status_code == 409
    clock.at = now + dt.timedelta(days=8)
    assert guest.get(path).status_code == 404


def test_a_question_that_asks_for_what_has_no_place_is_refused(browse, session, case):
    client = browse("ruth")
    sent = {"email": "kim@other.example", "question": "Is she pregnant <b>?"}
    answer = client.post(f"/cases/{case.id}/endorsements", data=sent)
    assert answer.status_code == 422
    assert "has no place in a case" in text(answer)
    assert "Is she pregnant &lt;b&gt;?" in text(answer)
    assert client.post(f"/cases/{case.id}/endorsements", data={**sent, "email": "nobody", "question": "Work?"}).status_code == 422  # fmt: skip
    assert stored(session, case).endorsements == []


def test_nobody_decides_on_their_own_request(browse, session, people, now, offer):
    case = arranging.submitted(session, people, now, offer, actor=people.arne)
    client = browse("arne")
    assert "somebody else decides" in text(client.get(f"/cases/{case.id}"))
    answer = client.post(f"/cases/{case.id}/decision", data={"decision": "approved", "amount": ""})
    assert answer.status_code == 403
    assert stored(session, case).status == "submitted"


def test_the_pages_ask_the_database_no_more_for_more_applicants(browse, session, people, now, case, count_statements):
    client = browse("ruth")

    def seen(path):
        with count_statements() as statements:
            assert client.get(path).status_code == 200
        return len(statements)

    paths = [f"/cases/{case.id}", f"/cases/{case.id}/document", "/cases"]
    before = [seen(path) for path in paths]
    for _ in range(10):
        factories.application(session, people, now, case.offer.application.requisition)
    session.commit()
    assert [seen(path) for path in paths] <= before
    assert max(before) <= 84


def test_a_form_without_its_token_is_refused(app, browse, session, case):
    client = browse("ruth")
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post(f"/cases/{case.id}", data={"ask": "92,000"}).status_code == 400
    assert client.post(f"/cases/{case.id}/withdrawal").status_code == 400
    assert client.post("/endorse/x", data={}).status_code == 400
    assert stored(session, case).status == "draft"


def test_who_decides_reads_the_document_and_finds_the_decision_first(browse, sent):
    page = text(browse("arne").get(f"/cases/{sent.id}"))
    assert '<article class="doc"' in page
    assert page.index('<details class="doc-more">') < page.index("Particulars")
    assert page.index('id="decide"') < page.index('id="complete"')
    assert '<form class="steps"' not in page


def test_a_case_starts_with_a_day_and_a_section_says_itself_in_a_line(session, browse, people, now, offer):
    ruth = browse("ruth")
    opening = text(ruth.get(f"/requisitions/{offer.application.requisition.key}/case"))
    assert re.search(r'type="date"[^>]* value="2026-11-23"', opening)  # three working days on
    case = arranging.opened(session, people, now, offer)
    page = text(ruth.get(f"/cases/{case.id}"))
    for gist in ("EUR\u00a07,000 above the band", "of 5, 2 interviewers", "0 in 12 months"):
        assert gist in page


def test_a_question_is_said_to_wait_and_its_answer_stands_beside(browse, sent):
    arne = browse("arne")
    answer = arne.post(f"/cases/{sent.id}/decision", data={"decision": "question", "comment": "Why now?", "sha256": sent.sha256}, follow_redirects=True)  # fmt: skip
    assert "you may approve without it" in text(answer)
    assert browse("ruth").post(f"/cases/{sent.id}/answer", data={"answer": "April is too late."}).status_code == 303
    page = text(arne.get(f"/cases/{sent.id}"))
    assert "<strong>Asks</strong>" in page
    assert "<strong>Answers</strong>" in page
    assert "April is too late." in page
