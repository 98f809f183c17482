"""Puts everything together: engine, doors, error pages."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from werkzeug.middleware.proxy_fix import ProxyFix

from recruiter import api, request_text, settings, web
from recruiter.foundation import templates
from recruiter.foundation.addresses import NumberConverter
from recruiter.foundation.clock import Clock
from recruiter.foundation.database import date_bounds, engine
from recruiter.foundation.database.db import db
from recruiter.foundation.database.replica import Replica
from recruiter.foundation.endings import recorder
from recruiter.foundation.files import private_files
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.lexicon import spared_names
from recruiter.foundation.storable_text import storable, storable_in_json
from recruiter.monitoring.health import Health
from recruiter.monitoring.request_ids import RequestIds
from recruiter.privacy import personal_texts
from recruiter.settings import Settings


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number in JSON")


def _once(pairs: list[tuple[str, object]]) -> JsonObject:
    unique = {storable(key): value for key, value in pairs}
    if len(unique) != len(pairs):
        raise ValueError("a key is given twice")
    return unique


class StrictJson(DefaultJSONProvider):
    """JSON that refuses NaN and a key given twice: both mean something else to the next reader.

    Its texts come without what no database takes.
    """

    sort_keys = False

    def loads(self, s: str | bytes, **_: object) -> Any:
        """Parse, or raise ValueError."""
        try:
            values = json.loads(s, parse_constant=_no_constant, object_pairs_hook=_once)
            return storable_in_json(s, values)
        except RecursionError:
            raise ValueError("nested too deeply") from None


def create_app(configured: Settings | None = None, *, clock: Clock | None = None) -> Flask:
    """The application, as `recruiter serve`, the tests and wsgi.py use it."""
    chosen = configured or settings.from_environment()
    app = Flask(
        "recruiter", root_path=str(templates.PACKAGE), template_folder=str(templates.FOLDER), static_folder="static"
    )
    app.json = StrictJson(app)
    app.config.update(
        SECRET_KEY=chosen.secret_key,
        SQLALCHEMY_DATABASE_URI=chosen.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},  # addresses, notes and pay stay out of every message
        MAX_CONTENT_LENGTH=12 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        MAX_FORM_PARTS=2000,
        SESSION_COOKIE_NAME="__Host-recruiter" if chosen.https else "recruiter",
        SESSION_COOKIE_SECURE=chosen.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        TESTING=chosen.testing,
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session: an hour's scorecard is not lost
        WTF_CSRF_SSL_STRICT=False,  # no Referer is sent by our own policy; the token itself is the check
    )
    if chosen.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=chosen.proxies, x_proto=chosen.proxies)  # type: ignore[method-assign]
    if chosen.metrics_port:
        from recruiter.monitoring import request_metrics  # only where they are asked for

        request_metrics.attach(app)
    if chosen.trusted_hosts:
        app.config["TRUSTED_HOSTS"] = list(chosen.trusted_hosts)
    app.extensions["recruiter_settings"] = chosen
    app.extensions["recruiter_clock"] = clock or Clock()
    app.url_map.converters["int"] = NumberConverter
    private_files.close_to_others(chosen.instance)
    db.init_app(app)
    with app.app_context():
        engine.prepare(db.engine)
        date_bounds.attach()
        recorder.attach(db.engine, chosen.ledger)
        if chosen.replica_url:
            copy = Replica(chosen.replica_url)
            engine.prepare(copy.engine)
            app.extensions["recruiter_replica"] = copy
        app.wsgi_app = RequestIds(Health(app.wsgi_app, db.engine), trusted=bool(chosen.proxies))  # type: ignore[method-assign]
    personal_texts.attach()
    spared_names.spare_house(chosen.organisation)
    request_text.attach(app)
    web.attach(app)
    api.attach(app)
    return app
