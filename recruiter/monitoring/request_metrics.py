"""How many requests were answered and how long each took, by the pattern of their address: never by what somebody typed into one."""

from __future__ import annotations

import time

from flask import Flask, Response, g, request
from prometheus_client import Counter, Histogram

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"  # a word that is no method, an address that is none of ours
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15)  # seconds; a change waits up to 15 for its turn

ANSWERED = Counter("recruiter_requests", "Requests answered.", ["route", "method", "status"])
TAKEN = Histogram("recruiter_request_seconds", "Seconds to an answer.", ["route", "method"], buckets=BUCKETS)


def attach(app: Flask) -> None:
    """Count and time every answer; attached first, so that the time of all other hooks is in it."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else OTHER
        method = request.method if request.method in METHODS else OTHER
        ANSWERED.labels(route, method, f"{response.status_code // 100}xx").inc()
        if "began" in g:
            TAKEN.labels(route, method).observe(time.perf_counter() - g.began)
        return response
