"""Writers, a reader and two copiers of the log on one database, killed at any moment; prints how many commits were acknowledged.

`python -m tests.foundation.log_under_kills FOLDER ROUNDS SEED` exits with 1 where a commit that was acknowledged is not there.
"""

import os
import random
import signal
import sqlite3
import sys
import threading
import time
from pathlib import Path

from sqlalchemy import create_engine, text

from recruiter.foundation.database import checkpointer
from recruiter.foundation.database import engine as engines

WRITERS = 3


def open_database(path):
    engine = create_engine(f"sqlite:///{path}")
    engines.prepare(engine)
    return engine


def write(path, ledger, writer):
    """Commit row after row, and note each once it is committed."""
    engine, chance = open_database(path), random.Random(writer)
    with ledger.open("ab", buffering=0) as acknowledged, engine.connect().execution_options(write=True) as connection:
        number = 0
        while True:
            number += 1
            row = {"writer": writer, "number": number, "filler": "x" * chance.randrange(20_000)}
            connection.execute(
                text("INSERT INTO line (writer, number, filler) VALUES (:writer, :number, :filler)"), row
            )
            connection.execute(text("UPDATE line SET filler = '' WHERE writer = :writer AND number < :number - 3"), row)
            connection.commit()
            acknowledged.write(f"{writer} {number}\n".encode())


def read(path):
    """Read for a while, again and again, so that the log cannot always be copied whole."""
    engine = open_database(path)
    while True:
        with engine.connect() as connection:
            connection.execute(text("SELECT count(*) FROM line")).scalar()
            time.sleep(0.02)
        time.sleep(0.01)


def copy(path):
    """Copy and empty the log as a server does, without its pauses."""
    checkpointer.PAUSE, checkpointer.QUIET = 0.001, 0.002
    checkpointer.run(open_database(path), threading.Event())


def forked(work, *arguments):
    child = os.fork()
    if child == 0:
        try:
            work(*arguments)
        finally:
            os._exit(1)
    return child


def lost_in(path, ledgers):
    """What was acknowledged and is not there, after a look at every page."""
    connection = sqlite3.connect(path)
    try:
        whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
        stored = {f"{writer} {number}" for writer, number in connection.execute("SELECT writer, number FROM line")}
    finally:
        connection.close()
    acknowledged = {line for ledger in ledgers for line in ledger.read_text().splitlines()}
    return whole, len(acknowledged), acknowledged - stored


def one_round(folder, chance):
    """Kill all of them, one after another or at once; answers what a look afterwards tells."""
    path = folder / "killed.db"
    with open_database(path).begin() as connection:
        connection.execute(text("CREATE TABLE line (id INTEGER PRIMARY KEY, writer INT, number INT, filler TEXT)"))
    ledgers = [folder / f"acknowledged-{writer}" for writer in range(WRITERS)]
    children = [forked(write, path, ledger, writer) for writer, ledger in enumerate(ledgers)]
    children += [forked(read, path), forked(copy, path), forked(copy, path)]
    time.sleep(chance.uniform(0.2, 0.5))
    chance.shuffle(children)
    for child in children:
        os.kill(child, signal.SIGKILL)
        time.sleep(chance.choice([0, 0, 0.005, 0.03]))
    for child in children:
        os.waitpid(child, 0)
    return lost_in(path, ledgers)


def main(folder, rounds, seed):
    chance, total = random.Random(seed), 0
    for number in range(rounds):
        place = folder / str(number)
        place.mkdir()
        whole, acknowledged, lost = one_round(place, chance)
        total += acknowledged
        if whole != "ok" or lost:
            sys.exit(f"round {number}: {whole}, {len(lost)} of {acknowledged} acknowledged commits are not there")
    sys.stdout.write(f"{rounds} rounds, {total} acknowledged commits, none lost\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
