"""Each line of the log names the request or the job that it belongs to, so that all lines of one can be found together."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from contextvars import ContextVar

NOTHING = "-"  # a line of the process itself
FORM = "%(asctime)s %(levelname)s [%(work)s] %(name)s: %(message)s"
_work: ContextVar[str] = ContextVar("work", default=NOTHING)


def current_work() -> str:
    """The id of the request that is answered now, or the job that is done now; `-` outside of both."""
    return _work.get()


def begin_work(name: str) -> None:
    """Let the log lines of this thread name a request from now on."""
    _work.set(name)


@contextlib.contextmanager
def work(name: str) -> Iterator[None]:
    """Let the log lines written meanwhile name a job."""
    before = _work.set(name)
    try:
        yield
    finally:
        _work.reset(before)


def _name_work(record: logging.LogRecord) -> bool:
    record.work = current_work()
    return True


def form(handler: logging.Handler) -> None:
    """Let a handler write lines that name their request or job."""
    handler.addFilter(_name_work)
    handler.setFormatter(logging.Formatter(FORM))


def attach() -> None:
    """Write the log of this process to standard error, warnings and worse, a request id in each line."""
    handler = logging.StreamHandler()
    form(handler)
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
