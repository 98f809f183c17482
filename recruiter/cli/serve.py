"""The production server, and the worker that does what happens without a click."""

from __future__ import annotations

import contextlib
import gc
import importlib.util
import logging
import signal
import threading
from typing import TYPE_CHECKING, Any

import click

from recruiter.cli.terminal import option

if TYPE_CHECKING:
    from flask import Flask


def with_waitress(app: Flask, *, host: str, port: int, threads: int) -> None:
    """Serve with waitress: pure Python, always installed."""
    import waitress

    from recruiter.jobs import background

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with background.beside_a_server(app):
        waitress.serve(app, host=host, port=port, threads=threads, ident="recruiter")


def _with_gunicorn(*, host: str, port: int, workers: int) -> None:
    from gunicorn.app.base import BaseApplication

    from recruiter import settings
    from recruiter.foundation import log_lines
    from recruiter.foundation.database.db import db
    from recruiter.foundation.files.private_files import PRIVATE
    from recruiter.jobs import background
    from recruiter.monitoring.metrics_server import ManyProcesses

    beside = contextlib.ExitStack()  # each worker is a process, with a stack of its own

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in {
                "bind": f"{host}:{port}",
                "workers": workers,
                "threads": 4,
                "preload_app": True,
                "worker_class": "gthread",
                "accesslog": None,
                "loglevel": "warning",
                "umask": PRIVATE,
                "post_worker_init": self.started,
                "worker_exit": self.ended,
                **hooks,
            }.items():
                self.cfg.set(name, value)

        @staticmethod
        def started(worker: Any) -> None:
            for handler in logging.getLogger("gunicorn.error").handlers:
                log_lines.form(handler)
            beside.enter_context(background.beside_a_server(worker.wsgi))

        @staticmethod
        def ended(server: Any, worker: Any) -> None:  # noqa: ARG004  # gunicorn's signature
            beside.close()

        def load(self) -> Flask:
            from recruiter.app import create_app

            app = create_app()
            with app.app_context():
                db.engine.dispose()  # each worker opens its own connections
            gc.collect()
            gc.freeze()  # what all workers share is neither copied by a collection nor looked at again
            return app

    with ManyProcesses(settings.from_environment()).counted() as hooks:
        Server().run()


@click.command()
@option("--host", default="127.0.0.1", help="The address to listen at.")
@option("--port", default=8000, type=click.IntRange(1, 65535), help="The port to listen at.")
@option("--workers", default=2, type=click.IntRange(1, 64), help="Processes (with gunicorn) or threads.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the pages and the API; due jobs are done beside it. Links begin with RECRUITER_BASE_URL, else with this server's own address."""
    from recruiter.foundation import log_lines
    from recruiter.settings import served_at

    log_lines.attach()
    served_at(host, port)
    if importlib.util.find_spec("gunicorn"):
        _with_gunicorn(host=host, port=port, workers=workers)
        return
    from recruiter.app import create_app
    from recruiter.monitoring import metrics_server

    app = create_app()
    if (configured := app.extensions["recruiter_settings"]).metrics_port:
        metrics_server.start(configured)
    with_waitress(app, host=host, port=port, threads=max(4, workers * 2))


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
def worker(once: bool) -> None:  # click's way
    """Do due jobs (mail, fits) until stopped; any number of workers share the work."""
    from recruiter.app import create_app
    from recruiter.foundation import log_lines
    from recruiter.jobs import background
    from recruiter.jobs import worker as jobs

    log_lines.attach()
    app, stop = create_app(), threading.Event()
    if not once:
        signal.signal(signal.SIGTERM, lambda *_: stop.set())  # the job under way is ended first
    with background.beside_a_worker(app):
        if not once:
            jobs.run(app, stop)
            return
        jobs.plan(app)
        done = 0
        while jobs.step(app):
            done += 1
        click.echo(f"Done: {done} jobs.")
