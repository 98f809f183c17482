"""Links begin with the address that was set, else with that of the server which started."""

import pytest
from click.testing import CliRunner

from recruiter import settings
from recruiter.cli import serve


@pytest.mark.parametrize(
    ("given", "host", "address"),
    [
        (None, "127.0.0.1", "http://127.0.0.1:8123"),
        ("", "0.0.0.0", "http://127.0.0.1:8123"),  # noqa: S104  # nothing listens here
        (None, "::1", "http://[::1]:8123"),
        (None, "jobs.example", "http://jobs.example:8123"),
        ("https://jobs.example/", "127.0.0.1", "https://jobs.example"),
    ],
)
def test_the_server_gives_links_its_own_address_unless_one_is_set(tmp_path, given, host, address):
    environ = {"RECRUITER_INSTANCE": str(tmp_path)} | ({} if given is None else {"RECRUITER_BASE_URL": given})
    settings.served_at(host, 8123, environ)
    assert settings.from_environment(environ).base_url == address


def test_serving_at_another_port_moves_the_links_there(tmp_path, monkeypatch):
    monkeypatch.setenv("RECRUITER_INSTANCE", str(tmp_path))
    monkeypatch.setenv("RECRUITER_BASE_URL", "")
    settings_used = []
    monkeypatch.setattr(serve.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(
        serve, "with_waitress", lambda app, **_: settings_used.append(app.extensions["recruiter_settings"])
    )
    answer = CliRunner().invoke(serve.serve, ["--port", "8055"])
    assert answer.exit_code == 0, answer.output
    assert [settings_in_use.base_url for settings_in_use in settings_used] == ["http://127.0.0.1:8055"]
