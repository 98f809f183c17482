"""The page before a legal hold is lifted: why it ends, and what can be erased then."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from recruiter.foundation import wording
from recruiter.foundation.database.db import db
from recruiter.privacy.holds import hold_queries, hold_services
from recruiter.privacy.models import LegalHold
from recruiter.privacy.retention import retention_queries
from recruiter.request_context import places
from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.privacy.forms import LiftForm
from recruiter.web.request import guard
from recruiter.web.request.form_handling import handle_form


def answer(hold: LegalHold, *, of: str, home: str, breadcrumbs: Crumbs) -> ResponseReturnValue:
    """Lift a hold, or show the page with what was typed; `of` says whom it keeps."""
    form = LiftForm()

    def again() -> str:
        session, act = db.session(), guard.act()
        people = hold_queries.people_kept_by(session, hold, today=act.today)
        page = FormPage(f"Lift the hold on {of}", breadcrumbs, form)
        return page.rendered(
            "privacy/lift_hold.html",
            hold=hold,
            of=of,
            home=home,
            people=wording.plural(people, "person", "people") if people else "",
            added=retention_queries.added_by(session, places=places(), moment=act, lifted=hold),
        )

    return handle_form(
        form,
        save=lambda: hold_services.lift(db.session(), hold=hold, reason=form.reason.data or "", act=guard.act()),
        again=again,
        home=home,
        flash=f"Hold on {of} lifted. To keep the data after all, set a new hold before 03:00.",
    )
