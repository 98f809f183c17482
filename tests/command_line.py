"""Commands run in the application under test, with its clock: what every test of a command shares."""

import contextlib

from recruiter import cli
from recruiter.foundation.database.db import db
from recruiter.request_context import moment


def runner(app, clock, monkeypatch, capsys, *modules):
    """`run("case", "verify", file)`: the exit code, what was said and what was complained of; `modules` open the app."""

    @contextlib.contextmanager
    def application(*, write=False):
        with app.app_context():
            if write:
                db.session.connection(execution_options={"write": True})
            yield db.session(), moment(clock.at)
            if write:
                db.session.commit()
            db.session.remove()

    for module in modules:
        monkeypatch.setattr(module, "application", application)

    def run(*arguments):
        code = 0
        try:
            cli.main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = end.code
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run
