"""Forms of sign-in and invitation."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
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
