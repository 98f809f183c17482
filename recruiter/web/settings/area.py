"""The area that all pages of this folder hang in."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("settings", __name__)
