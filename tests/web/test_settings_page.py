"""The page that leads to every setting."""

import pytest

from recruiter.accounts.models import Role


@pytest.mark.parametrize(
    ("who", "there", "not_there"),
    [
        ("xenia", ["/settings/people", "/settings/stages", "/settings/approvals", "/settings/stand-ins"], []),
        ("ruth", ["/account", "/settings/stages"], ["/settings/people", "/settings/approvals"]),
        ("arne", ["/account", "/settings/stand-ins"], ["/settings/people", "/settings/stages"]),
        ("ines", ["/account"], ["/settings/stages", "/settings/stand-ins"]),
    ],
)
def test_each_role_finds_what_it_may_set_and_may_open_it(browse, people, session, who, there, not_there):
    if who == "xenia":
        people.xenia.role = Role.ADMIN
        session.commit()
    client = browse(who)
    page = client.get("/settings").get_data(as_text=True).split("<main")[1]
    for path in there:
        assert f'href="{path}"' in page
        assert client.get(path).status_code == 200
    for path in not_there:
        assert f'href="{path}"' not in page


def test_an_administrator_sees_what_the_server_was_started_with_and_nothing_secret(browse, people, session, app):
    people.xenia.role = Role.ADMIN
    session.commit()
    secret = app.config["SECRET_KEY"]
    page = browse("xenia").get("/settings").get_data(as_text=True)
    assert "RECRUITER_TIMEZONE" in page
    assert secret not in page
    assert "RECRUITER_TIMEZONE" not in browse("ruth").get("/settings").get_data(as_text=True)
