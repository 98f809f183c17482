"""An id for each request: in every line of the log, in the header of the answer, and in the sentence of an error page."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from recruiter.foundation import log_lines

if TYPE_CHECKING:
    from _typeshed import OptExcInfo

HEADER = "X-Request-Id"
KEY = "HTTP_X_REQUEST_ID"
SHAPE = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestIds:
    """In front of everything else. An id that the request brings is taken over where a proxy of ours stands before the server.

    One of another shape than letters, digits, dots and dashes is not: whatever stands in a log can be read as its lines.
    """

    def __init__(self, app: WSGIApplication, *, trusted: bool) -> None:
        self.app, self.trusted = app, trusted

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, with its id in the header."""
        brought = environ.get(KEY, "") if self.trusted else ""
        request_id = brought if SHAPE.fullmatch(brought) else secrets.token_hex(8)
        log_lines.begin_work(request_id)

        def start(
            status: str, headers: list[tuple[str, str]], error: OptExcInfo | None = None, /
        ) -> Callable[[bytes], object]:
            return start_response(status, [*headers, (HEADER, request_id)], error)

        return self.app(environ, start)
