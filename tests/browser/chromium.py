"""Where this machine's Chromium is: RECRUITER_CHROMIUM, else the usual names."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_path():
    """The path of the browser, or None where there is none."""
    return os.environ.get("RECRUITER_CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)
