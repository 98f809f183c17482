"""Who may do what. Each permission lists ways to have it; a way is a list of questions that must all be answered with yes."""

from __future__ import annotations

from collections.abc import Callable

from recruiter.policy import approval_predicates as a
from recruiter.policy import predicates as p
from recruiter.policy import record_predicates as r
from recruiter.policy.permissions import Permission

Ways = list[list[Callable[[p.Facts], bool]]]

SEARCHERS: Ways = [[p.is_admin], [p.is_recruiter]]
STAFF: Ways = [*SEARCHERS, [p.is_manager]]
KNOWS: Ways = [[p.is_admin, p.sees_candidate], [p.is_recruiter, p.sees_candidate], [p.is_manager, p.sees_candidate]]
RUNS: Ways = [[p.runs_the_search]]
RUNS_WITH_PAY: Ways = [[p.runs_the_search, p.sees_pay]]
APPROVES: Ways = [[p.is_approver, p.was_submitted, p.sees_requisition, a.in_chain]]

PERMISSION_MAP: dict[Permission, Ways] = {
    Permission.SIGNED_IN: [[]],
    Permission.REQUISITION_LIST: [[]],
    Permission.REQUISITION_CREATE: STAFF,
    Permission.STAGE_TEMPLATE_EDIT: SEARCHERS,
    Permission.REQUISITION_READ: [[p.sees_requisition]],
    Permission.REQUISITION_EDIT: RUNS,
    Permission.BOARD_READ: RUNS,
    Permission.CANDIDATE_LIST: [[]],
    Permission.CANDIDATE_CREATE: SEARCHERS,
    Permission.CANDIDATE_READ: [[p.sees_candidate]],
    Permission.CANDIDATE_EDIT: [[p.is_admin, p.sees_candidate], [p.is_recruiter, p.sees_candidate]],
    Permission.CANDIDATE_NOTE: KNOWS,
    Permission.CANDIDATE_FILE: KNOWS,
    Permission.CANDIDATE_DUPLICATES: SEARCHERS,
    Permission.NOTE_READ: [[r.reads_note]],
    Permission.NOTE_EDIT: [[r.reads_note, r.wrote_note]],
    Permission.TASK_READ: [[r.reads_task]],
    Permission.TASK_SETTLE: [[r.reads_task, r.has_task], *([r.reads_task, *way] for way in STAFF)],
    Permission.FILE_READ: [[r.reads_file]],
    Permission.FILE_REMOVE: [[r.reads_file, r.uploaded_file], *([r.reads_file, *way] for way in SEARCHERS)],
    Permission.APPLICATION_CREATE: SEARCHERS,
    Permission.APPLICATION_READ: [[p.runs_the_search], [p.meets_application]],
    Permission.APPLICATION_MOVE: RUNS,
    Permission.APPLICATION_EDIT: RUNS,
    Permission.APPLICATION_NOTE: [[p.runs_the_search], [p.meets_application]],
    Permission.APPLICATION_TASK: RUNS,
    Permission.APPLICATION_FILE: RUNS,
    Permission.APPLICATION_BULK: STAFF,
    Permission.INTERVIEW_PLAN: RUNS,
    Permission.INTERVIEW_READ: [[p.runs_the_search], [p.on_panel]],
    Permission.SCORECARD_WRITE: [[p.on_panel]],
    Permission.SCORECARD_ENTER: RUNS,
    Permission.SCORECARD_LIST: [[p.runs_the_search], [p.meets_application]],
    Permission.DEBRIEF_READ: RUNS,
    Permission.DEBRIEF_WRITE: RUNS,
    Permission.FINALISTS_READ: RUNS,
    Permission.FINALISTS_ORDER: RUNS,
    Permission.KEEPWARM_LIST: STAFF,
    Permission.KEEPWARM_READ: RUNS,
    Permission.KEEPWARM_WRITE: RUNS,
    Permission.PROMOTE: RUNS,
    Permission.PAY_READ: RUNS_WITH_PAY,
    Permission.OFFER_READ: [*RUNS_WITH_PAY, *APPROVES],
    Permission.OFFER_WRITE: RUNS_WITH_PAY,
    Permission.OFFER_SEND: RUNS_WITH_PAY,
    Permission.OFFER_APPROVE: APPROVES,
    Permission.CHAINS_EDIT: [[p.is_admin]],
    Permission.STAND_IN_SET: [[p.is_admin], [p.is_approver]],
    Permission.STAND_IN_END: [[p.is_admin], [a.is_away]],
    Permission.CASE_LIST: [*STAFF, [p.is_approver]],
    Permission.CASE_OPEN: RUNS_WITH_PAY,
    Permission.CASE_READ: [*RUNS_WITH_PAY, *APPROVES],
    Permission.CASE_WRITE: RUNS_WITH_PAY,
    Permission.CASE_DECIDE: APPROVES,
    Permission.MODEL_READ: STAFF,
    Permission.MODEL_FIT: SEARCHERS,
    Permission.MODEL_MANAGE: SEARCHERS,
    # an objection is the candidate's: it does not wait for whoever wants him hired or not
    Permission.RANKING_WISH: [[p.is_admin, p.sees_requisition], [p.is_recruiter, p.sees_requisition]],
    Permission.RANKING_REPLAY: RUNS,
    Permission.BIAS_AUDIT_READ: [*SEARCHERS, [p.is_approver]],
    Permission.BIAS_AUDIT_RUN: SEARCHERS,
    Permission.BIAS_AUDIT_ROWS: [[p.is_admin]],
    Permission.SELF_IDENTIFICATION_LOAD: [[p.is_admin]],
    Permission.IMPORT: SEARCHERS,
    Permission.PEOPLE_EDIT: [[p.is_admin]],
    Permission.REPORT_READ: STAFF,
}

# What is a look at something: refused, it reads like what does not exist. All else is an act.
SIGHT: frozenset[Permission] = frozenset(
    {
        Permission.REQUISITION_LIST,
        Permission.REQUISITION_READ,
        Permission.BOARD_READ,
        Permission.CANDIDATE_LIST,
        Permission.CANDIDATE_READ,
        Permission.NOTE_READ,
        Permission.TASK_READ,
        Permission.FILE_READ,
        Permission.APPLICATION_READ,
        Permission.INTERVIEW_READ,
        Permission.SCORECARD_LIST,
        Permission.DEBRIEF_READ,
        Permission.FINALISTS_READ,
        Permission.KEEPWARM_LIST,
        Permission.KEEPWARM_READ,
        Permission.PAY_READ,
        Permission.OFFER_READ,
        Permission.CASE_LIST,
        Permission.CASE_READ,
        Permission.MODEL_READ,
        Permission.RANKING_REPLAY,
        Permission.BIAS_AUDIT_READ,
        Permission.REPORT_READ,
    }
)
