"""Who may do what. Each permission lists ways to have it; a way is a list of questions that must all be answered with yes."""

from __future__ import annotations

from collections.abc import Callable

from recruiter.policy import predicates as p
from recruiter.policy.permissions import Permission

Ways = list[list[Callable[[p.Facts], bool]]]

SEARCHERS: Ways = [[p.is_admin], [p.is_recruiter]]
STAFF: Ways = [*SEARCHERS, [p.is_manager]]
RUNS: Ways = [[p.runs_the_search]]
RUNS_WITH_PAY: Ways = [[p.runs_the_search, p.sees_pay]]
APPROVES: Ways = [[p.is_approver, p.was_submitted, p.sees_requisition]]

PERMISSION_MAP: dict[Permission, Ways] = {
    Permission.SIGNED_IN: [[]],
    Permission.REQUISITION_LIST: [[]],
    Permission.REQUISITION_CREATE: STAFF,
    Permission.REQUISITION_READ: [[p.sees_requisition]],
    Permission.REQUISITION_EDIT: RUNS,
    Permission.BOARD_READ: RUNS,
    Permission.CANDIDATE_LIST: [[]],
    Permission.CANDIDATE_CREATE: SEARCHERS,
    Permission.CANDIDATE_READ: [[p.sees_candidate]],
    Permission.CANDIDATE_EDIT: [[p.is_admin, p.sees_candidate], [p.is_recruiter, p.sees_candidate]],
    Permission.APPLICATION_CREATE: SEARCHERS,
    Permission.APPLICATION_READ: [[p.runs_the_search], [p.meets_application]],
    Permission.APPLICATION_MOVE: RUNS,
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
    Permission.OFFER_READ: [*RUNS_WITH_PAY, *APPROVES],
    Permission.OFFER_WRITE: RUNS_WITH_PAY,
    Permission.OFFER_SEND: RUNS_WITH_PAY,
    Permission.OFFER_APPROVE: APPROVES,
    Permission.CASE_LIST: [*STAFF, [p.is_approver]],
    Permission.CASE_OPEN: RUNS_WITH_PAY,
    Permission.CASE_READ: [*RUNS_WITH_PAY, *APPROVES],
    Permission.CASE_WRITE: RUNS_WITH_PAY,
    Permission.CASE_DECIDE: APPROVES,
    Permission.MODEL_READ: STAFF,
    Permission.MODEL_FIT: SEARCHERS,
    Permission.IMPORT: SEARCHERS,
    Permission.PEOPLE_EDIT: [[p.is_admin]],
    Permission.REPORT_READ: STAFF,
}
