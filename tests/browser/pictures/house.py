"""The application under test, in a process of its own: plants the demo, or serves it, always at the same moment.

Run by its path with the tree under test first on PYTHONPATH; of that tree it knows `create_app` and the commands alone.
"""

import datetime as dt
import functools
import json
import os
import sys

MOMENT = dt.datetime(2026, 11, 18, 9, 30, tzinfo=dt.UTC)  # a Wednesday
SETTINGS = {
    "RECRUITER_ORGANISATION": "Arden Works",
    "RECRUITER_BASE_URL": "http://127.0.0.1:8000",
    "RECRUITER_TIMEZONE": "UTC",
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}
FROM_OUTSIDE = ("RECRUITER_DATABASE_URL", "RECRUITER_HOLIDAYS", "RECRUITER_SMTP_URL", "RECRUITER_TRUSTED_HOSTS")


class StandingClock:
    """A clock that always says the moment of the story."""

    def now(self):
        return MOMENT


def environment(tree, instance):
    """The environment of the process: the same wherever and whenever the pictures are taken."""
    settings = {name: value for name, value in os.environ.items() if name not in FROM_OUTSIDE}
    return settings | SETTINGS | {"PYTHONPATH": str(tree), "RECRUITER_INSTANCE": str(instance)}


def _create_app():
    from recruiter import app

    app.create_app = functools.partial(app.create_app, clock=StandingClock())
    return app.create_app


def _plant():
    _create_app()
    from recruiter.cli import main

    main(["demo", "--no-serve", "--seed", "7", "--size", "small"])
    main(["worker", "--once"])  # what was due happens: mails go to the outbox, calls for an answer are made


def _serve():
    """Tell the port and the addresses of pages in one line of JSON, then serve until ended."""
    from werkzeug.serving import make_server

    app = _create_app()()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    rules = sorted(
        (rule.rule, sorted(rule.arguments))
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and not rule.rule.startswith(("/api", "/static"))
    )
    sys.stdout.write(json.dumps({"port": server.server_port, "rules": rules}) + "\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    {"plant": _plant, "serve": _serve}[sys.argv[1]]()
