"""Everything that can be allowed: a sentence each, who may do it, and whether it is a mere look.

A permission lists ways to have it; a way is a list of questions that must all be answered with yes.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Self

from recruiter.policy import approval_predicates as a
from recruiter.policy import predicates as p

Ways = list[list[Callable[[p.Facts], bool]]]

EVERYBODY: Ways = [[]]
SEARCHERS: Ways = [[p.is_admin], [p.is_recruiter]]
STAFF: Ways = [*SEARCHERS, [p.is_manager]]
KNOWS: Ways = [[*way, p.sees_candidate] for way in STAFF]
RUNS: Ways = [[p.runs_the_search]]
RUNS_WITH_PAY: Ways = [[p.runs_the_search, p.sees_pay]]
APPROVES: Ways = [[p.is_approver, p.was_submitted, p.sees_requisition, a.in_chain]]
LOOK = True  # a look at something: refused, it reads like what does not exist. All else is an act
ACT = False
STEP_UP = True  # who does it proves again who they are, as TRUST lists: pay taken out, rights changed, people erased


class Permission(StrEnum):
    """What somebody may do. The value is the sentence that a refusal ends with."""

    ways: Ways
    is_look: bool
    step_up: bool

    def __new__(cls, sentence: str, ways: Ways, is_look: bool = False, step_up: bool = False) -> Self:  # noqa: FBT001, FBT002  # `LOOK` in the rows
        """A permission from its row."""
        member = str.__new__(cls, sentence)
        member._value_, member.ways, member.is_look, member.step_up = sentence, ways, is_look, step_up
        return member

    SIGNED_IN = "use Recruiter", EVERYBODY
    SIGN_IN_CHANGE = "change how you sign in", EVERYBODY, ACT, STEP_UP
    REQUISITION_LIST = "see requisitions", EVERYBODY, LOOK
    REQUISITION_CREATE = "open a requisition", STAFF
    STAGE_TEMPLATE_EDIT = "change stage templates", SEARCHERS
    REQUISITION_READ = "see this requisition", [[p.sees_requisition]], LOOK
    REQUISITION_EDIT = "change this requisition", RUNS
    BOARD_READ = "see the board of this requisition", RUNS, LOOK
    CANDIDATE_LIST = "search candidates", EVERYBODY, LOOK
    CANDIDATE_CREATE = "add a candidate", SEARCHERS
    CANDIDATE_READ = "see this candidate", [[p.sees_candidate]], LOOK
    CANDIDATE_EDIT = "change this candidate", [[*way, p.sees_candidate] for way in SEARCHERS]
    CANDIDATE_NOTE = "write about this candidate", KNOWS
    CANDIDATE_FILE = "add files to this candidate", KNOWS
    CANDIDATE_DUPLICATES = "look for people entered twice", SEARCHERS
    PERSON_DATA = (
        "see what this candidate asked about their data",
        [[*way, p.sees_held] for way in SEARCHERS],
        LOOK,
    )
    DATA_REQUEST = "record requests about this candidate's data", [[*way, p.sees_candidate] for way in SEARCHERS]
    PERSON_EXPORT = "take out this candidate's data", [[p.is_admin, p.sees_candidate]], ACT, STEP_UP
    PERSON_ERASE = "erase this candidate's data", [[p.is_admin, p.sees_candidate]], ACT, STEP_UP
    LEGAL_HOLD = "set and lift legal holds", [[p.is_admin, p.sees_held]]
    EXPOSURE = "see whose data an account could see", [[p.is_admin]], LOOK, STEP_UP
    RETENTION = "set how long data is kept", [[p.is_admin]]
    RETENTION_CONFIRM = "confirm how long data is kept", [[p.is_admin]], ACT, STEP_UP
    NOTE_READ = "see this note", [[p.reads_note]], LOOK
    NOTE_EDIT = "change this note", [[p.reads_note, p.wrote_note]]
    TASK_READ = "see this follow-up", [[p.reads_task]], LOOK
    TASK_SETTLE = "settle this follow-up", [[p.reads_task, p.has_task], *([p.reads_task, *way] for way in STAFF)]
    FILE_READ = "see this file", [[p.reads_file]], LOOK
    FILE_REMOVE = "remove this file", [[p.reads_file, p.uploaded_file], *([p.reads_file, *way] for way in SEARCHERS)]
    APPLICATION_CREATE = "enter a candidate for a requisition", SEARCHERS
    APPLICATION_READ = "see this application", [[p.runs_the_search], [p.meets_application]], LOOK
    APPLICATION_MOVE = "move this application", RUNS
    APPLICATION_EDIT = "change this application", RUNS
    APPLICATION_NOTE = "write notes on this application", [[p.runs_the_search], [p.meets_application]]
    APPLICATION_TASK = "plan follow-ups on this application", RUNS
    APPLICATION_FILE = "add files to this application", RUNS
    APPLICATION_BULK = "move or close several applications", STAFF
    INTERVIEW_PLAN = "plan interviews", RUNS
    INTERVIEW_READ = "see this interview", [[p.runs_the_search], [p.on_panel]], LOOK
    SCORECARD_WRITE = "send a scorecard for this interview", [[p.on_panel]]
    SCORECARD_ENTER = "enter a scorecard for somebody else", RUNS
    SCORECARD_LIST = "see scorecards of this application", [[p.runs_the_search], [p.meets_application]], LOOK
    DEBRIEF_READ = "see the debrief", RUNS, LOOK
    DEBRIEF_WRITE = "record the debrief", RUNS
    FINALISTS_READ = "see the finalists", RUNS, LOOK
    FINALISTS_ORDER = "set the order of finalists", RUNS
    KEEPWARM_LIST = "see who is kept warm", STAFF, LOOK
    KEEPWARM_READ = "see contacts with this candidate", RUNS, LOOK
    KEEPWARM_WRITE = "record contacts with this candidate", RUNS
    PROMOTE = "promote the next finalist", RUNS
    PAY_READ = "see what is offered on this requisition", RUNS_WITH_PAY, LOOK
    OFFER_READ = "see this offer", [*RUNS_WITH_PAY, *APPROVES], LOOK
    OFFER_WRITE = "write offers", RUNS_WITH_PAY
    OFFER_SEND = "send this offer on its way", RUNS_WITH_PAY
    OFFER_APPROVE = "approve this offer", APPROVES
    CHAINS_EDIT = "set approval chains", [[p.is_admin]], ACT, STEP_UP
    # without sight of the search: what waits for an approver who left would else wait forever, and the act shows nothing of it
    APPROVAL_TURN_GIVE = "give the turn of an approver to another", [[p.is_admin, p.was_submitted]], ACT, STEP_UP
    STAND_IN_SET = "say who stands in for an approver", [[p.is_admin], [p.is_approver]], ACT, STEP_UP
    STAND_IN_END = "end this stand-in", [[p.is_admin], [a.is_away]]
    CASE_LIST = "see budget cases", [*STAFF, [p.is_approver]], LOOK
    CASE_LIST_TAKE_OUT = "see the register of exceptions as a file", [*STAFF, [p.is_approver]], LOOK, STEP_UP
    CASE_OPEN = "open a budget case", RUNS_WITH_PAY
    CASE_READ = "see this budget case", [*RUNS_WITH_PAY, *APPROVES], LOOK
    CASE_WRITE = "write this budget case", RUNS_WITH_PAY
    CASE_DECIDE = "decide on this budget case", APPROVES
    MODEL_READ = "see the model", STAFF, LOOK
    MODEL_FIT = "fit the model", SEARCHERS
    MODEL_MANAGE = "switch the model on or off", SEARCHERS
    # an objection is the candidate's: it does not wait for whoever wants them hired or not
    RANKING_WISH = "say whether this candidate is ranked", [[*way, p.sees_requisition] for way in SEARCHERS]
    RANKING_AGAIN = "rank again on this search", RUNS
    RANKING_REPLAY = "see this logged ranking", RUNS, LOOK
    BIAS_AUDIT_READ = "see the fairness audit", [*SEARCHERS, [p.is_approver]], LOOK
    BIAS_AUDIT_RUN = "make a fairness audit", SEARCHERS
    BIAS_AUDIT_ROWS = "take out the auditor's rows", [[p.is_admin]]
    SELF_IDENTIFICATION_LOAD = "bring in answers of self-identification", [[p.is_admin]]
    IMPORT = "import files", SEARCHERS
    SEARCH_RECOVER = "reach a search whose people have gone", [[p.is_admin]], ACT, STEP_UP
    PEOPLE_EDIT = "invite, change and disable people", [[p.is_admin]], ACT, STEP_UP
    REPORT_READ = "see reports", STAFF, LOOK
