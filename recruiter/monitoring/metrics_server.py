"""Metrics in the format of Prometheus, on a port of this machine alone: one for all processes of a server.

Processes of gunicorn write their counts into files of a folder of their own, out of which the first process adds them up.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from typing import Any
from wsgiref.simple_server import WSGIServer

from sqlalchemy import Engine, NullPool, create_engine

from recruiter.settings import Settings

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # read by prometheus_client when it is imported
LISTENS_AT = "127.0.0.1"


def _engine(settings: Settings) -> Engine:
    """An engine that keeps no connection: the process that asks starts others, which must not share one."""
    return create_engine(settings.database_url, poolclass=NullPool, hide_parameters=True)


def start(settings: Settings) -> WSGIServer:
    """Answer at the port of the settings, in a thread, until the process ends. Raises OSError where the port is taken."""
    from prometheus_client import CollectorRegistry, multiprocess, start_http_server
    from prometheus_client.registry import REGISTRY

    from recruiter.foundation.clock import Clock
    from recruiter.monitoring.database_metrics import DatabaseMetrics

    registry = REGISTRY
    if FOLDER in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(DatabaseMetrics(_engine(settings), Clock()))
    server, _ = start_http_server(settings.metrics_port, addr=LISTENS_AT, registry=registry)
    return server


class ManyProcesses:
    """The metrics of a server of several processes: the first answers, the others count."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.server: WSGIServer | None = None

    @contextlib.contextmanager
    def counted(self) -> Iterator[dict[str, Callable[..., None]]]:
        """Hooks for gunicorn by their names, none where no metrics are asked for. Entered before anything that counts is imported."""
        if not self.settings.metrics_port:
            yield {}
            return
        folder, first = tempfile.mkdtemp(prefix="recruiter-metrics-"), os.getpid()
        os.environ[FOLDER] = folder
        try:
            yield {"when_ready": self._start, "post_fork": self._forked, "child_exit": self._ended}
        finally:
            if os.getpid() == first:  # the others come by here at their end too
                shutil.rmtree(folder, ignore_errors=True)

    def _start(self, arbiter: object) -> None:  # noqa: ARG002  # gunicorn's signature
        self.server = start(self.settings)

    def _forked(self, arbiter: object, worker: object) -> None:  # noqa: ARG002
        if self.server is not None:
            self.server.socket.close()  # the port belongs to the first process

    def _ended(self, arbiter: object, worker: Any) -> None:  # noqa: ARG002
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
