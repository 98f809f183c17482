"""The description says what the API answers: tools that follow it meet nothing else, in any role."""

import datetime as dt
import zlib

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st
from schemathesis import checks as known_checks
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as openapi_checks

from tests import snapshot
from tests.policy.test_every_route import NAMES, World

CHECKS = (
    known_checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
)


@pytest.fixture
def described(app):
    with app.app_context():
        return app.test_client().get("/api/v1/openapi.json").get_json()


def _operations(described):
    methods = ("get", "post", "put", "patch", "delete")
    return [
        (method, path, operation)
        for path, item in described["paths"].items()
        for method, operation in item.items()
        if method in methods
    ]


def test_every_address_names_its_own_errors(described):
    operations = _operations(described)
    assert len(operations) > 140
    for method, path, operation in operations:
        answers = set(operation["responses"])
        assert "default" not in answers, (method, path)
        assert {"400", "401"} < answers, (method, path)
        assert any(status.startswith("2") for status in answers), (method, path)
        if "{" in path:
            assert "404" in answers, (method, path)


def _strategy(operation, mode, world):
    """Cases of one operation, at the address of a record that is there as often as the names of its path are known."""
    names = [parameter.name for parameter in operation.path_parameters]
    known = {name: getattr(world.subject_of(name), "id", world.subject_of(name)) for name in names}
    world.session.rollback()  # what was read for the address must not hold the next writer up
    return operation.as_strategy(generation_mode=mode, path_parameters=known)


def _try_every_operation(app, session, world, *, token, cases, key):
    """Send so many cases of each operation, right ones and wrong ones; answers those that the description does not know."""
    engine = session.get_bind()
    session.commit()
    taken = snapshot.take(engine)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    wrong, tried = [], 0

    for found_operation in schema.get_all_operations():
        operation = found_operation.ok()

        @seed(zlib.crc32(f"{key} {operation.label}".encode()))
        @settings(
            max_examples=cases,
            database=None,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
            verbosity=Verbosity.quiet,
        )
        @given(case=st.one_of(*(_strategy(operation, mode, world) for mode in GenerationMode)))
        def send(case):
            nonlocal tried
            tried += 1
            response = case.call(headers={"Authorization": f"Bearer {token}"})
            try:
                case.validate_response(response, checks=CHECKS)
            except FailureGroup as failures:
                sent = {"path": case.path_parameters, "query": case.query, "body": case.body}
                about = "; ".join(str(failure).splitlines()[0] for failure in failures.exceptions)
                wrong.append(f"{case.operation.label} {sent!r:.300}: {response.status_code} {about}")

        send()
        if operation.method.upper() != "GET":
            session.rollback()
            snapshot.clear(engine)
            snapshot.put(engine, taken)
    return wrong, tried


@pytest.mark.parametrize("name", ["ruth", "arne"])
def test_a_sample_of_cases_meets_nothing_that_is_not_described(app, api, session, people, now, name):
    world = World(session, people, now)
    token = getattr(api, name).token
    wrong, tried = _try_every_operation(app, session, world, token=token, cases=2, key=name)
    assert tried > 250
    assert not wrong, "\n".join(wrong)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_thirty_cases_an_operation_and_role(app, api, session, people, now, name):
    world = World(session, people, now)
    wrong, _ = _try_every_operation(
        app, session, world, token=getattr(api, name).token, cases=30, key=f"{name} {dt.datetime.now(tz=dt.UTC).date()}"
    )
    assert not wrong, "\n".join(wrong)
