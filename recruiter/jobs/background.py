"""What a process does beside its answers, in threads of its own: due jobs, and the copies of SQLite's log."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

from flask import Flask

from recruiter.foundation.database import checkpointer
from recruiter.foundation.database.db import db
from recruiter.jobs import worker

TO_END = 5.0  # seconds that a process which stops waits for its threads


@contextlib.contextmanager
def _threads(app: Flask, works: dict[str, Callable[[threading.Event], None]]) -> Iterator[None]:
    """Do works meanwhile, each told when to stop; at the end the connections are closed, and with the last of them the log goes."""
    stop = threading.Event()
    threads = [threading.Thread(target=work, args=(stop,), name=name, daemon=True) for name, work in works.items()]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        deadline = time.monotonic() + TO_END
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        with app.app_context():
            db.engine.dispose()


@contextlib.contextmanager
def beside_a_server(app: Flask) -> Iterator[None]:
    """Do due jobs and copy the log while a server serves."""
    with app.app_context():
        engine = db.engine
    works = {
        "worker": lambda stop: worker.run(app, stop),
        "checkpointer": lambda stop: checkpointer.run(engine, stop),
    }
    with _threads(app, works):
        yield


@contextlib.contextmanager
def beside_a_worker(app: Flask) -> Iterator[None]:
    """Copy the log, in place of every server, while a worker works."""
    with app.app_context():
        engine = db.engine
    with _threads(app, {"checkpointer": lambda stop: checkpointer.run(engine, stop, for_life=True)}):
        yield
