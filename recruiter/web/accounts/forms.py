"""Forms of sign-in and invitation."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Address and password."""

    email = StringField(
        "E-mail",
        validators=[InputRequired("Enter your e-mail address."), Length(max=254)],
        render_kw={"autocomplete": "username", "type": "email"},
    )
    password = PasswordField(
        "Password",
        validators=[InputRequired("Enter your password."), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )


class InvitationForm(FlaskForm):  # type: ignore[misc]
    """The first password."""

    password = PasswordField(
        "New password", validators=[InputRequired("Choose a password.")], render_kw={"autocomplete": "new-password"}
    )


class PersonForm(FlaskForm):  # type: ignore[misc]
    """Somebody who is invited."""

    name = StringField("Name", validators=[InputRequired("Enter a name."), Length(max=200)])
    email = StringField("E-mail address", validators=[InputRequired("Enter an e-mail address."), Length(max=254)])
    role = SelectField(
        "Role",
        choices=[
            SelectChoice("interviewer", "Interviewer"),
            SelectChoice("hiring_manager", "Hiring manager"),
            SelectChoice("recruiter", "Recruiter"),
            SelectChoice("approver", "Approver"),
        ],
    )
    team = StringField("Team", validators=[Length(max=120)])
    pay = BooleanField("May see pay")
