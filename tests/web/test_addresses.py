"""What an address says after its question mark: once each, in one spelling, else it is refused by name; found over all addresses."""

import re
from pathlib import Path

import pytest

from recruiter.web.request.guard import LISTS
from tests import factories

ODD = ["0567", "\uff15\uff16", "-1", "9" * 30, "%", "\u200b"]
READ = re.compile(r"""(?:request\.args|params|arguments)\.get\(\s*"(\w+)\"""")
SOURCES = Path(__file__).parents[2] / "recruiter" / "web"
NAMES = sorted({name for file in SOURCES.rglob("*.py") for name in READ.findall(file.read_text("utf-8"))})


@pytest.fixture
def addresses(app, session, people, now):
    """Every address that can be read, with things that are there in their places."""
    requisition = factories.requisition(session, people, now)
    application = factories.finalists(session, people, now, requisition)[0]
    session.commit()
    values = {
        "requisition_ref": requisition.key,
        "application_id": application.id,
        "candidate_id": application.candidate_id,
        "report": "funnel",
        "form": "json",
    }
    adapter = app.url_map.bind("")
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and not re.search("/static/|openapi", rule.rule)
    ]
    return {
        rule.endpoint: adapter.build(
            rule.endpoint,
            {
                part: values.get(part, 1 if "Number" in type(rule._converters[part]).__name__ else "x")
                for part in rule.arguments
            },
            method="GET",
        )
        for rule in rules
    }


def reader_of(browse, api):
    page = browse("ruth")
    return lambda address: (api.ruth.get if address.startswith("/api") else page.get)(address)


def test_no_address_takes_a_parameter_twice(addresses, browse, api):
    assert len(addresses) > 150
    get = reader_of(browse, api)
    for endpoint, address in addresses.items():
        for name in ("stage", "page", "show"):
            answer = get(f"{address}?{name}=a&{name}=b")
            if name in LISTS.get(endpoint, ()):
                assert answer.status_code == 200
                continue
            assert answer.status_code == 400, (address, name)
            assert f"The address gives {name} 2 times. Give it once." in answer.get_data(as_text=True), address


def test_no_page_breaks_on_an_odd_value_or_takes_it_for_another(addresses, browse):
    assert {"q", "who", "talk", "cursor", "show", "to", "period"} - {"cursor"} <= set(NAMES)
    page = browse("ruth")
    for turn, (endpoint, address) in enumerate(addresses.items()):
        if address.startswith("/api"):
            continue
        query = {name: ODD[(turn + place) % len(ODD)] for place, name in enumerate(NAMES)}
        answer = page.get(address, query_string=query)
        assert answer.status_code < 500, (endpoint, query)


@pytest.mark.parametrize("cursor", ["-1", "9" * 400, "0567", "\uff11", "%00x", "W10.x"])
def test_a_cursor_that_no_list_handed_out_is_refused(browse, api, cursor):
    for name, address in [
        ("ruth", "/candidates"), ("ruth", "/requisitions"), ("anja", "/import"),
        ("ruth", "/api/v1/candidates"), ("ruth", "/api/v1/requisitions"), ("ruth", "/api/v1/applications"),
    ]:  # fmt: skip
        get = getattr(api, name).get if address.startswith("/api") else browse(name).get
        answer = get(address, query_string={"cursor": cursor})
        assert answer.status_code == 400, (address, cursor)
