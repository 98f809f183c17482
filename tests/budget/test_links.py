"""Each claim leads back to the page on which it stands."""

import datetime as dt
import re

from recruiter.budget import services
from recruiter.budget.evidence.types import Options
from recruiter.budget.frozen import assembly, export
from recruiter.documents import html_printer
from recruiter.documents.from_frozen import from_content
from tests.acts import act_by, moment
from tests.budget import arranging
from tests.documents.conftest import CONTENT


def test_every_claim_has_a_link_that_opens(session, people, now, browse):
    case = arranging.opened(session, people, now, arranging.ground(session, people, now))
    content = assembly.content_of(session, case, moment=moment(now), options=Options())
    links = {claim["link"] for part in content["sections"] for claim in part["evidence"]}
    assert len(links) >= 6
    assert f"/applications/{case.offer.application_id}/scorecards" in links
    ruth = browse("ruth")
    assert {link: ruth.get(link).status_code for link in links} == dict.fromkeys(links, 200)
    page = ruth.get(f"/cases/{case.id}").get_data(as_text=True)
    assert all(f'href="{link}"' in page for link in links)
    assert "href=" not in export.render(case, content, form="html", zone=dt.UTC).data.decode().split("</style>")[1]


def test_an_approver_is_shown_only_links_that_open(session, people, now, browse):
    case = arranging.opened(session, people, now, arranging.ground(session, people, now))
    services.submit(session, case=case, act=act_by(people.ruth, now=now))
    session.commit()
    arne = browse("arne")
    for address in (f"/cases/{case.id}", f"/cases/{case.id}/document"):
        page = arne.get(address).get_data(as_text=True)
        assert "Scorecards of" in page  # the source is named all the same
        inside = set(re.findall(r'href="(/[^"#?]*)"', page[page.index('class="doc') :])) - {
            "/sign-in"
        }  # where a session has ended
        assert f"/cases/{case.id}" in inside
        assert {link: arne.get(link).status_code for link in inside} == dict.fromkeys(inside, 200)
    assert f'href="/applications/{case.offer.application_id}/scorecards"' not in page


def test_a_link_elsewhere_is_none():
    for link in ("https://example.com/", "//example.com", "javascript:alert(1)", "/a?b=c", None):
        content = {**CONTENT, "sections": [{"name": "ask", "title": "A", "evidence": [{"statement": "S", "source": "T", "link": link}]}]}  # fmt: skip
        assert "href=" not in html_printer.article(from_content(content))
