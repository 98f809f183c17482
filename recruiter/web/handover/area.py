"""The area that all pages of this folder hang in."""

from recruiter.web.request.area import Area

blueprint = Area("handover", __name__)
