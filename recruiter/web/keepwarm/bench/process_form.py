"""The form for another employer's process, with a field for its amount where the viewer sees pay."""

from __future__ import annotations

from typing import Any

from recruiter.pipeline.models import Application
from recruiter.web.keepwarm import forms
from recruiter.web.request import guard


def form_for(application: Application, **given: Any) -> forms.CompetingForm:
    """The form for another process; who does not see pay has no field for an amount."""
    form = forms.CompetingForm(**given)
    if not guard.actor().pay_view:
        del form.amount
        del form.currency
    elif not form.is_submitted() or given:
        form.currency.data = application.requisition.band.currency if application.requisition.band else ""
    return form
