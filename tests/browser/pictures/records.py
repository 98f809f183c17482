"""Which records fill the addresses: read from the planted database with SQL alone, in several states, always the same ones."""

import hashlib
import sqlite3

from tests.browser.pictures import house

SECRET = "a-secret-for-pictures"  # opens an invitation and an endorsement, whose own secrets nobody knows
LIVE = "JOIN requisition r ON r.id = a.requisition_id AND r.status = 'open'"
APPLICATIONS = [
    f"SELECT MIN(a.id) FROM application a {LIVE} JOIN offer o ON o.application_id = a.id GROUP BY o.status ORDER BY o.status",
    f"SELECT MIN(f.application_id) FROM finalist f JOIN application a ON a.id = f.application_id {LIVE} WHERE f.position = 2",
    f"SELECT MIN(a.id) FROM application a JOIN stage s ON s.id = a.stage_id {LIVE} GROUP BY a.status, s.kind ORDER BY s.kind",
    "SELECT MAX(id) FROM application GROUP BY status ORDER BY status",
]
CANDIDATES = [
    f"SELECT candidate_id FROM application WHERE id IN ({query.split(' ORDER BY')[0]})" for query in APPLICATIONS
]
MINE = "JOIN panelist p ON p.interview_id = i.id JOIN user u ON u.id = p.user_id AND u.email = :email"
INTERVIEWS = [
    f"""SELECT MAX(i.id) FROM interview i {MINE} LEFT JOIN scorecard c ON c.interview_id = i.id AND c.author_id = u.id
        GROUP BY c.id IS NULL, i.starts_at > :moment ORDER BY c.id IS NOT NULL, i.starts_at > :moment""",
    f"SELECT MIN(i.id) FROM interview i JOIN application a ON a.id = i.application_id {LIVE} GROUP BY a.requisition_id",
    "SELECT MAX(id) FROM interview GROUP BY status",
]
SOURCES = {
    ("requisition_ref",): [
        "SELECT key FROM requisition WHERE status = 'open' ORDER BY id % 3, id DESC",  # neighbours are in like states
        "SELECT key FROM requisition WHERE id IN (SELECT MAX(id) FROM requisition GROUP BY status) ORDER BY id",
    ],
    ("application_id",): APPLICATIONS,
    ("candidate_id",): CANDIDATES,
    ("interview_id",): INTERVIEWS,
    ("author_id", "interview_id"): [
        "SELECT author_id, interview_id FROM scorecard ORDER BY id DESC LIMIT 2",
        "SELECT p.user_id, p.interview_id FROM panelist p ORDER BY p.id DESC LIMIT 3",
    ],
    ("offer_id",): [
        "SELECT MAX(id) FROM offer GROUP BY status ORDER BY status",
        "SELECT MIN(id) FROM offer GROUP BY status",
    ],
    ("case_id",): ["SELECT MAX(id) FROM budget_case GROUP BY status ORDER BY MAX(id) DESC"],
    ("run_id",): ["SELECT id FROM model_run ORDER BY id LIMIT 2"],
    ("prediction_id",): ["SELECT id FROM prediction ORDER BY id DESC LIMIT 2"],
    ("chain_id",): ["SELECT id FROM approval_chain ORDER BY id"],
    ("note_id",): [
        "SELECT n.id FROM note n JOIN user u ON u.id = n.author_id AND u.email = :email ORDER BY n.id LIMIT 2"
    ],
    ("batch_id",): ["SELECT id FROM import_batch ORDER BY id LIMIT 2"],
    ("file_id",): ["SELECT id FROM attachment ORDER BY id LIMIT 2"],
    ("template",): ["SELECT id FROM stage_template ORDER BY id LIMIT 2"],
}
STATES = [  # states that the story has no record in
    "UPDATE requisition SET status = 'on_hold' WHERE id = 40",
    "UPDATE requisition SET status = 'closed' WHERE id = 41",
    "UPDATE requisition SET status = 'draft' WHERE id = 42",
    "DELETE FROM case_decision WHERE case_id = 8",
    "UPDATE budget_case SET status = 'draft', needed_by = '2026-12-04', submitted_at = NULL, answer_by = NULL WHERE id = 8",
    "UPDATE budget_case SET frozen = NULL, sha256 = NULL, plan = NULL WHERE id = 8",
    "UPDATE endorsement SET case_id = 8, digest = :digest, answered_at = NULL, answer = '', choice = NULL WHERE id = 1",
    """INSERT INTO invitation (user_id, digest, created_at, expires_at)
       SELECT MAX(id), :digest, '2026-11-17 09:30:00.000000', '2026-11-24 09:30:00.000000' FROM user""",
]


def furnish(database):
    """Add the states that the story lacks. What a later house stores elsewhere is left out with a line."""
    connection = sqlite3.connect(database)
    for statement in STATES:
        try:
            connection.execute(statement, {"digest": hashlib.sha256(SECRET.encode()).hexdigest()})
        except sqlite3.Error as error:
            print(f"left out: {statement[:60]}: {error}")
    connection.commit()
    connection.close()


def by_secret(arguments):
    """Whether an address is opened with a secret and nothing else."""
    return bool(arguments) and set(arguments) <= {"secret", "token"}


def values(database, arguments, email):
    """What an address's arguments may be filled with, as a list of {argument: value}; the more telling records first."""
    if by_secret(arguments):
        return [dict.fromkeys(arguments, SECRET)]
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    rows = []
    for query in SOURCES.get(tuple(arguments), []):
        try:
            rows += connection.execute(query, {"email": email, "moment": f"{house.MOMENT:%Y-%m-%d %H:%M}"}).fetchall()
        except sqlite3.Error as error:
            print(f"left out: {query[:60]}: {error}")
    connection.close()
    return [dict(zip(arguments, row, strict=True)) for row in dict.fromkeys(rows) if None not in row]
