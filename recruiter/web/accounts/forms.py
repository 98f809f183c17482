"""Forms of sign-in, of passwords and of people."""

import datetime as dt

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, PasswordField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length

from recruiter.accounts.models import Role
from recruiter.foundation.wording import day
from recruiter.web.layout.shell import role_label
from recruiter.web.request.text_fields import text

INVITED = (Role.INTERVIEWER, Role.HIRING_MANAGER, Role.RECRUITER, Role.APPROVER)
TOKEN_DAYS = (SelectChoice(30, "30 days"), SelectChoice(90, "90 days"), SelectChoice(365, "A year"))


def _password(label: str, required: str, autocomplete: str) -> PasswordField:
    checks = [InputRequired(required), Length(max=200)]
    return PasswordField(label, validators=checks, render_kw={"autocomplete": autocomplete})


class SignInForm(FlaskForm):
    """Address and password."""

    email = text("E-mail", required="Enter your e-mail address.", longest=254, autocomplete="username", type="email")
    password = _password("Password", "Enter your password.", "current-password")


class CodeForm(FlaskForm):
    """The code of an authenticator app, or a recovery code."""

    code = text("Code", required="Enter the code.", longest=40, autocomplete="one-time-code", inputmode="text")


class ForgottenForm(FlaskForm):
    """The address to which a link for a new password is sent."""

    email = text("E-mail", required="Enter your e-mail address.", longest=254, autocomplete="username", type="email")


class NewPasswordForm(FlaskForm):
    """A password chosen by link: the first one, or one in place of a forgotten one."""

    password = _password("New password", "Choose a password.", "new-password")


class ChangePasswordForm(FlaskForm):
    """One's own password, changed."""

    current = _password("Current password", "Enter your current password.", "current-password")
    password = _password("New password", "Choose a password.", "new-password")


class SecondFactorForm(FlaskForm):
    """The first code of an app that was just set up; its secret goes with the form, sealed."""

    sealed = HiddenField()
    code = text(
        "Code from the app", required="Enter the code.", longest=20, autocomplete="one-time-code", inputmode="numeric"
    )


class TokenForm(FlaskForm):
    """A key to the API."""

    name = text("What it is for", longest=100)
    days = SelectField("Ends after", choices=list(TOKEN_DAYS), coerce=int, default=90)
    read_only = BooleanField("May only read")

    def show_ends(self, today: dt.date) -> None:
        """Say beside each length the day on which a token of today would end."""
        self.days.choices = [
            SelectChoice(
                choice.value, f"{choice.label}, until {day(today + dt.timedelta(days=choice.value), today=today)}"
            )
            for choice in TOKEN_DAYS
        ]


class PersonForm(FlaskForm):
    """Somebody who is invited."""

    name = text("Name", required="Enter a name.", longest=200)
    email = text("E-mail address", required="Enter an e-mail address.", longest=254)
    role = SelectField("Role", choices=[SelectChoice(role.value, role_label(role)) for role in INVITED])
    team = text("Team", longest=120)
    pay = BooleanField("May see pay")


class PersonChangeForm(FlaskForm):
    """What somebody who works here is called and may do."""

    version = HiddenField()
    name = text("Name", required="Enter a name.", longest=200)
    role = SelectField("Role")
    team = text("Team", longest=120)
    pay = BooleanField("May see pay")
