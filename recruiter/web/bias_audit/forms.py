"""Forms of the fairness audit."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from recruiter.web.request.text_fields import text

ACCEPT = {"accept": ".csv,text/csv"}


class AnswersForm(FlaskForm):
    """A file of voluntary answers, and the text of consent under which they were given."""

    file = FileField("CSV file of answers", validators=[FileRequired("Choose a CSV file.")], render_kw=ACCEPT)
    consent_version = text(
        "Text of consent", required="Say under which text of consent the answers were given.", longest=100
    )
