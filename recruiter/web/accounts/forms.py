"""Forms of sign-in and invitation."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length

from recruiter.accounts.models import Role
from recruiter.web.layout.shell import role_label
from recruiter.web.request.text_fields import text

INVITED = (Role.INTERVIEWER, Role.HIRING_MANAGER, Role.RECRUITER, Role.APPROVER)


class SignInForm(FlaskForm):
    """Address and password."""

    email = text("E-mail", required="Enter your e-mail address.", longest=254, autocomplete="username", type="email")
    password = PasswordField(
        "Password",
        validators=[InputRequired("Enter your password."), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )


class InvitationForm(FlaskForm):
    """The first password."""

    password = PasswordField(
        "New password", validators=[InputRequired("Choose a password.")], render_kw={"autocomplete": "new-password"}
    )


class PersonForm(FlaskForm):
    """Somebody who is invited."""

    name = text("Name", required="Enter a name.", longest=200)
    email = text("E-mail address", required="Enter an e-mail address.", longest=254)
    role = SelectField("Role", choices=[SelectChoice(role.value, role_label(role)) for role in INVITED])
    team = text("Team", longest=120)
    pay = BooleanField("May see pay")
