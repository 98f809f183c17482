"""What a load balancer asks every few seconds: whether this server can answer. No sign-in, no session, one statement."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from recruiter.foundation.database import revision

ADDRESS = "/health"
WELL, ILL = "200 OK", "503 Service Unavailable"
NO_DATABASE, NO_SCHEMA = "no database", "no schema"


def state(engine: Engine) -> str | None:
    """In a word what is wrong here, None where the database answers and its schema is one that this version can use."""
    try:
        with engine.connect() as connection:
            try:
                stored = revision.stored(connection)
            except DBAPIError as error:
                return NO_DATABASE if error.connection_invalidated else NO_SCHEMA
    except SQLAlchemyError:  # none of its connections, or no free one
        return NO_DATABASE
    return None if revision.serves(stored) else f"schema {stored}, needs {revision.needed()}"


class Health:
    """Answers its one address, for whichever host it is asked; every other goes on to the pages."""

    def __init__(self, app: WSGIApplication, engine: Engine) -> None:
        self.app, self.engine = app, engine

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer 200 and “ok”, or 503 and what is wrong; any other address as ever."""
        method = environ["REQUEST_METHOD"]
        if environ.get("PATH_INFO") != ADDRESS or method not in {"GET", "HEAD"}:
            return self.app(environ, start_response)
        problem = state(self.engine)
        body = f"{problem or 'ok'}\n".encode()
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")]
        start_response(ILL if problem else WELL, [*headers, ("Content-Length", str(len(body)))])
        return [] if method == "HEAD" else [body]
