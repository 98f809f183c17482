"""What a candidate reads about the people they will meet, and what each of those says about themselves."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.interviews import interviewer_profiles, queries
from recruiter.interviews.models import Interview
from recruiter.interviews.notices import emails
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.web.interviews import forms
from recruiter.web.interviews.area import blueprint
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error, handle_form, has_errors


@dataclass(frozen=True)
class ItineraryStop:
    """One interview as the candidate reads it: when, and name and role of each person."""

    interview: Interview
    when: str
    people: list[tuple[str, str]]


@dataclass(frozen=True)
class ItineraryPage:
    """What a candidate is sent before the interviews."""

    title: str
    application: Application
    stops: list[ItineraryStop]
    organisation: str
    letter: str
    breadcrumbs: crumbs.Crumbs


def _stops(interviews: list[Interview]) -> list[ItineraryStop]:
    zone = guard.zone()
    users = {seat.user_id: seat.user for interview in interviews for seat in interview.panel}
    profiles = interviewer_profiles.profiles_of(db.session(), list(users))
    return [
        ItineraryStop(
            interview=interview,
            when=emails.time_text(interview, zone),
            people=[
                (seat.user.name, interviewer_profiles.role_text(seat.user, profiles.get(seat.user_id)))
                for seat in interview.panel
            ],
        )
        for interview in interviews
    ]


def letter(application: Application, stops: list[ItineraryStop], organisation: str) -> str:
    """The itinerary as a text to send: nothing in it that is not for the candidate."""
    lines = [f"Dear {application.candidate.name},", ""]
    lines += [f"thank you for your time. This is whom you will meet at {organisation} and when.", ""]
    for stop in stops:
        place = stop.interview.place
        lines += [stop.interview.name, stop.when, *([f"Place: {place}"] if place else [])]
        lines += [f"- {name}, {role}" for name, role in stop.people]
        lines.append("")
    lines += ["If a time does not suit you, or if you need anything to take part, tell us and we will arrange it.", ""]
    return "\n".join([*lines, guard.actor().name])


@blueprint.page("/applications/<int:application_id>/itinerary", Permission.INTERVIEW_PLAN)
def itinerary(application: Application) -> str:
    """What the candidate is told before the interviews, to print or to copy into a message."""
    stops = _stops(queries.itinerary(db.session(), application, now=guard.now()))
    organisation = guard.settings().organisation
    page = ItineraryPage(
        title=f"Itinerary for {application.candidate.name}",
        application=application,
        stops=stops,
        organisation=organisation,
        letter=letter(application, stops, organisation),
        breadcrumbs=crumbs.of_application(application, "Itinerary"),
    )
    return render_template("interviews/itinerary.html", page=page)


@dataclass(frozen=True)
class ProfilePage:
    """How somebody interviews."""

    title: str
    form: forms.ProfileForm
    zones: list[tuple[str, str]]
    company_zone: str
    problem: str
    breadcrumbs: crumbs.Crumbs


@blueprint.form("/interviewing", Permission.SIGNED_IN)
def interviewing() -> ResponseReturnValue:
    """How one interviews: what candidates read, working hours, how many a week."""
    actor = guard.actor()
    form = forms.profile_form(interviewer_profiles.profiles_of(db.session(), [actor.id]).get(actor.id))

    def profile_page() -> str:
        page = ProfilePage(
            title="How you interview",
            form=form,
            zones=[(name, name) for name in forms.ZONES],
            company_zone=guard.zone().key,
            problem=general_error(form),
            breadcrumbs=[("My scorecards", url_for("scorecards.index")), ("How you interview", None)],
        )
        return render_template("interviews/interviewing.html", page=page, has_errors=has_errors(form))

    return handle_form(
        form,
        save=lambda: interviewer_profiles.save_profile(
            db.session(),
            title=form.title.data or "",
            zone=form.zone.data or "",
            day_starts=forms.minutes_of(form.day_starts.data),
            day_ends=forms.minutes_of(form.day_ends.data),
            weekly_limit=form.weekly_limit.data or 0,
            act=guard.act(),
        ),
        again=profile_page,
        home=url_for("interviews.interviewing"),
        flash="Saved.",
    )
