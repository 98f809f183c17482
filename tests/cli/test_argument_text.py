"""An argument that no database takes is refused before anything is looked up."""

import pytest

from recruiter import cli
from recruiter.cli import LazyGroup


def _ran(arguments, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    return end.value.code, capsys.readouterr()


@pytest.mark.parametrize("argument", ["a\0b", "\udcff.zip", "a@\x1b.example"], ids=ascii)
@pytest.mark.parametrize("command", LazyGroup().list_commands(None))
def test_every_command_refuses_it_in_a_sentence(command, argument, capsys):
    code, output = _ran([command, argument], capsys)
    assert code == 2
    assert "holds a character that is no text in UTF-8" in output.err
    assert output.out == ""


def test_what_is_no_text_on_standard_input_is_refused(tmp_path, monkeypatch, capsys):
    import io
    import sys

    monkeypatch.setenv("RECRUITER_INSTANCE", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"five green \xff bottles\n"), "utf-8"))
    person = ["user", "add", "a@example.com", "--name", "Ada", "--role", "admin", "--password-stdin"]
    code, output = _ran(person, capsys)
    assert (code, output.err) == (1, "What was read is no text in UTF-8. Nothing was changed.\n")
