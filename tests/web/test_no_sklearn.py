"""The web process shows rankings and the model without ever loading scikit-learn: only a fit needs it."""

import json
import subprocess
import sys

import pytest
from sqlalchemy.orm import Session

from recruiter.app import create_app
from recruiter.foundation.database.db import db
from recruiter.settings import Settings
from tests.acts import moment
from tests.conftest import NOW, PASSWORD
from tests.doubles import FixedClock
from tests.ranking import arranging

SHOWS = """
import json, sys
from pathlib import Path
from recruiter.app import create_app
from tests.doubles import FixedClock
from recruiter.settings import Settings
import datetime as dt
given = json.loads(sys.argv[1])
app = create_app(Settings(instance=Path(given["instance"]), database_url=given["url"], secret_key="t" * 64, testing=True, argon2_memory_kib=8),
                 clock=FixedClock(dt.datetime.fromisoformat(given["now"])))
app.config["WTF_CSRF_ENABLED"] = False
client = app.test_client()
assert client.post("/sign-in", data={"email": "ruth@example.com", "password": given["password"]}).status_code == 303
for path in given["paths"]:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    text = answer.get_data(as_text=True)
    assert given["version"] in text or path not in given["named"], path
loaded = sorted(name for name in sys.modules if name.split(".")[0] in {"sklearn", "scipy", "pandas"})
sys.exit(f"loaded: {loaded[:5]}" if loaded else 0)
"""


@pytest.fixture
def planted(tmp_path):
    """A database of its own with a fit that carries suggestions, and a search that goes on."""
    import dataclasses

    from recruiter.accounts import services as accounts
    from recruiter.accounts.models import Role
    from tests.conftest import People

    url = f"sqlite:///{tmp_path}/shown.db"
    app = create_app(
        Settings(instance=tmp_path, database_url=url, secret_key="t" * 64, testing=True, argon2_memory_kib=8),
        clock=FixedClock(NOW),
    )
    with app.app_context():
        db.create_all()
        with Session(db.engine, expire_on_commit=False) as session:
            roles = dict.fromkeys((field.name for field in dataclasses.fields(People)), Role.INTERVIEWER)
            roles |= {"ruth": Role.RECRUITER, "hana": Role.HIRING_MANAGER, "arne": Role.APPROVER}
            made = {
                name: accounts.add(
                    session, email=f"{name}@example.com", name=name.title(), role=role, pay_view=True, act=moment(NOW),
                    password=PASSWORD, memory_kib=8,
                )
                for name, role in roles.items()
            }  # fmt: skip
            people = People(**made)
            run, _, _ = arranging.fitted(session, people, NOW - 9 * arranging.HOUR)
            requisition, slate = arranging.searched(session, people, NOW)
            session.commit()
            about = {"run": run.id, "version": run.name, "key": requisition.key, "application": slate[0].id}
        db.engine.dispose()
    return {**about, "instance": str(tmp_path), "url": url}


def test_showing_loads_no_scikit_learn(planted):
    pages = [f"/requisitions/{planted['key']}/finalists", "/model", f"/model/runs/{planted['run']}"]
    more = [
        "/",
        "/model/log",
        f"/applications/{planted['application']}",
        f"/requisitions/{planted['key']}/finalists/order",
    ]
    given = {
        **planted, "paths": [*pages, *more], "named": ["/model", f"/model/runs/{planted['run']}"],
        "now": NOW.isoformat(), "password": PASSWORD,
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", SHOWS, json.dumps(given)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def test_a_server_starts_without_what_only_fits_and_migrations_need():
    asks = "import sys; from recruiter.app import create_app; create_app(); print({'alembic', 'sklearn', 'scipy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
