"""Forms of imports."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

ACCEPT = {"accept": ".zip,application/zip", "aria-describedby": "file-hint"}


class UploadForm(FlaskForm):
    """A zip of a history folder."""

    file = FileField("Zip of a history folder", validators=[FileRequired("Choose a zip file.")], render_kw=ACCEPT)
