"""An address says one thing in one way: numbers, parameters, cursors and the words of a search."""

import time
from urllib.parse import quote

import pytest

from recruiter.foundation import text
from tests import factories

OTHERWISE_SPELT = [
    "01",
    "001",
    "+1",
    "-1",
    "1_0",
    " 1",
    "1 ",
    "1.0",
    "\uff11",
    "\uff11\uff12",
    "\u0663",
    "1" * 10,
    "0x1",
    "1e1",
]


def _numbered(app):
    """Every address that names a thing by its number, with the name of the part."""
    return [rule for rule in app.url_map.iter_rules() if "<int:" in rule.rule]


def _queries(app):
    """Every list of the API with the parameters that its description names."""
    document = app.test_client().get("/api/v1/openapi.json").json
    for path, operations in document["paths"].items():
        for parameter in operations.get("get", {}).get("parameters", []):
            if isinstance(parameter, dict) and parameter.get("in") == "query":
                yield path, parameter["name"], parameter.get("schema", {})


@pytest.mark.parametrize("spelt", OTHERWISE_SPELT)
def test_a_number_has_one_spelling(spelt):
    assert text.number(spelt) is None


@pytest.mark.parametrize("number", [0, 1, 10, 567, 999_999_999])
def test_plain_digits_are_a_number(number):
    assert text.number(str(number)) == number


@pytest.mark.parametrize("spelt", ["01", "\uff11", "+1", "1_0", "1" * 10])
def test_no_address_names_a_thing_by_another_spelling(app, spelt):
    adapter = app.url_map.bind("")
    rules = _numbered(app)
    assert len(rules) > 150
    for rule in rules:
        method = next(iter(rule.methods - {"HEAD", "OPTIONS"}))
        arguments = {
            part: 1 if rule._converters[part].__class__.__name__ == "NumberConverter" else "x"
            for part in rule.arguments
        }
        address = adapter.build(rule.endpoint, arguments, method=method)
        assert adapter.test(address, method=method), rule
        assert not adapter.test(address.replace("/1", f"/{spelt}", 1), method=method), rule


def test_a_number_in_a_query_or_a_body_is_no_other_spelling(app, api):
    numbers = [(path, name) for path, name, schema in _queries(app) if schema.get("type") == "integer"]
    assert len(numbers) >= 6
    for path, name in numbers:
        if "{" in path:
            continue
        for spelt in OTHERWISE_SPELT:
            reader = api.anja if path.endswith("/people") else api.ruth
            answer = reader.get(f"{path}?{name}={quote(spelt)}")
            assert answer.status_code == 400, (path, name, spelt)


def test_a_parameter_given_twice_is_refused_everywhere(app, api, browse):
    for path in {path for path, *_ in _queries(app) if "{" not in path}:
        assert api.ruth.get(f"{path}?limit=1&limit=2").status_code == 400
        assert api.ruth.get(f"{path}?q=a&q=a").status_code == 400
    client = browse("ruth")
    for path in ("/candidates", "/requisitions", "/keep-warm", "/search", "/"):
        assert client.get(f"{path}?q=a&q=b").status_code == 400, path
    assert client.post("/candidates/new?q=a&q=b").status_code == 400


@pytest.fixture
def several(session, people, now):
    made = [factories.requisition(session, people, now, title=f"Engineer {n}") for n in range(3)]
    odd = factories.requisition(session, people, now, title=r"100 % of a_b c\d")
    for name in ("Ada Ferreira", "Bela Novak", "Chidi Okoro"):
        factories.candidate(session, people, now, name)
    session.commit()
    return [*made, odd]


@pytest.mark.parametrize("q", ["%", "_", "\\", "100 %", "a_b", r"c\d"])
def test_signs_of_a_pattern_are_words_like_others(api, browse, several, q):
    items = api.ruth.get(f"/requisitions?q={quote(q)}").json["items"]
    assert [item["title"] for item in items] == [several[-1].title]
    page, nothing = (
        browse("ruth").get(f"/requisitions?q={quote(search)}").get_data(as_text=True) for search in (q, "zzz")
    )
    assert page.count("Engineer 1") == nothing.count("Engineer 1")  # among those seen of late, and not in the list
    assert api.ruth.get(f"/candidates?q={quote(q * 3)}").json["items"] == []


def test_a_search_full_of_signs_takes_no_longer(api, several):
    began = time.process_time()
    for q in ("%" * 200, "%_" * 100, "\\" * 200, "a%" * 100, "% " * 100):
        for path in ("/candidates", "/requisitions"):
            assert api.ruth.get(f"{path}?q={quote(q)}").status_code == 200
    assert time.process_time() - began < 5


def test_a_cursor_is_taken_from_the_list_that_handed_it_out(api, browse, several):
    first = api.ruth.get("/candidates?limit=1").json
    cursor = first["next"].split("cursor=")[1].split("&")[0]
    second = api.ruth.get(first["next"]).json
    assert second["items"][0]["id"] != first["items"][0]["id"]
    unsigned = cursor.rpartition(".")[0]
    turned = cursor[:-1] + ("A" if cursor[-1] != "A" else "B")
    for other in (unsigned, turned, "x" + cursor, cursor + "x", ".", "WzFd", "WzFd.", "ä.ö"):
        assert api.ruth.get(f"/candidates?cursor={quote(other)}").status_code == 400, other
    numbered = api.ruth.get("/requisitions?limit=1").json["next"].split("cursor=")[1].split("&")[0]
    for path in ("/applications", "/keep-warm", "/imports", "/candidates"):
        assert api.ruth.get(f"{path}?cursor={numbered}").status_code == 400, path
    assert browse("ruth").get(f"/requisitions?cursor={numbered}").status_code == 400
