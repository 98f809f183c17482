"""The application for a WSGI server and for the `flask` command."""

import os

from recruiter.app import create_app
from recruiter.foundation import log_lines
from recruiter.foundation.files.private_files import PRIVATE

log_lines.attach()
os.umask(PRIVATE)  # what the server writes is read by its own user alone
app = create_app()
