"""What the house does not yet do everywhere; these lists only grow shorter."""

DATES_YET = {  # calls of `.date()` on an instant, by file
    "recruiter/pipeline/services.py": 2,
    "recruiter/requisitions/services.py": 2,
}
VIEWS_YET = {  # views that end their transaction by hand
    "recruiter/web/candidates/consent_routes.py",
    "recruiter/web/candidates/duplicate_routes.py",
    "recruiter/web/candidates/file_routes.py",
    "recruiter/web/candidates/note_routes.py",
    "recruiter/web/candidates/routes.py",
    "recruiter/web/candidates/source_routes.py",
    "recruiter/web/pipeline/application/form_action.py",
    "recruiter/web/pipeline/bulk/bulk_routes.py",
    "recruiter/web/pipeline/bulk/message_routes.py",
    "recruiter/web/pipeline/bulk/undo_routes.py",
    "recruiter/web/requisitions/people_export.py",
    "recruiter/web/requisitions/saved_view_routes.py",
    "recruiter/web/requisitions/setup_routes.py",
    "recruiter/web/requisitions/stage_routes.py",
    "recruiter/web/requisitions/stage_template_routes.py",
}
